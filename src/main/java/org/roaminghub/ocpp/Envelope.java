package org.roaminghub.ocpp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What every event carries besides its data (event-model.md, section 2).
 *
 * @param id             idempotency id, 1 to 64 characters
 * @param type           what happened
 * @param source         the backend the event came from
 * @param station        charge point identity as in the OCPP URL
 * @param evseId         null where the type does not need it; 0 = the whole station
 * @param connectorId    number inside the EVSE; null like {@code evseId}
 * @param transactionId  null where the type does not need it; never a placeholder such as 0 or -1
 * @param time           best event time after the clock rules
 * @param timeRaw        the time exactly as sent, null if it was not changed
 * @param timeBasis      where {@code time} comes from
 * @param receivedAt     when the backend's OCPP socket received it; the hub's arrival time under RECEIPT_TIME_MISSING
 * @param sourceSeq      rising number of the source, null if it sends none
 * @param flags          remarks of adapter and clock rules (event-model.md, section 7)
 * @param lineage        where the values come from (event-model.md, section 5); not to be modified
 * @param document       the whole event, completed, with unknown extra members; what is stored; not to be modified
 */
public record Envelope(
        String id,
        EventType type,
        String source,
        String station,
        Integer evseId,
        Integer connectorId,
        String transactionId,
        Instant time,
        String timeRaw,
        TimeBasis timeBasis,
        Instant receivedAt,
        Long sourceSeq,
        List<String> flags,
        JsonNode lineage,
        JsonNode document) {

    public Envelope {
        flags = List.copyOf(flags);
    }

    public boolean hasFlag(String flag) {
        return flags.contains(flag);
    }

    /** Ids of the rules that changed a value of this event, in the order of the lineage; empty = as sent. */
    public List<String> ruleIds() {
        JsonNode rules = lineage.path("rules");
        if (rules.isEmpty()) {
            return List.of();
        }
        List<String> ids = new ArrayList<>(rules.size());
        rules.forEach(rule -> ids.add(rule.path("id").asText()));
        return List.copyOf(ids);
    }
}
