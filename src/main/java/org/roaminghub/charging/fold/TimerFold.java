package org.roaminghub.charging.fold;

import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.Envelope;

/** What the hub's watchdogs lead to; they are events, so that a replay waits for nobody (event-model.md, section 3). */
final class TimerFold {
    private TimerFold() {}

    static void apply(StationDraft draft, ChargingEvent.TimerDue event) {
        SessionDraft session = draft.byKeyOrTransaction(event.about());
        if (session == null) {
            return;
        }
        switch (event.timer()) {
            case PENDING_TIMEOUT -> expire(session, event.envelope());
            case MISSING_STOP -> missStop(session, event.envelope());
            case SEQ_GAP -> confirmGap(draft, session, event.envelope());
            case OFFLINE -> { }
        }
    }

    private static void expire(SessionDraft session, Envelope envelope) {
        if (session.status == SessionStatus.PENDING) {
            session.touch(envelope);
            session.status = SessionStatus.INVALID;
        }
    }

    private static void missStop(SessionDraft session, Envelope envelope) {
        if (session.status == SessionStatus.ACTIVE) {
            session.touch(envelope);
            session.endProvisionally(envelope.receivedAt());
            session.originates(Origin.Part.STOP, envelope);
        }
    }

    /** The CDR is held from the end on; when the wait is over, somebody must be told. */
    private static void confirmGap(StationDraft draft, SessionDraft session, Envelope envelope) {
        if (session.stop != null && session.sequence != null && session.sequence.hasGap()) {
            draft.effects.add(new Effect.FlagRaised(
                    Flags.SEQ_GAP, Flags.levelOf(Flags.SEQ_GAP), envelope.id(), session.key));
        }
    }
}
