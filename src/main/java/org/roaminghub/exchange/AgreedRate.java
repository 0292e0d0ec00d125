package org.roaminghub.exchange;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Requests per second that a partner agreed to, over any second. Only requests that may start count: a limiter that also counts
 * those it refuses (SmallRye's rolling window does) never opens again for lanes that ask every few milliseconds.
 */
final class AgreedRate {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanos;
    /** When the last requests started, the oldest at {@code next}. */
    private final long[] started;
    private int next;
    private long count;

    AgreedRate(int perSecond, LongSupplier nanos) {
        this.started = new long[perSecond];
        this.nanos = nanos;
    }

    /** Whether a request may start now; if so, it counts. */
    synchronized boolean tryStart() {
        long now = nanos.getAsLong();
        if (count >= started.length && now - started[next] < WINDOW_NANOS) {
            return false;
        }
        started[next] = now;
        next = (next + 1) % started.length;
        count++;
        return true;
    }
}
