package org.roaminghub.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChargingStationTest {

    private static final Plan PLAN = Plan.of(Instant.parse("2026-03-02T08:01:10Z"), 11_000, Duration.ofHours(1), 7);

    private final ChargingStation station = new ChargingStation("CP-1");

    @Test
    void livesThroughAWholeSession() {
        List<String> story = station.life(PLAN).stream()
                .map(event -> event.path("type").asText() + " " + event.path("data").path("status").asText())
                .map(String::strip)
                .toList();

        assertThat(story).containsExactly(
                "station.connected", "station.booted", "connector.status Available",
                "connector.status Preparing", "transaction.started", "authorization", "connector.status Charging",
                "meter.values", "meter.values", "meter.values", "meter.values",
                "connector.status SuspendedEV", "meter.values",
                "transaction.ended", "connector.status Finishing", "connector.status Available");
    }

    @Test
    void samePlanGivesTheSameEventsAndAnotherOtherIds() {
        assertThat(station.session(PLAN)).isEqualTo(station.session(PLAN));

        Plan later = Plan.of(PLAN.start().plusSeconds(1), 11_000, Duration.ofHours(1), 7);
        List<String> ids = Stream.of(station.session(PLAN), station.session(later), new ChargingStation("CP-2").session(PLAN))
                .flatMap(List::stream)
                .map(event -> event.path("id").asText())
                .toList();
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @Test
    void timesRiseAndReceiptFollowsTheEvent() {
        List<JsonNode> events = station.life(PLAN);
        for (int index = 0; index < events.size(); index++) {
            Instant time = Instant.parse(events.get(index).path("time").asText());
            Instant receivedAt = Instant.parse(events.get(index).path("received_at").asText());
            assertThat(receivedAt).isAfter(time).isBefore(time.plusSeconds(1));
            if (index > 0) {
                assertThat(time).isAfter(Instant.parse(events.get(index - 1).path("time").asText()));
                assertThat(receivedAt).isAfter(Instant.parse(events.get(index - 1).path("received_at").asText()));
            }
        }
    }

    @Test
    void meterRisesToExactlyThePlannedEnergy() {
        List<Long> registers = station.session(PLAN).stream()
                .filter(event -> event.path("type").asText().equals("meter.values"))
                .map(event -> event.path("data").path("readings").get(0).path("value").asLong())
                .toList();

        assertThat(registers).isSorted().endsWith(111_000L, 111_000L);
        JsonNode ended = only("transaction.ended", PLAN);
        assertThat(ended.path("data").path("meter_stop_wh").asLong()).isEqualTo(111_000);
        assertThat(ended.path("transaction_id").asText()).isEqualTo(station.transactionId(PLAN));
        assertThat(Instant.parse(ended.path("time").asText())).isEqualTo(PLAN.end());
    }

    @Test
    void vehicleThatLeavesAtOnceIsNeverSuspended() {
        Plan plan = PLAN.withParked(Duration.ZERO).withReadingsEvery(Duration.ofMinutes(20)).withIdToken("CARD");

        assertThat(station.session(plan)).noneMatch(event -> event.path("data").path("status").asText().equals("SuspendedEV"));
        assertThat(Instant.parse(only("transaction.ended", plan).path("time").asText())).isEqualTo(plan.end());
        assertThat(only("transaction.started", plan).path("data").path("id_token").asText()).isEqualTo("CARD");
    }

    @Test
    void connectorEventsNameEvseAndConnector() {
        assertThat(new ChargingStation("CP-1", 2, 1).session(PLAN))
                .allMatch(event -> event.path("evse_id").asInt() == 2 && event.path("connector_id").asInt() == 1);
    }

    private JsonNode only(String type, Plan plan) {
        List<JsonNode> found =
                station.session(plan).stream().filter(event -> event.path("type").asText().equals(type)).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
