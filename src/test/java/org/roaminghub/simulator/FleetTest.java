package org.roaminghub.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FleetTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final TinyHub hub = new TinyHub();
    private final CpoBackend backend = new CpoBackend(hub.url(), "backend-token", Duration.ofSeconds(5));
    // A session of half an hour is told in about half a second, and the pauses with it.
    private final FleetSettings settings =
            FleetSettings.of("NL", "ACM", 7, List.of("CARD-1", "CARD-2")).withAcceleration(3600);

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void announcesTariffAndLocationsThenLives() {
        try (Fleet fleet = new Fleet(backend, settings.withMostSessions(7))) {
            fleet.start();
            await().atMost(DEADLINE).until(() -> fleet.sessionsEnded() == 7);

            assertThat(hub.documents).hasSize(3);
            assertThat(hub.documents.get(0).path("id").asText()).isEqualTo(Fleet.TARIFF_ID);
            assertThat(hub.documents.get(1).path("evses")).hasSize(5);
            assertThat(hub.documents.get(2).path("evses")).hasSize(2);
            assertThat(hub.documents.get(2).path("evses").get(1).path("ocpp").path("station").asText()).isEqualTo("CP-0007");
            assertThat(fleet.eventsRefused()).isZero();
            assertThat(fleet.eventsAcknowledged()).isEqualTo(hub.events.size());
            assertThat(fleet.lastFailure()).isEmpty();
        }
        assertThat(hub.headersByRequest.get("POST /backend/v1/events")).containsEntry("authorization", "Bearer backend-token");
        assertEveryStationTellsInOrderAndNeverOfTheFuture();
    }

    @Test
    void stoppedFleetIsSilentAndFinishedFleetLeavesNoSessionOpen() {
        Fleet stopped = new Fleet(backend, settings);
        stopped.start();
        await().atMost(DEADLINE).until(() -> !hub.events.isEmpty());
        stopped.stop();
        int requests = hub.requests.size();
        stopped.stop();
        assertThat(hub.requests).hasSize(requests);

        hub.events.clear();
        Fleet finished = new Fleet(backend, settings.withAcceleration(1).withStationPrefix("B").withSeed(2));
        finished.start();
        await().atMost(DEADLINE).until(() -> finished.sessionsStarted() == 7);
        finished.finish();
        assertThat(finished.sessionsEnded()).isEqualTo(7);
        assertThat(count("transaction.started")).isEqualTo(7);
        assertThat(count("transaction.ended")).isEqualTo(7);
    }

    @Test
    void losesNothingWhileTheHubIsAway() {
        int port = hub.port();
        try (Fleet fleet = new Fleet(new CpoBackend(hub.url(), "t", Duration.ofMillis(300)), settings.withMostSessions(7))) {
            fleet.start();
            await().atMost(DEADLINE).until(() -> !hub.events.isEmpty());
            hub.close();
            await().atMost(DEADLINE).until(() -> fleet.lastFailure().isPresent());
            hub.start(port);
            await().atMost(DEADLINE).until(() -> fleet.sessionsEnded() == 7);

            assertThat(fleet.eventsRefused()).isZero();
        }
        assertThat(count("transaction.ended")).isEqualTo(7);
        assertEveryStationTellsInOrderAndNeverOfTheFuture();
    }

    @Test
    void backendRepeatsUntilTheHubIsBackAndGivesUpAfterItsPatience() {
        hub.timesAway.set(2);
        List<JsonNode> events = new ChargingStation("CP-1").boot(Instant.parse("2026-03-02T08:00:00Z"));

        HttpAnswer answer = backend.postEventsNdjson(events);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(3);
        assertThat(hub.requests).hasSize(3);
        assertThat(backend.postEvents(events).status()).isEqualTo(202);
        assertThat(hub.duplicates).hasValue(3);

        hub.timesAway.set(100);
        assertThat(new CpoBackend(hub.url(), "t", Duration.ZERO).postEvents(events).status()).isEqualTo(503);
        CpoBackend nowhere = new CpoBackend("http://127.0.0.1:1", "t", Duration.ZERO);
        assertThatThrownBy(() -> nowhere.postEvents(events)).isInstanceOf(UncheckedIOException.class);
    }

    private long count(String type) {
        return hub.events.values().stream().filter(event -> event.path("type").asText().equals(type)).count();
    }

    private void assertEveryStationTellsInOrderAndNeverOfTheFuture() {
        Map<String, List<Instant>> times = hub.eventsInOrder.stream().collect(Collectors.groupingBy(
                event -> event.path("station").asText(),
                Collectors.mapping(event -> Instant.parse(event.path("time").asText()), Collectors.toList())));
        assertThat(times).hasSize(7);
        assertThat(times.values()).allSatisfy(ofStation -> {
            assertThat(ofStation).isSorted();
            assertThat(ofStation.get(ofStation.size() - 1)).isBefore(Instant.now().plusSeconds(1));
        });
    }
}
