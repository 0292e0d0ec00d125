package org.roaminghub.charging.fold;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.roaminghub.ocpp.CanonicalStatus;

/**
 * What is known of a connector (status-mapping.md, section 1).
 *
 * @param evseId       0 = the station itself
 * @param reported     the last word the station said, null if it never said one
 * @param rawStatus    that word as sent
 * @param reportRuleId rule the sender applied to it, null if it named none
 * @param status       the canonical status: the word, refined by the transaction
 * @param ruleId       row of status-mapping.csv that gave {@code status}
 * @param since        receipt time of the event that changed it
 * @param eventId      that event
 * @param afterSession a transaction ended and the car is still there
 */
public record ConnectorState(
        int evseId, int connectorId, CanonicalStatus reported, String rawStatus, String errorCode, String vendorError,
        String reportRuleId, CanonicalStatus status, String ruleId, Instant since, String eventId,
        boolean afterSession) {

    static ConnectorState neverHeard(int evseId, int connectorId) {
        return new ConnectorState(evseId, connectorId, null, null, null, null, null,
                CanonicalStatus.UNKNOWN, StatusRules.NEVER_HEARD, null, null, false);
    }

    /** Text key inside the station: connector numbers are unique only inside their EVSE (quirk Q93). */
    static String key(int evseId, int connectorId) {
        return evseId + "/" + connectorId;
    }

    @JsonIgnore
    public boolean isStation() {
        return evseId == 0;
    }
}
