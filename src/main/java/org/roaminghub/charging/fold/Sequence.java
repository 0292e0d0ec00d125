package org.roaminghub.charging.fold;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which numbers of a transaction's events have come (OCPP 2.0.1 {@code seqNo}; event-model.md, section 6).
 *
 * @param highest the highest number seen
 * @param missing numbers below it that have not come; at most {@value #MOST_REMEMBERED} of a longer hole
 */
public record Sequence(long highest, SortedSet<Long> missing) {
    private static final int MOST_REMEMBERED = 200;

    public Sequence {
        missing = Collections.unmodifiableSortedSet(missing);
    }

    static Sequence startingWith(long seq) {
        return new Sequence(seq, new TreeSet<>());
    }

    public boolean hasGap() {
        return !missing.isEmpty();
    }

    boolean isBehind(long seq) {
        return seq < highest;
    }

    Sequence with(long seq) {
        if (seq == highest) {
            return this;
        }
        TreeSet<Long> stillMissing = new TreeSet<>(missing);
        if (seq < highest) {
            stillMissing.remove(seq);
            return new Sequence(highest, stillMissing);
        }
        for (long skipped = highest + 1; skipped < seq && stillMissing.size() < MOST_REMEMBERED; skipped++) {
            stillMissing.add(skipped);
        }
        return new Sequence(seq, stillMissing);
    }
}
