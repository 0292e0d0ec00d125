package org.roaminghub.modules.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.roaminghub.modules.core.JsonMerge;
import org.roaminghub.modules.core.ModuleDefinition;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.Receiver;
import org.roaminghub.modules.core.ReceiverSupport;
import org.roaminghub.ocpi.ModuleId;

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

    @PATCH
    @Path("{country_code}/{party_id}/{id}")
    public Response patch(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("id") String id, String body) {
        return support.patch(SESSIONS, Receiver.owner(country, party, SESSIONS), id, body, SessionsReceiver::merge);
    }

    /** Periods of a PATCH are appended (SES-16); one that starts like a stored one replaces it, because senders repeat. */
    static ObjectNode merge(ObjectNode stored, ObjectNode patch) {
        List<JsonNode> periods = new ArrayList<>();
        stored.path(PERIODS).forEach(periods::add);
        for (JsonNode period : patch.path(PERIODS)) {
            periods.removeIf(known -> known.path("start_date_time").equals(period.path("start_date_time")));
            periods.add(period);
        }
        patch.remove(PERIODS);
        ObjectNode merged = JsonMerge.merge(stored, patch);
        if (!periods.isEmpty()) {
            ArrayNode list = merged.putArray(PERIODS);
            periods.forEach(list::add);
        }
        return merged;
    }
}
