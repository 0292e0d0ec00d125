package org.roaminghub.modules.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.roaminghub.modules.core.JsonMerge;
import org.roaminghub.modules.core.ModuleDefinition;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.Receiver;
import org.roaminghub.modules.core.ReceiverSupport;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiTime;

/** Sessions pushed by CPO platforms. */
@Path(OcpiUrls.RECEIVER + "sessions")
public class SessionsReceiver implements Receiver.Get, Receiver.Put {
    /** Sessions as a module. */
    public static final ModuleDefinition SESSIONS = ModuleDefinition.directed(ModuleId.SESSIONS, "Session");
    private static final String PERIODS = "charging_periods";

    private final ReceiverSupport support;

    SessionsReceiver(ReceiverSupport support) {
        this.support = support;
    }

    @Override
    public ModuleDefinition definition() {
        return SESSIONS;
    }

    @Override
    public ReceiverSupport support() {
        return support;
    }

    @Override
    public Response put(String country, String party, String id, byte[] body) {
        return support.put(SESSIONS, Receiver.owner(country, party, SESSIONS), id, body, SessionsReceiver::normalised);
    }

    @PATCH
    @Path("{country_code}/{party_id}/{id}")
    public Response patch(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("id") String id, byte[] body) {
        return support.patch(SESSIONS, Receiver.owner(country, party, SESSIONS), id, body, SessionsReceiver::merge);
    }

    /** Periods of a PATCH are appended (SES-16); one that starts like a stored one replaces it, because senders repeat. */
    static ObjectNode merge(ObjectNode stored, ObjectNode patch) {
        List<JsonNode> periods = new ArrayList<>();
        stored.path(PERIODS).forEach(periods::add);
        for (JsonNode period : patch.path(PERIODS)) {
            int known = indexOfStart(periods, start(period));
            if (known < 0) {
                periods.add(period);
                continue;
            }
            periods.set(known, period);
        }
        patch.remove(PERIODS);
        ObjectNode merged = JsonMerge.merge(stored, patch);
        if (!periods.isEmpty()) {
            ArrayNode list = merged.putArray(PERIODS);
            periods.forEach(list::add);
        }
        return normalised(merged);
    }

    private static int indexOfStart(List<JsonNode> periods, Optional<Instant> start) {
        for (int i = 0; i < periods.size(); i++) {
            if (start.isPresent() && start.equals(start(periods.get(i)))) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Instant> start(JsonNode period) {
        return OcpiTime.parse(period.path("start_date_time").asText(null));
    }

    /** The text of the specification says RESERVED, its enum RESERVATION: we take both and keep the enum's. */
    public static ObjectNode normalised(ObjectNode session) {
        return session.path("status").asText().equals("RESERVED") ? session.put("status", "RESERVATION") : session;
    }
}
