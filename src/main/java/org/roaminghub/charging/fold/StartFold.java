package org.roaminghub.charging.fold;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.roaminghub.ocpp.CanonicalStatus;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.ChargingState;
import org.roaminghub.ocpp.Envelope;

/**
 * Starts of transactions (event-model.md, sections 4 and 9).
 *
 * <p><b>When a start counts as accepted.</b> A start without transaction id (1.6) waits for its
 * {@code transaction.identified}. A start with transaction id but without token (2.0.1 on plug-in) waits for a token. A
 * start, or update, that names transaction and token counts as accepted at once: a backend that normalises itself and
 * allowed the transaction sends no separate answer. If it does send one and that refuses the same token, the session
 * becomes INVALID, unless it had been confirmed before.
 */
final class StartFold {
    private static final Set<String> PLACEHOLDERS = Set.of("0", "-1", "9223372036854775807");

    private StartFold() {}

    static void started(StationDraft draft, ChargingEvent.TransactionStarted event) {
        Envelope envelope = event.envelope();
        SessionDraft known = draft.byStartKey(event.startKey());
        if (known != null) {
            repeated(draft, known, event);
            return;
        }
        boolean ownId = event.startKey().equals(envelope.transactionId());
        if (draft.isBuried(ownId ? envelope.transactionId() : null, event.startKey())) {
            draft.ignoreDuplicate(Duplicates.kindOf(event), envelope.id());
            return;
        }
        SessionDraft session = draft.open(first(draft, event));
        draft.attach(session, envelope);
        describe(draft, session, event);
        if (envelope.transactionId() != null) {
            identify(draft, session, envelope.transactionId());
            TransactionFold.supersedeOlder(draft, session, envelope);
        }
        if (event.idToken() != null) {
            session.takeToken(event.idToken(), event.tokenType(), envelope);
            if (envelope.transactionId() != null) {
                TransactionFold.accept(draft, session, TokenAcceptance.ASSUMED, event.envelope().time(), envelope);
            }
        }
        Quarantine.release(draft, session);
        TransactionFold.endIfNewerStarted(draft, session, envelope);
    }

    static void identified(StationDraft draft, ChargingEvent.TransactionIdentified event) {
        Envelope envelope = event.envelope();
        SessionDraft session = draft.byStartKey(event.startKey());
        if (session == null) {
            Quarantine.keep(draft, event, null, event.startKey(), Flags.TXID_UNKNOWN);
            return;
        }
        draft.attach(session, envelope);
        if (!PLACEHOLDERS.contains(event.transactionId())) {
            identify(draft, session, event.transactionId());
        }
        if (event.accepted()) {
            TransactionFold.accept(draft, session, TokenAcceptance.CONFIRMED, session.start, envelope);
        } else {
            TransactionFold.refuse(session);
        }
        Quarantine.release(draft, session);
        TransactionFold.endIfNewerStarted(draft, session, envelope);
    }

    /** Gives the session an id; one that another session has belongs to the newer start from now on. */
    private static void identify(StationDraft draft, SessionDraft session, String transactionId) {
        boolean reused = draft.byTransactionNewestFirst(transactionId).stream().anyMatch(other -> other != session);
        if (reused && !session.hasTransactionId(transactionId)) {
            session.flags.add(Flags.TXID_REUSED);
        }
        session.addTransactionId(transactionId);
    }

    private static void repeated(StationDraft draft, SessionDraft known, ChargingEvent.TransactionStarted event) {
        Envelope envelope = event.envelope();
        draft.ignoreDuplicate(Duplicates.kindOf(event), envelope.id());
        Duplicates.flag(draft, event);
        if (envelope.transactionId() != null) {
            known.addTransactionId(envelope.transactionId());
        }
    }

    private static SessionState first(StationDraft draft, ChargingEvent.TransactionStarted event) {
        Envelope envelope = event.envelope();
        return new SessionState(draft.sessionKey(event.startKey()), draft.source, draft.station,
                List.of(event.startKey()), null, List.of(), envelope.evseId(), connectorOf(draft, envelope),
                null, null, TokenAcceptance.NONE, null, envelope.time(), null, null, null, null, null, null,
                List.of(), null, EnergyMethod.NONE, List.of(), null, null, SessionStatus.PENDING, CdrDecision.NONE,
                new TreeSet<>(), new EnumMap<>(Origin.Part.class), List.of(), envelope.receivedAt());
    }

    /** The reader takes the EVSE's number for a missing connector; an EVSE with one known connector says better. */
    private static int connectorOf(StationDraft draft, Envelope envelope) {
        if (!envelope.hasFlag(Flags.CONNECTOR_INFERRED)) {
            return envelope.connectorId();
        }
        List<ConnectorState> known = draft.connectors.values().stream()
                .filter(connector -> connector.evseId() == envelope.evseId()).toList();
        return known.size() == 1 ? known.get(0).connectorId() : envelope.connectorId();
    }

    private static void describe(
            StationDraft draft, SessionDraft session, ChargingEvent.TransactionStarted event) {
        Envelope envelope = event.envelope();
        session.originates(Origin.Part.START, envelope);
        session.meterStartWh = event.meterStartWh();
        session.isBehind(event.seq());
        draft.numbered |= event.seq() != null;
        if (event.offline()) {
            session.flags.add(Flags.OFFLINE_EVENT);
        }
        if (event.chargingState() != null) {
            session.chargingState = event.chargingState();
            session.addPhase(event.chargingState(), envelope.time());
        }
        String connectorKey = ConnectorState.key(session.evseId, session.connectorId);
        ConnectorState connector = draft.connectors.computeIfAbsent(
                connectorKey, key -> ConnectorState.neverHeard(session.evseId, session.connectorId));
        draft.connectors.put(connectorKey, StatusFold.withoutAfterSession(connector));
        session.pluggedInAt = pluggedInAt(event, connector);
    }

    private static Instant pluggedInAt(ChargingEvent.TransactionStarted event, ConnectorState connector) {
        Instant start = event.envelope().time();
        if (event.chargingState() == ChargingState.EV_CONNECTED || "CablePluggedIn".equals(event.trigger())) {
            return start;
        }
        boolean plugged = connector.status() == CanonicalStatus.PREPARING
                || connector.status() == CanonicalStatus.OCCUPIED;
        return plugged && connector.since() != null && !connector.since().isAfter(start) ? connector.since() : null;
    }
}
