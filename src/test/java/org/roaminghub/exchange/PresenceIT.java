package org.roaminghub.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roaminghub.PostgresForTests;

/** The partner's row decides between replicas (decision 0013). The partners here have no file, so nobody else looks at them. */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class PresenceIT {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    @Inject
    PresenceStore store;

    @Inject
    Presence presence;

    @Test
    void onlyOneReplicaAsks_HCI12() {
        store.heard(Map.of("asked", NOW));

        assertThat(store.claim("asked", NOW, NOW.plusSeconds(10))).isTrue();
        assertThat(store.claim("asked", NOW.plusSeconds(9), NOW.plusSeconds(20))).isFalse();
        assertThat(store.claim("asked", NOW.plusSeconds(10), NOW.plusSeconds(20))).as("the one that asked died").isTrue();
    }

    @Test
    void onlyOneReplicaNoticesThatAPartnerWentAndCameBack_HCI12() {
        store.heard(Map.of("moving", NOW));

        assertThat(store.gone("moving", NOW.plusSeconds(1), NOW.plusSeconds(2))).isTrue();
        assertThat(store.gone("moving", NOW.plusSeconds(1), NOW.plusSeconds(2))).isFalse();
        assertThat(store.back("moving", NOW.plusSeconds(1), NOW.plusSeconds(3))).as("heard before it went").isFalse();
        assertThat(store.back("moving", NOW.plusSeconds(3), NOW.plusSeconds(3))).isTrue();
        assertThat(store.back("moving", NOW.plusSeconds(3), NOW.plusSeconds(3))).isFalse();
    }

    @Test
    void whoWasHeardByAnotherReplicaWhileWeAskedIsNotGone_HCI12() {
        store.heard(Map.of("heard", NOW));
        store.heard(Map.of("heard", NOW.plusSeconds(5)));

        assertThat(store.gone("heard", NOW.plusSeconds(1), NOW.plusSeconds(6))).isFalse();
        assertThat(store.all().get("heard").reachable()).isTrue();
    }

    @Test
    void whoWasAwayIsAwayAfterAStart() {
        store.heard(Map.of("away", NOW));
        store.gone("away", NOW.plusSeconds(1), NOW.plusSeconds(1));

        presence.learn(store.all());

        assertThat(presence.isOffline("away")).isTrue();
        assertThat(presence.isConnected("away")).isFalse();
        presence.heard("away");
        assertThat(presence.isOffline("away")).as("it called us").isFalse();
    }
}
