package org.roaminghub.charging.fold;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.roaminghub.ocpp.CanonicalText;
import org.roaminghub.ocpp.ChargingState;
import org.roaminghub.ocpp.Envelope;
import org.roaminghub.ocpp.IdTokens;
import org.roaminghub.ocpp.StopReason;

/** A session while one event is applied to it; {@link #toState} works out what follows from the rest. */
final class SessionDraft {
    private static final int MOST_READINGS = 400;
    private static final int MOST_PHASES = 400;

    private final SessionState before;
    final String key;
    final List<String> startKeys;
    final List<String> aliases;
    final int evseId;
    final int connectorId;
    final Instant start;
    final SortedSet<String> flags;
    private final List<RegisterReading> readings;
    private final List<ChargingPhase> chargingPhases;
    private final Map<Origin.Part, Origin> origin;
    private final List<String> eventIds;
    String transactionId;
    String idToken;
    String tokenType;
    TokenAcceptance acceptance;
    Instant pluggedInAt;
    Instant acceptedAt;
    Instant stop;
    StopReason stopReason;
    String stopReasonRaw;
    BigDecimal meterStartWh;
    BigDecimal meterStopWh;
    BigDecimal reportedWh;
    ChargingState chargingState;
    Sequence sequence;
    SessionStatus status;
    private Instant lastReceivedAt;
    private Envelope lastEnvelope;

    /** A session that has not been written yet; {@code first} holds what cannot change any more. */
    SessionDraft(SessionState first) {
        before = first;
        key = first.key();
        startKeys = new ArrayList<>(first.startKeys());
        aliases = new ArrayList<>(first.aliases());
        evseId = first.evseId();
        connectorId = first.connectorId();
        start = first.start();
        flags = new TreeSet<>(first.flags());
        flags.removeAll(Flags.DERIVED);
        readings = new ArrayList<>(first.readings());
        chargingPhases = new ArrayList<>(first.chargingPhases());
        origin = new EnumMap<>(Origin.Part.class);
        origin.putAll(first.origin());
        eventIds = new ArrayList<>(first.eventIds());
        transactionId = first.transactionId();
        idToken = first.idToken();
        tokenType = first.tokenType();
        acceptance = first.acceptance();
        pluggedInAt = first.pluggedInAt();
        acceptedAt = first.acceptedAt();
        stop = first.stop();
        stopReason = first.stopReason();
        stopReasonRaw = first.stopReasonRaw();
        meterStartWh = first.meterStartWh();
        meterStopWh = first.meterStopWh();
        reportedWh = first.energyMethod() == EnergyMethod.REPORTED ? first.energyWh() : null;
        chargingState = first.chargingState();
        sequence = first.sequence();
        status = first.status();
        lastReceivedAt = first.lastReceivedAt();
    }

    SessionState before() {
        return before;
    }

    /** Notes that an event moved this session. */
    void touch(Envelope envelope) {
        if (eventIds.size() < SessionState.MOST_EVENT_IDS && !eventIds.contains(envelope.id())) {
            eventIds.add(envelope.id());
        }
        if (lastReceivedAt == null || lastReceivedAt.isBefore(envelope.receivedAt())) {
            lastReceivedAt = envelope.receivedAt();
        }
        lastEnvelope = envelope;
    }

    boolean hasTransactionId(String id) {
        return id.equals(transactionId) || aliases.contains(id);
    }

    boolean isOpen() {
        return status.isOpen();
    }

    /** Takes the end back: the car goes on charging. */
    void revive() {
        status = SessionStatus.ACTIVE;
        stop = null;
        flags.remove(Flags.MISSING_STOP);
    }

    /** Ends the session until its own end, or a sign of life, comes (event-model.md, section 9). */
    void endProvisionally(Instant at) {
        status = SessionStatus.ENDED_PROVISIONAL;
        stop = at;
        flags.add(Flags.MISSING_STOP);
    }

    void originates(Origin.Part part, Envelope envelope) {
        origin.put(part, Origin.of(envelope));
    }

    void addTransactionId(String id) {
        if (transactionId == null) {
            transactionId = id;
            return;
        }
        if (!transactionId.equals(id) && !aliases.contains(id)) {
            aliases.add(id);
        }
    }

    /** Takes the token in its one spelling; the rule that changed it goes into the lineage. */
    void takeToken(String sentToken, String sentType, Envelope envelope) {
        idToken = IdTokens.normalised(sentToken);
        tokenType = sentType == null ? tokenType : sentType;
        Origin origin = Origin.of(envelope);
        if (!idToken.equals(sentToken)) {
            flags.add(Flags.IDTAG_NORMALISED);
            List<String> rules = new ArrayList<>(origin.ruleIds());
            rules.add(IdTokens.RULE_ID);
            origin = new Origin(origin.eventId(), rules);
        }
        this.origin.put(Origin.Part.TOKEN, origin);
    }

