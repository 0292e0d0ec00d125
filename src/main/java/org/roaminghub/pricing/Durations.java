package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** Time between instants as an exact number; fractions of seconds are kept (S2). */
final class Durations {

    private Durations() {
    }

    static BigDecimal seconds(Instant from, Instant to) {
        Duration duration = Duration.between(from, to);
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }
}
