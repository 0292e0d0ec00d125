package org.roaminghub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.FakePlatform;
import org.roaminghub.modules.Partners221;
import org.roaminghub.partners.Connections;

/** A partner that ends its registration and comes back begins with nothing. */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class NewRegistrationIT {
    @Inject
    Partners221 partners;
    @Inject
    Connections connections;

    @Test
    void whoRegistersAgainGetsEverythingAgain_CRED19_TRANS53() {
        partners.connect();
        String id = Bodies.newId("TAR");
        try (FakePlatform before = FakePlatform.start(); FakePlatform after = FakePlatform.start()) {
            partners.connect("alpha", before, "receiver/tariffs");
            Partners221.tcp().put("receiver/tariffs/NL/TCP/" + id, Bodies.tariff(id, "2026-03-01T10:00:00Z")).is(201, 1000);
            before.awaits(request -> request.path().endsWith(id));

            connections.unregistered("alpha");
            partners.connect("alpha", after, "receiver/tariffs");

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(after.asked(request -> request.path().endsWith(id))).isNotEmpty());
        } finally {
            partners.connect();
        }
    }
}
