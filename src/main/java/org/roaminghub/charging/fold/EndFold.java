package org.roaminghub.charging.fold;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeSet;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.Envelope;

/** Ends of transactions, and sessions that are reported when all is over (event-model.md, sections 4, 6 and 9). */
final class EndFold {
    private static final long TIME_ORDER_TOLERANCE_SECONDS = 60;

    private EndFold() {}

    static void ended(StationDraft draft, ChargingEvent.TransactionEnded event) {
        Envelope envelope = event.envelope();
        List<SessionDraft> candidates = draft.byTransactionNewestFirst(envelope.transactionId());
        if (candidates.isEmpty()) {
            Quarantine.keep(draft, event, envelope.transactionId(), null, Flags.ORPHAN_STOP);
            return;
        }
        // An end before the start of the newest is that of an older transaction with the same id, if there is one.
        SessionDraft session = candidates.stream().filter(candidate -> mayEnd(candidate, envelope.time()))
                .findFirst().orElse(candidates.get(0));
        draft.attach(session, envelope);
        session.isBehind(event.seq());
        draft.numbered |= event.seq() != null;
        if (event.offline()) {
            session.flags.add(Flags.OFFLINE_EVENT);
        }
        switch (session.status) {
            case COMPLETED -> endedAgain(draft, session, event);
            case INVALID -> endInvalid(draft, session, event);
            case PENDING -> {
                // The end came and nobody was ever accepted: not billable (status-mapping.md, section 3).
                session.status = SessionStatus.INVALID;
                endInvalid(draft, session, event);
            }
            case ENDED_PROVISIONAL -> {
                session.flags.remove(Flags.MISSING_STOP);
                session.flags.add(Flags.LATE_STOP);
                session.status = SessionStatus.COMPLETED;
                takeEnd(draft, session, event);
            }
            case ACTIVE -> {
                session.status = SessionStatus.COMPLETED;
                takeEnd(draft, session, event);
            }
        }
    }

    /** True if a transaction that began then can have ended at {@code end}, clocks being what they are. */
    static boolean mayEnd(SessionDraft session, Instant end) {
        return !end.isBefore(session.start.minusSeconds(TIME_ORDER_TOLERANCE_SECONDS));
    }

    static void reported(StationDraft draft, ChargingEvent.SessionReported event) {
        Envelope envelope = event.envelope();
        String transactionId = envelope.transactionId();
        if (draft.byTransaction(transactionId) != null || draft.isBuried(transactionId, transactionId)) {
            draft.ignoreDuplicate(Duplicates.kindOf(event), envelope.id());
            return;
        }
        SessionDraft session = draft.open(new SessionState(draft.sessionKey(transactionId), draft.source,
                draft.station, List.of(transactionId), transactionId, List.of(), envelope.evseId(),
                envelope.connectorId(), null, null, TokenAcceptance.ASSUMED, null, event.start(), event.start(),
                event.end(), null, null, null, null, List.of(), event.energyWh(), EnergyMethod.REPORTED, List.of(),
                null, null, SessionStatus.COMPLETED, CdrDecision.NONE, new TreeSet<>(),
                new EnumMap<>(Origin.Part.class), List.of(), envelope.receivedAt()));
        draft.attach(session, envelope);
        session.takeToken(event.idToken(), null, envelope);
        ReadingFold.take(session, event.readings());
        session.originates(Origin.Part.START, envelope);
        session.originates(Origin.Part.STOP, envelope);
        session.originates(Origin.Part.ENERGY, envelope);
    }

    private static void endInvalid(StationDraft draft, SessionDraft session, ChargingEvent.TransactionEnded event) {
        if (session.stop == null) {
            takeEnd(draft, session, event);
        }
    }

    private static void takeEnd(StationDraft draft, SessionDraft session, ChargingEvent.TransactionEnded event) {
        Envelope envelope = event.envelope();
        if (!mayEnd(session, envelope.time())) {
            session.flags.add(Flags.TIME_ORDER_INVALID);
        }
        session.stop = envelope.time();
        session.stopReason = event.reason();
        session.stopReasonRaw = event.reasonRaw() == null ? event.reason().wireName() : event.reasonRaw();
        session.meterStopWh = event.meterStopWh();
        session.originates(Origin.Part.STOP, envelope);
        StatusFold.markAfterSession(draft, session);
    }

    /** Section 4: there is one end. A second with the same register is a repetition, one with another a conflict. */
    private static void endedAgain(StationDraft draft, SessionDraft session, ChargingEvent.TransactionEnded event) {
        boolean differs = session.meterStopWh != null && event.meterStopWh() != null
                && session.meterStopWh.compareTo(event.meterStopWh()) != 0;
        if (differs) {
            session.flags.add(Flags.STOP_CONFLICT);
            return;
        }
        if (session.meterStopWh == null) {
            session.meterStopWh = event.meterStopWh();
        }
        draft.ignoreDuplicate(Duplicates.kindOf(event), event.envelope().id());
        Duplicates.flag(draft, event);
    }
}
