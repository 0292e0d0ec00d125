package org.roaminghub.delivery;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Objects on which the partner fails: after some failures, while it takes others, the object and not the partner is to blame. */
final class Suspects {
    private static final int FAILURES_OF_A_POISON_OBJECT = 3;

    private final Map<String, Failures> failures = new ConcurrentHashMap<>();

    /** How often the partner failed on an object, and since when. */
    private record Failures(int count, Instant firstAt) {
    }

    int failures(String object) {
        Failures seen = failures.get(object);
        return seen == null ? 0 : seen.count();
    }

    /** Whether the object may itself be the trouble: probing with it would keep the lane waiting for ever. */
    boolean contains(String object) {
        return failures(object) >= FAILURES_OF_A_POISON_OBJECT;
    }

    /**
     * Counts a failure.
     *
     * @param othersTakenAt when the partner last took an object of the lane, or null
     * @return whether the object is to blame
     */
    boolean failed(String object, Instant now, Instant othersTakenAt) {
        Failures seen = failures.merge(object, new Failures(1, now), (old, fresh) -> new Failures(old.count() + 1, old.firstAt()));
        return seen.count() >= FAILURES_OF_A_POISON_OBJECT && othersTakenAt != null && othersTakenAt.isAfter(seen.firstAt());
    }

    void clear(String object) {
        failures.remove(object);
    }
}
