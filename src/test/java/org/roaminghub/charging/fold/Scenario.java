package org.roaminghub.charging.fold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.EventOrder;
import org.roaminghub.ocpp.EventReader;

/** A scenario file as canonical events, and what the fold made of them in the words of its {@code expected} block. */
record Scenario(JsonNode header, List<ChargingEvent> events) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Scenario load(String id) {
        try (InputStream file = Scenario.class.getResourceAsStream("/scenarios/" + id + ".events.jsonl")) {
            String[] lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n");
            JsonNode header = MAPPER.readTree(lines[0]);
            List<ChargingEvent> events = new ArrayList<>();
            for (int line = 1; line < lines.length; line++) {
                EventReader.Result result = EventReader.read(
                        MAPPER.readTree(lines[line]), header.get("source").asText(), Instant.EPOCH);
                if (!result.readable()) {
                    throw new IllegalStateException(id + " line " + line + ": " + result.faults());
                }
                events.add(result.event());
            }
            return new Scenario(header, events);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    StationState empty() {
        return StationState.empty(header.get("source").asText(), header.get("station").asText());
    }

    List<ChargingEvent> ordered() {
        return events.stream().sorted(EventOrder.COMPARATOR).toList();
    }

    JsonNode expected() {
        return header.get("expected");
    }

    List<Map<String, Object>> expectedSessions() {
        List<Map<String, Object>> sessions = new ArrayList<>();
        for (JsonNode session : expected().get("sessions")) {
            Map<String, Object> row = new TreeMap<>();
            row.put("transaction_id", session.get("transaction_id").asText());
            row.put("evse_id", session.get("evse_id").asInt());
            row.put("connector_id", session.get("connector_id").asInt());
            row.put("id_token", session.get("id_token").asText());
            row.put("start", Instant.parse(session.get("start").asText()));
            row.put("stop", Instant.parse(session.get("stop").asText()));
            row.put("stop_reason", session.get("stop_reason").asText());
            row.put("stop_reason_raw", session.get("stop_reason_raw").asText());
            row.put("energy_wh", session.get("energy_wh").asInt());
            row.put("energy_method", session.get("energy_method").asText());
            row.put("state", session.get("state").asText());
            row.put("cdr", session.get("cdr").asText());
            row.put("flags", texts(session.get("flags")));
            sessions.add(row);
        }
        return sessions;
    }

    static List<Map<String, Object>> sessionsOf(StationState state) {
        List<Map<String, Object>> sessions = new ArrayList<>();
        for (SessionState session : state.sessions()) {
            Map<String, Object> row = new TreeMap<>();
            row.put("transaction_id", session.transactionId());
            row.put("evse_id", session.evseId());
            row.put("connector_id", session.connectorId());
            row.put("id_token", session.idToken());
            row.put("start", session.start());
            row.put("stop", session.stop());
            row.put("stop_reason", session.stopReason() == null ? null : session.stopReason().wireName());
            row.put("stop_reason_raw", session.stopReasonRaw());
            row.put("energy_wh", session.energyWh() == null ? null : session.energyWh().intValueExact());
            row.put("energy_method", session.energyMethod().name());
            row.put("state", session.status().name());
            row.put("cdr", session.cdr().name());
            row.put("flags", new TreeSet<>(session.flags()));
            sessions.add(row);
        }
        return sessions;
    }

    List<String> expectedTimeline() {
        List<String> timeline = new ArrayList<>();
        for (JsonNode change : expected().get("status_timeline")) {
            timeline.add(change.get("offset_ms") + " " + change.get("evse_id") + "/" + change.get("connector_id") + " "
                    + change.get("status").asText() + " " + change.get("ocpi").asText("null"));
        }
        return timeline;
    }

    List<String> timelineOf(List<Effect> effects) {
        Instant base = Instant.parse(header.get("received_at_base").asText());
        List<String> timeline = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.EvseStatusChanged change) {
                timeline.add(Duration.between(base, change.at()).toMillis() + " " + change.evseId() + "/"
                        + change.connectorId() + " " + change.canonical().wireName() + " " + change.ocpiStatus());
            }
        }
        return timeline;
    }

    /**
     * All flags of the file, without DUPLICATE_FRAME: that the same frame came twice only a reader of frames can know,
     * and the adapter that made these events has dropped the second one.
     */
    SortedSet<String> expectedFlags() {
        SortedSet<String> flags = texts(expected().get("flags"));
        flags.remove("DUPLICATE_FRAME");
        return flags;
    }

    static SortedSet<String> flagsOf(StationFold.Step step) {
        SortedSet<String> flags = new TreeSet<>();
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.FlagRaised raised) {
                flags.add(raised.flag());
            }
        }
        step.state().quarantine().forEach(event -> flags.add(event.flag()));
        return flags;
    }

    /** Repeated starts, stops, statuses and numbered events; repeated frames never become events. */
    String expectedDuplicates() {
        JsonNode counts = expected().get("duplicates_ignored");
        return counts.get("starts") + " " + counts.get("stops") + " " + counts.get("statuses") + " "
                + counts.get("events");
    }

    static String duplicatesOf(List<Effect> effects) {
        return count(effects, DuplicateKind.START) + " " + count(effects, DuplicateKind.STOP) + " "
                + count(effects, DuplicateKind.STATUS) + " " + count(effects, DuplicateKind.EVENT);
    }

    private static long count(List<Effect> effects, DuplicateKind kind) {
        return effects.stream().filter(effect ->
                effect instanceof Effect.DuplicateIgnored duplicate && duplicate.kind() == kind).count();
    }

    private static SortedSet<String> texts(JsonNode values) {
        SortedSet<String> texts = new TreeSet<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
