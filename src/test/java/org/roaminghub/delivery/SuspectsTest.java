package org.roaminghub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SuspectsTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final Suspects suspects = new Suspects();

    @Test
    void anObjectIsToBlameWhenOthersGotThroughMeanwhile() {
        suspects.failed("X", NOON, null);
        suspects.failed("X", NOON.plusSeconds(1), null);

        assertThat(suspects.failed("X", NOON.plusSeconds(3), NOON.plusSeconds(2))).isTrue();
    }

    @Test
    void thePartnerIsToBlameWhenNobodyGotThroughSinceTheFirstFailure() {
        suspects.failed("X", NOON, NOON.minusSeconds(1));
        suspects.failed("X", NOON.plusSeconds(1), NOON.minusSeconds(1));

        assertThat(suspects.failed("X", NOON.plusSeconds(3), NOON.minusSeconds(1))).isFalse();
        assertThat(suspects.contains("X")).as("still, it is no good to probe with").isTrue();
    }

    @Test
    void anObjectThatWasTakenStartsAnew() {
        suspects.failed("X", NOON, null);

        suspects.clear("X");

        assertThat(suspects.failures("X")).isZero();
    }
}
