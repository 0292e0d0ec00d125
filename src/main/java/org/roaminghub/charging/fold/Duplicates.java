package org.roaminghub.charging.fold;

import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.Envelope;

/** What a repetition is called and which remark it leaves (event-model.md, sections 4 and 7). */
final class Duplicates {
    private Duplicates() {}

    static DuplicateKind kindOf(ChargingEvent event) {
        return DuplicateKind.of(event.envelope().type(), isNumbered(event));
    }

    /** Remarks on a repetition by the station; harmless, but a sign of a bad connection. */
    static void flag(StationDraft draft, ChargingEvent event) {
        Envelope envelope = event.envelope();
        switch (kindOf(event)) {
            case START -> draft.raise(Flags.DUPLICATE_START, envelope.id());
            case STOP -> flagSession(draft, envelope, Flags.DUPLICATE_STOP);
            case EVENT -> flagSession(draft, envelope, Flags.DUPLICATE_EVENT);
            case STATUS, READING, OTHER -> { }
        }
    }

    private static void flagSession(StationDraft draft, Envelope envelope, String flag) {
        SessionDraft session = draft.byTransaction(envelope.transactionId());
        if (session == null) {
            draft.raise(flag, envelope.id());
            return;
        }
        session.flags.add(flag);
    }

    private static boolean isNumbered(ChargingEvent event) {
        if (event instanceof ChargingEvent.TransactionStarted started) {
            return started.seq() != null;
        }
        return event instanceof ChargingEvent.TransactionEnded ended && ended.seq() != null;
    }
}
