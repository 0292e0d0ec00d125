package org.roaminghub.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Events and deliveries per second of this process, from what the meters counted since the last look. */
@ApplicationScoped
class Rates {
    /** After a longer pause the average would say nothing about now. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final MeterRegistry metrics;
    private long lookedAt;
    private double events;
    private double deliveries;

    Rates(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** What happens per second. */
    record PerSecond(double eventsPerSecond, double deliveriesPerSecond) {
    }

    synchronized PerSecond look() {
        long now = System.nanoTime();
        double eventsNow = metrics.find("hub.inbox.events").counters().stream().mapToDouble(Counter::count).sum();
        double deliveriesNow = metrics.find("hub.partner.requests").tag("verdict", "accepted").timers().stream().mapToDouble(Timer::count).sum();
        double seconds = (now - lookedAt) / 1e9;
        boolean fresh = lookedAt != 0 && seconds > 0 && seconds <= LONGEST.toSeconds();
        PerSecond rates = fresh ? new PerSecond(rate(eventsNow - events, seconds), rate(deliveriesNow - deliveries, seconds)) : new PerSecond(0, 0);
        lookedAt = now;
        events = eventsNow;
        deliveries = deliveriesNow;
        return rates;
    }

    private static double rate(double count, double seconds) {
        return Math.round(count / seconds * 10) / 10.0;
    }
}
