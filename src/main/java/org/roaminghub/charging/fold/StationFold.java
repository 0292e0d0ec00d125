package org.roaminghub.charging.fold;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.roaminghub.charging.fold.StationState.RecentEvent;
import org.roaminghub.ocpp.CanonicalText;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.Envelope;
import org.roaminghub.ocpp.EventOrder;

/**
 * Folds a station's events into its state (event-model.md, sections 6 to 9). Pure: no clock, no storage; the same
 * events give the same state.
 */
public final class StationFold {
    private StationFold() {}

    /** The new state and what is worth telling about the way there, in order. */
    public record Step(StationState state, List<Effect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }
    }

    /**
     * Applies one event. If {@link StationState#isBehind} is true for it, the result may differ from folding the events
     * in order; the caller then folds the window again with {@link #foldAll}.
     *
     * @throws IllegalArgumentException if the event is of another station
     */
    public static Step apply(StationState state, ChargingEvent event) {
        StationDraft draft = new StationDraft(state);
        apply(draft, event);
        return new Step(draft.toState(), draft.effects);
    }

    /**
     * Applies events in the order of {@link EventOrder}, whatever order they come in.
     *
     * @param base   the state before the first of them
     * @param events may contain repetitions; each is counted as {@link Effect.DuplicateIgnored}
     * @throws IllegalArgumentException if an event is of another station
     */
    public static Step foldAll(StationState base, List<ChargingEvent> events) {
        List<ChargingEvent> ordered = new ArrayList<>(events);
        ordered.sort(EventOrder.COMPARATOR);
        StationDraft draft = new StationDraft(base);
        ordered.forEach(event -> apply(draft, event));
        return new Step(draft.toState(), draft.effects);
    }

    /**
     * Folds a window again because an event arrived that sorts before ones already folded.
     *
     * @param base   the state before the window
     * @param told   the state that was current until now; the effects are what differs from it
     * @param window all events since {@code base}, the late one among them
     * @param late   the event that made this necessary; the effects carry its id
     */
    public static Step refold(
            StationState base, StationState told, List<ChargingEvent> window, ChargingEvent late) {
        StationState now = foldAll(base, window).state();
        return new Step(now, StateDifference.between(told, now, late.envelope().id()));
    }

    private static void apply(StationDraft draft, ChargingEvent event) {
        Envelope envelope = event.envelope();
        if (!envelope.source().equals(draft.source) || !envelope.station().equals(draft.station)) {
            throw new IllegalArgumentException("event " + envelope.id() + " is not of station " + draft.station);
        }
        if (isRepeated(draft, event)) {
            return;
        }
        dispatch(draft, event);
        draft.commit(envelope);
        StatusFold.refresh(draft, envelope);
    }

    private static void dispatch(StationDraft draft, ChargingEvent event) {
        // Java 17 has no switch over sealed types; the last branch makes a forgotten one fail loudly.
        if (event instanceof ChargingEvent.MeterValues values) {
            ReadingFold.apply(draft, values);
        } else if (event instanceof ChargingEvent.ConnectorStatusReported status) {
            StatusFold.apply(draft, status);
        } else if (event instanceof ChargingEvent.TransactionUpdated updated) {
            TransactionFold.updated(draft, updated);
        } else if (event instanceof ChargingEvent.TransactionStarted started) {
            StartFold.started(draft, started);
        } else if (event instanceof ChargingEvent.TransactionIdentified identified) {
            StartFold.identified(draft, identified);
        } else if (event instanceof ChargingEvent.TransactionEnded ended) {
            EndFold.ended(draft, ended);
        } else if (event instanceof ChargingEvent.Authorization authorization) {
            TransactionFold.authorized(draft, authorization);
        } else if (event instanceof ChargingEvent.SessionReported reported) {
            EndFold.reported(draft, reported);
        } else if (event instanceof ChargingEvent.StationBooted booted) {
            BootFold.booted(draft, booted);
        } else if (event instanceof ChargingEvent.TimerDue timer) {
            TimerFold.apply(draft, timer);
        } else if (!isWithoutEffect(event)) {
            throw new IllegalStateException("no rule for " + event.envelope().type());
        }
    }

    /** Connections and commands change no session and no status by themselves; their remarks still count. */
    private static boolean isWithoutEffect(ChargingEvent event) {
        return event instanceof ChargingEvent.StationConnected
                || event instanceof ChargingEvent.StationDisconnected
                || event instanceof ChargingEvent.Command;
    }

    /** Section 4: the same id counts once; of two contents the one that sorts first. */
    private static boolean isRepeated(StationDraft draft, ChargingEvent event) {
        Envelope envelope = event.envelope();
        String content = hash(event);
        RecentEvent seen = draft.recentEvents.putIfAbsent(
                envelope.id(), new RecentEvent(envelope.id(), content, envelope.receivedAt()));
        if (seen == null) {
            return false;
        }
        draft.ignoreDuplicate(Duplicates.kindOf(event), envelope.id());
        if (!seen.content().equals(content)) {
            draft.raise(Flags.MESSAGE_ID_REUSED, envelope.id());
        } else if (!seen.receivedAt().equals(envelope.receivedAt()) && !envelope.hasFlag(Flags.RECEIPT_TIME_MISSING)) {
            // Same receipt: our sender delivered it again, which says nothing. Another: the station itself repeated it.
            Duplicates.flag(draft, event);
        }
        draft.commit(new Envelope(envelope.id(), envelope.type(), envelope.source(), envelope.station(),
                envelope.evseId(), envelope.connectorId(), envelope.transactionId(), envelope.time(),
                envelope.timeRaw(), envelope.timeBasis(), envelope.receivedAt(), envelope.sourceSeq(), List.of(),
                envelope.lineage(), envelope.document()));
        return true;
    }

    private static String hash(ChargingEvent event) {
        CRC32 checksum = new CRC32();
        checksum.update(CanonicalText.contentOf(event).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(checksum.getValue());
    }
}
