package org.roaminghub.charging.fold;

import java.time.Instant;
import java.util.List;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.ChargingState;
import org.roaminghub.ocpp.Envelope;
import org.roaminghub.ocpp.IdTokens;

/** What happens to a transaction between start and end: updates and permissions (event-model.md, sections 6 and 9). */
final class TransactionFold {
    private TransactionFold() {}

    static void updated(StationDraft draft, ChargingEvent.TransactionUpdated event) {
        Envelope envelope = event.envelope();
        SessionDraft session = draft.byTransaction(envelope.transactionId());
        if (session == null) {
            Quarantine.keep(draft, event, envelope.transactionId(), null, Flags.TXID_UNKNOWN);
            return;
        }
        draft.attach(session, envelope);
        draft.numbered = true;
        if (event.offline()) {
            session.flags.add(Flags.OFFLINE_EVENT);
        }
        boolean behind = session.isBehind(event.seq());
        takeChargingState(session, event, behind);
        if (event.idToken() != null && session.idToken == null) {
            session.takeToken(event.idToken(), null, envelope);
            accept(draft, session, TokenAcceptance.ASSUMED, envelope.time(), envelope);
        }
    }

    private static void takeChargingState(
            SessionDraft session, ChargingEvent.TransactionUpdated event, boolean behind) {
        ChargingState state = event.chargingState();
        Instant time = event.envelope().time();
        if (state == null) {
            return;
        }
        // A late event may complete the history of a session that is over, but never moves it (section 6).
        if (session.isOpen() || session.stop == null || !time.isAfter(session.stop)) {
            session.addPhase(state, time);
        }
        if (behind || !session.isOpen()) {
            return;
        }
        session.chargingState = state;
        if (session.status == SessionStatus.ENDED_PROVISIONAL && state == ChargingState.CHARGING) {
            session.revive();
        }
    }

    static void authorized(StationDraft draft, ChargingEvent.Authorization event) {
        Envelope envelope = event.envelope();
        if (envelope.transactionId() == null) {
            // A token shown before any transaction: whether one starts with it, the start will tell.
            return;
        }
        SessionDraft session = draft.byTransaction(envelope.transactionId());
        if (session == null) {
            Quarantine.keep(draft, event, envelope.transactionId(), null, Flags.TXID_UNKNOWN);
            return;
        }
        draft.attach(session, envelope);
        boolean sameToken = IdTokens.normalised(event.idToken()).equals(session.idToken);
        if (!event.accepted()) {
            if (sameToken && session.acceptance == TokenAcceptance.ASSUMED) {
                refuse(session);
            }
            return;
        }
        if (session.idToken == null || session.acceptance == TokenAcceptance.NONE && !sameToken) {
            session.takeToken(event.idToken(), event.tokenType(), envelope);
            sameToken = true;
        }
        if (sameToken) {
            session.tokenType = event.tokenType() == null ? session.tokenType : event.tokenType();
            accept(draft, session, TokenAcceptance.CONFIRMED, envelope.time(), envelope);
        }
    }

    /** A token may charge. Accepting again changes nothing but how sure we are. */
    static void accept(
            StationDraft draft, SessionDraft session, TokenAcceptance acceptance, Instant at, Envelope envelope) {
        if (session.acceptance == TokenAcceptance.REFUSED) {
            return;
        }
        if (session.acceptance != TokenAcceptance.CONFIRMED) {
            session.acceptance = acceptance;
        }
        if (session.acceptedAt == null) {
            session.acceptedAt = at;
        }
        if (session.status == SessionStatus.PENDING) {
            session.status = SessionStatus.ACTIVE;
            supersedeOlder(draft, session, envelope);
            return;
        }
        boolean overtakenByItsEnd = session.status == SessionStatus.INVALID && session.stop != null
                && !at.isAfter(session.stop);
        if (overtakenByItsEnd) {
            // Only the order of arrival made it INVALID; no CDR can have been made of it.
            session.status = SessionStatus.COMPLETED;
            session.flags.add(Flags.OUT_OF_ORDER);
        }
    }

    static void refuse(SessionDraft session) {
        boolean confirmed = session.acceptance == TokenAcceptance.CONFIRMED;
        if (confirmed || session.status == SessionStatus.COMPLETED && session.acceptance != TokenAcceptance.ASSUMED) {
            return;
        }
        session.acceptance = TokenAcceptance.REFUSED;
        session.status = SessionStatus.INVALID;
        session.flags.add(Flags.START_NOT_ACCEPTED);
    }

    /** A newer start on the EVSE proves that the one before is over, though its end did not come (section 6). */
    static void supersedeOlder(StationDraft draft, SessionDraft newer, Envelope envelope) {
        for (SessionDraft other : draft.onEvse(newer.evseId)) {
            if (other == newer) {
                return;
            }
            if (!other.start.isAfter(newer.start)) {
                supersede(other, envelope);
            }
        }
    }

    /** The same for a start that arrives after a newer one, once its own end has had the chance to be released. */
    static void endIfNewerStarted(StationDraft draft, SessionDraft session, Envelope envelope) {
        List<SessionDraft> all = draft.onEvse(session.evseId);
        if (all.stream().anyMatch(other -> other.start.isAfter(session.start)
                && other.status != SessionStatus.PENDING && other.status != SessionStatus.INVALID)) {
            supersede(session, envelope);
        }
    }

    private static void supersede(SessionDraft older, Envelope envelope) {
        boolean ended = older.status == SessionStatus.ENDED_PROVISIONAL;
        if (older.status != SessionStatus.ACTIVE && !ended) {
            return;
        }
        if (!ended) {
            older.endProvisionally(envelope.receivedAt());
            older.originates(Origin.Part.STOP, envelope);
        }
        older.flags.add(Flags.SUPERSEDED);
    }
}
