package org.roaminghub.charging.fold;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import org.roaminghub.ocpp.ChargingState;
import org.roaminghub.ocpp.StopReason;

/**
 * One charging session as the events so far tell it (event-model.md, sections 4, 8 and 9). Energy in Wh. Components
 * that are not known yet are null.
 *
 * @param key            {@code source|station|start_key}; the start key is the transaction id where that is the
 *                       station's own (2.0.1) or known from the beginning
 * @param startKeys      identities of the start, usually one
 * @param transactionId  OCPP transaction id, the first one given
 * @param aliases        further ids the same transaction was given
 * @param idToken        normalised; who pays
 * @param acceptance     whether that token may charge
 * @param pluggedInAt    when the cable was plugged in, if that was seen before or with the start
 * @param start          when the transaction began
 * @param acceptedAt     when a token was accepted
 * @param stop           when it ended; for ENDED_PROVISIONAL the receipt time of what ended it
 * @param stopReasonRaw  the station's own word
 * @param meterStartWh   register sent with the start
 * @param meterStopWh    register sent with the end
 * @param readings       energy register by time; of long sessions every second harmless one is dropped
 * @param energyWh       null = unknown, not zero
 * @param chargingPhases what the car did, by time; the last one lasts until {@code stop}
 * @param chargingState  what the transaction itself last said of the car, null if it never does (1.6)
 * @param sequence       numbers of the transaction's events, null if they carry none (1.6)
 * @param cdr            whether a CDR may be made
 * @param flags          section 7, those that concern this session
 * @param origin         for each part the event it comes from and the rules that applied
 * @param eventIds       the events that made it, at most {@value #MOST_EVENT_IDS}
 * @param lastReceivedAt receipt time of the last event that touched it
 */
public record SessionState(
        String key, String source, String station, List<String> startKeys, String transactionId, List<String> aliases,
        int evseId, int connectorId,
        String idToken, String tokenType, TokenAcceptance acceptance,
        Instant pluggedInAt, Instant start, Instant acceptedAt, Instant stop,
        StopReason stopReason, String stopReasonRaw,
        BigDecimal meterStartWh, BigDecimal meterStopWh, List<RegisterReading> readings,
        BigDecimal energyWh, EnergyMethod energyMethod,
        List<ChargingPhase> chargingPhases, ChargingState chargingState, Sequence sequence,
        SessionStatus status, CdrDecision cdr, SortedSet<String> flags,
        Map<Origin.Part, Origin> origin, List<String> eventIds, Instant lastReceivedAt) {

    static final int MOST_EVENT_IDS = 200;

    public SessionState {
        startKeys = List.copyOf(startKeys);
        aliases = List.copyOf(aliases);
        readings = List.copyOf(readings);
        chargingPhases = List.copyOf(chargingPhases);
        flags = Collections.unmodifiableSortedSet(flags);
        origin = Collections.unmodifiableMap(new TreeMap<>(origin));
        eventIds = List.copyOf(eventIds);
    }

    /** The id partners see; the same for every replay of the same events. */
    @JsonIgnore
    public UUID ocpiSessionId() {
        return NameUuid.of(key);
    }

    /**
     * What OCPI calls {@code start_date_time}: the start, or the moment of acceptance if the transaction began, plugged
     * in, before anyone was accepted (status-mapping.md, section 3). {@link #start} stays the plug-in time then.
     */
    @JsonIgnore
    public Instant ocpiStart() {
        return acceptedAt != null && acceptedAt.isAfter(start) ? acceptedAt : start;
    }

    @JsonIgnore
    public boolean isOpen() {
        return status.isOpen();
    }

    /**
     * True if the transaction speaks for itself, as in 2.0.1. Only without that may a connector's Available end it
     * provisionally (rows S16-02 and S20-03).
     */
    @JsonIgnore
    public boolean speaksForItself() {
        return sequence != null || chargingState != null;
    }

    boolean hasTransactionId(String id) {
        return id.equals(transactionId) || aliases.contains(id);
    }
}
