package org.roaminghub.charging.fold;

import java.util.ArrayList;
import java.util.List;
import org.roaminghub.charging.fold.StationState.QuarantinedEvent;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.EventReader;

/**
 * Events whose transaction nobody started yet (event-model.md, section 7). They wait; a start that turns up late takes
 * them back, and its session is marked OUT_OF_ORDER.
 *
 * <p>Readings are taken back only by a start that carries the transaction id itself. In 1.6 the backend gives the id
 * later and may give it twice (TXID_REUSED), so an early reading may be an older transaction's (scenario S10).
 */
final class Quarantine {
    private Quarantine() {}

    /** Keeps an event, unless it is a late one of a session that was dropped: those are over and need nothing more. */
    static void keep(
            StationDraft draft, ChargingEvent event, String transactionId, String startKey, String flag) {
        if (draft.isBuried(transactionId, startKey)) {
            draft.ignoreDuplicate(Duplicates.kindOf(event), event.envelope().id());
            return;
        }
        draft.quarantine(event, flag);
    }

    /** Applies what waited for this session. */
    static void release(StationDraft draft, SessionDraft session) {
        List<ChargingEvent> released = new ArrayList<>();
        for (QuarantinedEvent waiting : draft.quarantined()) {
            ChargingEvent event = EventReader.stored(StateJson.readTree(waiting.event()));
            if (belongs(event, session)) {
                draft.release(waiting);
                released.add(event);
            }
        }
        for (ChargingEvent event : released) {
            session.flags.add(Flags.OUT_OF_ORDER);
            apply(draft, event);
        }
    }

    private static boolean belongs(ChargingEvent event, SessionDraft session) {
        if (event instanceof ChargingEvent.TransactionIdentified identified) {
            return session.startKeys.contains(identified.startKey());
        }
        String transactionId = event.envelope().transactionId();
        if (transactionId == null || !session.hasTransactionId(transactionId)) {
            return false;
        }
        if (event instanceof ChargingEvent.TransactionEnded) {
            return EndFold.mayEnd(session, event.envelope().time());
        }
        return !(event instanceof ChargingEvent.MeterValues) || session.startKeys.contains(transactionId);
    }

    private static void apply(StationDraft draft, ChargingEvent event) {
        if (event instanceof ChargingEvent.TransactionIdentified identified) {
            StartFold.identified(draft, identified);
        } else if (event instanceof ChargingEvent.TransactionUpdated updated) {
            TransactionFold.updated(draft, updated);
        } else if (event instanceof ChargingEvent.Authorization authorization) {
            TransactionFold.authorized(draft, authorization);
        } else if (event instanceof ChargingEvent.MeterValues values) {
            ReadingFold.apply(draft, values);
        } else if (event instanceof ChargingEvent.TransactionEnded ended) {
            EndFold.ended(draft, ended);
        } else {
            throw new IllegalStateException(event.envelope().type() + " is never kept");
        }
    }
}
