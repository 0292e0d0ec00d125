package org.roaminghub.ocpp;

import java.time.Instant;
import java.util.Comparator;

/**
 * The order in which a station's events count (event-model.md, section 6): receipt time, source sequence, id.
 *
 * <p>A backend may send a start, its readings and its end in one request without receipt times or sequence; the id says
 * nothing about their order then, and a reading sorted before its start would be lost. So event time and kind stand
 * between sequence and id. They decide only where the first two are equal.
 */
public final class EventOrder {
    private static final Comparator<Key> BY_KEY = Comparator.comparing(Key::receivedAt)
            .thenComparing(Key::sourceSeq, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Key::time)
            .thenComparing(Key::type)
            .thenComparing(Key::id);

    /** A total order: events that compare as equal have the same id, receipt and content. */
    public static final Comparator<ChargingEvent> COMPARATOR = EventOrder::compare;

    private EventOrder() {}

    public static Key keyOf(ChargingEvent event) {
        Envelope envelope = event.envelope();
        return new Key(envelope.receivedAt(), envelope.sourceSeq(), envelope.time(), envelope.type(), envelope.id());
    }

    private static int compare(ChargingEvent left, ChargingEvent right) {
        int byKey = keyOf(left).compareTo(keyOf(right));
        if (byKey != 0) {
            return byKey;
        }
        return CanonicalText.contentOf(left).compareTo(CanonicalText.contentOf(right));
    }

    /** Place of an event in its station's stream. */
    public record Key(Instant receivedAt, Long sourceSeq, Instant time, EventType type, String id)
            implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return BY_KEY.compare(this, other);
        }
    }
}
