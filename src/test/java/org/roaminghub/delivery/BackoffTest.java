package org.roaminghub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration CAP = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "8, 60"})
    void doublesUpToTheCap(int failures, long seconds) {
        assertThat(Backoff.after(failures, FIRST, CAP, middle())).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 21, 64, 1_000_000, Integer.MAX_VALUE})
    void anyNumberOfFailuresGivesAPositiveWaitWithinTheCap(int failures) {
        Duration wait = Backoff.after(failures, FIRST, CAP, middle());

        assertThat(wait).isBetween(FIRST, CAP);
    }

    @Test
    void jitterIsAFifthInBothDirections() {
        RandomGenerator dice = new Random(7);
        for (int number = 0; number < 1_000; number++) {
            assertThat(Backoff.after(3, FIRST, CAP, dice)).isBetween(Duration.ofMillis(3_200), Duration.ofMillis(4_800));
        }
    }

    @Test
    void hoursDoNotOverflow() {
        assertThat(Backoff.after(40, Duration.ofHours(1), Duration.ofHours(6), middle())).isEqualTo(Duration.ofHours(6));
    }

    private static RandomGenerator middle() {
        return new Random() {
            private static final long serialVersionUID = 1L;

            @Override
            public double nextDouble() {
                return 0.5;
            }
        };
    }
}
