package org.roaminghub.ocpp;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Something that happened at a charging station, in the hub's own vocabulary (event-model.md, section 3). Energy is in
 * Wh. A component that the model marks as optional may be null. Made by {@link EventReader}.
 */
public sealed interface ChargingEvent {
    Envelope envelope();

    /** The complete event as JSON, extra members included; {@link EventReader#stored} reads it back without loss. */
    default JsonNode toJson() {
        return envelope().document();
    }

    /** The station (re)started. Vendor and model may be empty: some stations send nothing (quirk Q87). */
    record StationBooted(Envelope envelope, String vendor, String model, String firmware, String reason)
            implements ChargingEvent {}

    record StationConnected(Envelope envelope, String connectionId) implements ChargingEvent {}

    record StationDisconnected(Envelope envelope, String connectionId, Integer closeCode) implements ChargingEvent {}

    /** @param ruleId the status-mapping rule the sender applied, null if it names none */
    record ConnectorStatusReported(
            Envelope envelope, CanonicalStatus status, String rawStatus, String errorCode, String vendorError,
            String ruleId) implements ChargingEvent {}

    /** A token was checked; {@code envelope.transactionId} is null when that was not for a running transaction. */
    record Authorization(Envelope envelope, String idToken, String tokenType, String result) implements ChargingEvent {
        public boolean accepted() {
            return result.equals(AuthorizationStatus.ACCEPTED.wireName());
        }
    }

    record Command(
            Envelope envelope, CommandName name, String commandId, String idToken, String targetTransaction,
            String result) implements ChargingEvent {}

    /**
     * A transaction began.
     *
     * @param startKey identity of the start (event-model.md, section 4); equals the transaction id where the sender
     *                 knows that id already
     */
    record TransactionStarted(
            Envelope envelope, String startKey, String idToken, String tokenType, BigDecimal meterStartWh,
            ChargingState chargingState, String trigger, Long seq, boolean offline) implements ChargingEvent {}

    /** The answer to a 1.6 start: only here is the transaction id known. */
    record TransactionIdentified(
            Envelope envelope, String startKey, String transactionId, AuthorizationStatus authorizationStatus)
            implements ChargingEvent {
        public boolean accepted() {
            return authorizationStatus == AuthorizationStatus.ACCEPTED;
        }
    }

    record TransactionUpdated(
            Envelope envelope, long seq, String trigger, ChargingState chargingState, String idToken, boolean offline)
            implements ChargingEvent {}

    record TransactionEnded(
            Envelope envelope, BigDecimal meterStopWh, StopReason reason, String reasonRaw, String idToken, Long seq,
            boolean offline) implements ChargingEvent {}

    record MeterValues(Envelope envelope, List<MeterReading> readings) implements ChargingEvent {
        public MeterValues {
            readings = List.copyOf(readings);
        }
    }

    /** A whole session from a backend that has no events. */
    record SessionReported(
            Envelope envelope, Instant start, Instant end, BigDecimal energyWh, String idToken,
            List<MeterReading> readings) implements ChargingEvent {
        public SessionReported {
            readings = List.copyOf(readings);
        }
    }

    /** @param about session key or transaction id, for {@code offline} the station */
    record TimerDue(Envelope envelope, TimerName timer, String about) implements ChargingEvent {}
}
