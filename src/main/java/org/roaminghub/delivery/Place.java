package org.roaminghub.delivery;

/**
 * A place in the feed: the transaction that wrote it and a number within. Ordered by both, and only trusted below the oldest
 * running transaction (D3).
 */
public record Place(long tx, long seq) implements Comparable<Place> {
    /** Before everything: where a new lane starts. */
    public static final Place START = new Place(0, 0);

    @Override
    public int compareTo(Place other) {
        int byTransaction = Long.compare(tx, other.tx);
        return byTransaction != 0 ? byTransaction : Long.compare(seq, other.seq);
    }

    boolean isAfter(Place other) {
        return compareTo(other) > 0;
    }

    /** The position from which this place is read next. */
    Place justBefore() {
        return new Place(tx, seq - 1);
    }
}
