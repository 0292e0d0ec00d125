package org.roaminghub.charging.fold;

import java.time.Instant;
import org.roaminghub.ocpp.CanonicalStatus;

/** What an event led to, besides the new state; for the shell to push, count, or show. */
public sealed interface Effect {
    String eventId();

    /**
     * A connector got another canonical status, or its EVSE another OCPI status; before any push hold.
     *
     * @param evseId      0 = the station itself
     * @param connectorId 0 = the station itself
     * @param ocpiStatus  of the whole EVSE; null for the station, which OCPI does not know
     * @param at          receipt time, the only one that orders status (status-mapping.md, section 5)
     * @param ruleId      row of status-mapping.csv, or the sender's own rule
     */
    record EvseStatusChanged(
            int evseId, int connectorId, CanonicalStatus canonical, EvseStatus ocpiStatus, Instant at, String ruleId,
            String eventId) implements Effect {}

    /** The session is new or differs in anything. */
    record SessionChanged(String sessionKey, String eventId) implements Effect {}

    /** The session became COMPLETED or INVALID. */
    record SessionFinished(String sessionKey, String eventId) implements Effect {}

    /** @param sessionKey null if the flag is about the station or a connector */
    record FlagRaised(String flag, FlagLevel level, String eventId, String sessionKey) implements Effect {}

    /** The event has no transaction to go to. It is kept, and may be released later. */
    record Quarantined(String eventId, String flag) implements Effect {}

    /** The event's transaction appeared; it has now been applied. */
    record Released(String eventId) implements Effect {}

    record DuplicateIgnored(DuplicateKind kind, String eventId) implements Effect {}
}
