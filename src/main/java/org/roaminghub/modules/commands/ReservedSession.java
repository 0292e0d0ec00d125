package org.roaminghub.modules.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.roaminghub.ocpi.OcpiTime;
import org.roaminghub.ocpi.PartyId;

/** The Session of a reservation, until something charges. Pure. */
final class ReservedSession {
    /** What is not assigned yet (SES-22). */
    private static final String NOT_ASSIGNED = "#NA";

    private ReservedSession() {
    }

    /**
     * The Session while the place is held (SES-03).
     *
     * @param request  the RESERVE_NOW
     * @param location id as the CPO spells it
     * @param evse     the EVSE that was reserved, null where any of the Location will do
     */
    static ObjectNode held(PartyId cpo, String id, JsonNode request, String location, JsonNode evse, String currency, Instant since, Instant now) {
        ObjectNode session = JsonNodeFactory.instance.objectNode().put("country_code", cpo.countryCode()).put("party_id", cpo.partyId()).put("id", id);
        session.put("start_date_time", OcpiTime.format(since)).put("kwh", 0);
        ObjectNode token = session.putObject("cdr_token");
        for (String field : List.of("country_code", "party_id", "uid", "type", "contract_id")) {
            token.set(field, request.path("token").path(field));
        }
        session.put("auth_method", "COMMAND");
        if (request.path("authorization_reference").isTextual()) {
            session.set("authorization_reference", request.path("authorization_reference"));
        }
        session.put("location_id", location).put("evse_uid", evse == null ? NOT_ASSIGNED : evse.path("uid").asText());
        boolean one = evse != null && evse.path("connectors").size() == 1;
        session.put("connector_id", one ? evse.path("connectors").path(0).path("id").asText() : NOT_ASSIGNED);
        return session.put("currency", currency).put("status", "RESERVATION").put("last_updated", OcpiTime.format(now));
    }

    /** The Session of a reservation that never became a charge (SES-05). */
    static ObjectNode over(ObjectNode held, Instant now) {
        return held.put("end_date_time", OcpiTime.format(now)).put("status", "COMPLETED").put("last_updated", OcpiTime.format(now));
    }
}
