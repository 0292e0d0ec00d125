package org.roaminghub.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AgreedRateTest {
    private long millis;
    private final AgreedRate rate = new AgreedRate(10, () -> TimeUnit.MILLISECONDS.toNanos(millis));

    @Test
    void noSecondHasMoreThanWasAgreed() {
        assertThat(startedWithin(0, 999)).isEqualTo(10);
        assertThat(startedWithin(1_000, 1_999)).isEqualTo(10);
    }

    @Test
    void whoAsksAllTheTimeGetsTheAgreedRate() {
        assertThat(startedWithin(0, 59_999)).isEqualTo(600);
    }

    private int startedWithin(long from, long to) {
        int started = 0;
        for (millis = from; millis <= to; millis++) {
            started += rate.tryStart() ? 1 : 0;
        }
        return started;
    }
}
