package org.roaminghub.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: doubling from the first wait up to a cap, with jitter of a fifth so that lanes spread out. */
public final class Backoff {
    private Backoff() {
    }

    public static Duration after(int failures, Duration first, Duration cap, RandomGenerator random) {
        long base = first.toMillis() << Math.min(Math.max(failures - 1, 0), 20);
        long capped = Math.min(base, cap.toMillis());
        return Duration.ofMillis((long) (capped * (0.8 + 0.4 * random.nextDouble())));
    }
}
