package org.roaminghub.charging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.roaminghub.charging.fold.SessionState;
import org.roaminghub.charging.fold.StationFold;
import org.roaminghub.charging.fold.StationState;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.EventReader;
import org.roaminghub.simulator.ChargingStation;
import org.roaminghub.simulator.Plan;
import org.roaminghub.simulator.Sites;

/** Sessions as the fold makes them of a simulated station's events, and the world they take place in. */
final class FoldedSessions {
    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    static final ChargingStation STATION = new ChargingStation("CP-1");
    /** 11 kWh in an hour and five minutes parked. */
    static final Plan PLAN = Plan.of(START, 11_000, Duration.ofHours(1), 7);

    private FoldedSessions() {
    }

    static SessionState whole() {
        return of(STATION.life(PLAN));
    }

    static SessionState firstHalf() {
        List<JsonNode> life = STATION.life(PLAN);
        return of(life.subList(0, life.size() / 2));
    }

    /**
     * The whole session with the meter values of a test, one pair of Wh and W for each reading: after 15, 30, 45 and 60 minutes
     * and when the car is full.
     */
    static SessionState measuring(long[][] registerAndPower) {
        List<JsonNode> life = STATION.life(PLAN).stream().map(event -> (JsonNode) event.deepCopy()).toList();
        int next = 0;
        for (JsonNode event : life) {
            if (event.path("type").asText().equals("meter.values")) {
                ((ObjectNode) event.at("/data/readings/0")).put("value", registerAndPower[next][0]);
                ((ObjectNode) event.at("/data/readings/1")).put("value", registerAndPower[next][1]);
                next++;
            }
        }
        return of(life);
    }

    static SessionState of(List<JsonNode> lines) {
        List<ChargingEvent> events = lines.stream().map(line -> EventReader.read(line, "backend", START).event()).toList();
        return StationFold.foldAll(StationState.empty("backend", "CP-1"), events).state().sessions().iterator().next();
    }

    static FrozenContext context() {
        ObjectNode location = (ObjectNode) Sites.location("NL", "ACM", 1, List.of(STATION), "STANDARD", START);
        JsonNode evse = location.path("evses").get(0);
        JsonNode token = StrictJson.parse("""
                {"country_code":"DE","party_id":"ALP","uid":"04A1B2C3D4","type":"RFID","contract_id":"DE-ALP-C12345678"}""");
        return new FrozenContext(location, evse, evse.path("connectors").get(0), List.of(Sites.tariff("NL", "ACM", "STANDARD", START)), token,
                FrozenContext.Authorised.BY_WHITELIST, null);
    }
}