    /** Notes a number; true if the event is behind a later one and so may no longer move the session. */
    boolean isBehind(Long seq) {
        if (seq == null) {
            return false;
        }
        if (sequence == null) {
            sequence = Sequence.startingWith(seq);
            return false;
        }
        boolean behind = sequence.isBehind(seq);
        sequence = sequence.with(seq);
        if (behind) {
            flags.add(Flags.OUT_OF_ORDER);
        }
        return behind;
    }

    /** Puts a reading where its own time says; true if the register is higher than every one before. */
    boolean addReading(RegisterReading reading) {
        int index = readings.size();
        boolean rises = true;
        while (index > 0 && readings.get(index - 1).time().isAfter(reading.time())) {
            index--;
        }
        for (int same = index - 1; same >= 0 && readings.get(same).time().equals(reading.time()); same--) {
            if (readings.get(same).equals(reading)) {
                return false;
            }
        }
        if (index > 0) {
            rises = reading.registerWh().compareTo(readings.get(index - 1).registerWh()) > 0;
        }
        readings.add(index, reading);
        if (readings.size() > MOST_READINGS) {
            thinReadings();
        }
        return rises && index == readings.size() - 1;
    }

    private void thinReadings() {
        // Only values between two rising neighbours go: dips and resets, which decide the energy, stay.
        for (int index = readings.size() - 2; index > 0; index -= 2) {
            BigDecimal value = readings.get(index).registerWh();
            if (readings.get(index - 1).registerWh().compareTo(value) <= 0
                    && value.compareTo(readings.get(index + 1).registerWh()) <= 0) {
                readings.remove(index);
            }
        }
    }

    void addPhase(ChargingState state, Instant since) {
        int index = chargingPhases.size();
        while (index > 0 && chargingPhases.get(index - 1).since().isAfter(since)) {
            index--;
        }
        if (index > 0 && chargingPhases.get(index - 1).state() == state) {
            return;
        }
        chargingPhases.add(index, new ChargingPhase(state, since));
        if (index + 1 < chargingPhases.size() && chargingPhases.get(index + 1).state() == state) {
            chargingPhases.remove(index + 1);
        }
        if (chargingPhases.size() > MOST_PHASES) {
            dropShortestPhase();
        }
    }

    /** A connector that flaps every second must not grow the state without end; its shortest flap matters least. */
    private void dropShortestPhase() {
        int shortest = 1;
        Duration least = null;
        for (int index = 1; index < chargingPhases.size() - 1; index++) {
            Duration length = Duration.between(
                    chargingPhases.get(index).since(), chargingPhases.get(index + 1).since());
            if (least == null || length.compareTo(least) < 0) {
                least = length;
                shortest = index;
            }
        }
        chargingPhases.remove(shortest);
    }

    SessionState toState() {
        boolean over = stop != null;
        SessionEnergy.Result energy = reportedWh == null
                ? SessionEnergy.of(meterStartWh, meterStopWh, readings, over)
                : new SessionEnergy.Result(reportedWh, EnergyMethod.REPORTED, new TreeSet<>());
        SortedSet<String> allFlags = new TreeSet<>(flags);
        if (over) {
            allFlags.addAll(energy.flags());
            if (sequence != null && sequence.hasGap()) {
                allFlags.add(Flags.SEQ_GAP);
            }
        }
        BigDecimal energyWh = energy.energyWh() == null ? null : CanonicalText.plain(energy.energyWh());
        if (lastEnvelope != null && !Objects.equals(energyWh, before.energyWh())) {
            originates(Origin.Part.ENERGY, lastEnvelope);
        }
        if (lastEnvelope != null && (status != before.status() || !origin.containsKey(Origin.Part.STATUS))) {
            originates(Origin.Part.STATUS, lastEnvelope);
        }
        return new SessionState(key, before.source(), before.station(), startKeys, transactionId, aliases,
                evseId, connectorId, idToken, tokenType, acceptance, pluggedInAt, start, acceptedAt, stop,
                stopReason, stopReasonRaw, meterStartWh, meterStopWh, readings, energyWh, energy.method(),
                chargingPhases, chargingState, sequence, status, cdr(allFlags, energyWh), allFlags, origin, eventIds,
                lastReceivedAt);
    }

    private CdrDecision cdr(SortedSet<String> allFlags, BigDecimal energyWh) {
        return switch (status) {
            case PENDING, ACTIVE, INVALID -> CdrDecision.NONE;
            case ENDED_PROVISIONAL -> CdrDecision.HOLD;
            case COMPLETED -> {
                boolean flagged = allFlags.stream().anyMatch(flag -> Flags.levelOf(flag) == FlagLevel.HOLD);
                yield flagged || energyWh == null || idToken == null ? CdrDecision.HOLD : CdrDecision.EMIT;
            }
        };
    }
}
