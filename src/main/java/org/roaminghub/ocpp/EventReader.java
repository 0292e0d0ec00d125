package org.roaminghub.ocpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads one line from a backend that normalises itself (event-model.md, sections 1 and 2; contracts.md, section 4).
 *
 * <p>Needed are {@code id, type, station, time, data}, an EVSE or transaction where the type needs one, and the data the
 * type cannot do without. The rest the hub fills in, visibly: the completed document is what the event stores.
 * Clock rules run only for senders that sent no {@code flags} and did send {@code received_at}: without a receipt time
 * there is nothing to compare with, and a sender with flags has done its own checks.
 */
public final class EventReader {
    /** The version of the vocabulary; additions do not change it. */
    public static final String SCHEMA = "charging-event/1";

    private static final String RECEIPT_TIME_MISSING = "RECEIPT_TIME_MISSING";
    private static final String CONNECTOR_INFERRED = "CONNECTOR_INFERRED";

    private EventReader() {}

    /** Either an event or at least one fault. */
    public record Result(ChargingEvent event, List<EventFault> faults) {
        public Result {
            faults = List.copyOf(faults);
        }

        public boolean readable() {
            return event != null;
        }
    }

    /**
     * Reads a line.
     *
     * @param line      one JSON value as sent; not changed
     * @param source    the backend that sent it; null = believe the line (only for what the hub stored itself). A line
     *                  that names another source keeps it in the lineage, so no backend can write to another's stations
     * @param arrivedAt when it reached the hub, the receipt time for lines without one; lines that arrived together
     *                  should get rising times
     */
    public static Result read(JsonNode line, String source, Instant arrivedAt) {
        if (line == null || !line.isObject()) {
            return new Result(null, List.of(
                    new EventFault("", EventFault.Code.WRONG_TYPE, "an event must be a JSON object")));
        }
        List<EventFault> faults = new ArrayList<>();
        EventHead head = EventHead.read(line, source, arrivedAt, faults);
        Function<Envelope, ChargingEvent> assembly = assembly(line, head.type(), faults);
        if (!faults.isEmpty()) {
            return new Result(null, faults);
        }
        return new Result(assembly.apply(completed(line, head)), List.of());
    }

    /**
     * Reads what {@link ChargingEvent#toJson} gave.
     *
     * @throws IllegalArgumentException if it is not a complete event
     */
    public static ChargingEvent stored(JsonNode document) {
        Result result = read(document, null, null);
        if (!result.readable()) {
            throw new IllegalArgumentException("stored event is unreadable: " + result.faults());
        }
        return result.event();
    }

    private static Function<Envelope, ChargingEvent> assembly(
            JsonNode line, EventType type, List<EventFault> faults) {
        if (type == null || !line.path("data").isObject()) {
            return null;
        }
        JsonNode data = line.get("data");
        if (type == EventType.TRANSACTION_IDENTIFIED && !data.hasNonNull("transaction_id")) {
            data = ((ObjectNode) data.deepCopy()).set("transaction_id", line.get("transaction_id"));
        }
        return new DataReader(data, faults).read(type);
    }

    private static Envelope completed(JsonNode line, EventHead head) {
        ObjectNode document = line.deepCopy();
        document.put("schema", SCHEMA);
        ArrayNode flags = document.withArrayProperty("flags");
        ObjectNode lineage = document.withObjectProperty("lineage");
        ArrayNode rules = completeLineage(lineage);
        if (line.hasNonNull("source") && !line.get("source").asText().equals(head.source())) {
            rules.addObject().put("id", "backend.source").put("field", "source")
                    .put("from", line.get("source").asText()).put("to", head.source());
        }
        document.put("source", head.source());
        Integer connectorId = head.connectorId();
        if (connectorId == null && head.evseId() != null) {
            connectorId = head.evseId();
            document.put("connector_id", connectorId);
            // The whole station has no connector to guess; elsewhere the fold may know better than this default.
            addFlag(flags, head.evseId() == 0 ? null : CONNECTOR_INFERRED);
        }
        if (head.receiptMissing()) {
            addFlag(flags, RECEIPT_TIME_MISSING);
        }
        document.put("received_at", CanonicalText.of(head.receivedAt()));
        Instant time = completeTime(document, head, line, flags, rules);
        completeData(document, head, line);
        return new Envelope(head.id(), head.type(), head.source(), head.station(), head.evseId(), connectorId,
                head.transactionId(), time, document.path("time_raw").textValue(),
                WireName.find(TimeBasis.class, document.get("time_basis").asText()).orElseThrow(),
                head.receivedAt(), head.sourceSeq(), texts(flags), lineage, document);
    }

    private static ArrayNode completeLineage(ObjectNode lineage) {
        if (!lineage.hasNonNull("adapter")) {
            lineage.put("adapter", "backend");
        }
        if (!lineage.hasNonNull("adapter_version")) {
            lineage.put("adapter_version", "1");
        }
        return lineage.withArrayProperty("rules");
    }

    private static Instant completeTime(
            ObjectNode document, EventHead head, JsonNode line, ArrayNode flags, ArrayNode rules) {
        String sent = line.get("time").asText();
        boolean checked = !line.hasNonNull("flags") && !head.receiptMissing();
        ClockRules.Verdict verdict = checked
                ? ClockRules.check(head.type(), head.time(), head.receivedAt())
                : new ClockRules.Verdict(head.time(), null);
        boolean replaced = verdict.replaced(head.time());
        addFlag(flags, verdict.flag());
        if (replaced) {
            rules.addObject().put("id", verdict.flag()).put("field", "time")
                    .put("from", sent).put("to", CanonicalText.of(verdict.time()));
        }
        if (!line.hasNonNull("time_raw") && !sent.equals(CanonicalText.of(verdict.time()))) {
            document.put("time_raw", sent);
        }
        if (replaced || !line.hasNonNull("time_basis")) {
            document.put("time_basis", (replaced ? TimeBasis.RECEIPT : TimeBasis.BACKEND).wireName());
        }
        document.put("time", CanonicalText.of(verdict.time()));
        return verdict.time();
    }

    private static void completeData(ObjectNode document, EventHead head, JsonNode line) {
        ObjectNode data = (ObjectNode) document.get("data");
        switch (head.type()) {
            case TRANSACTION_STARTED -> {
                if (!data.hasNonNull("start_key")) {
                    data.put("start_key", startKey(data, head, line));
                }
            }
            case TRANSACTION_IDENTIFIED -> {
                if (!data.hasNonNull("transaction_id")) {
                    data.put("transaction_id", head.transactionId());
                }
            }
            case CONNECTOR_STATUS -> {
                if (!data.hasNonNull("raw_status")) {
                    data.set("raw_status", data.get("status"));
                }
            }
            case TRANSACTION_ENDED -> {
                if (!data.hasNonNull("reason")) {
                    data.put("reason", StopReason.UNKNOWN.wireName());
                }
            }
            case STATION_BOOTED -> {
                data.put("vendor", data.path("vendor").asText(""));
                data.put("model", data.path("model").asText(""));
            }
            case STATION_CONNECTED, STATION_DISCONNECTED, AUTHORIZATION, COMMAND, TRANSACTION_UPDATED, METER_VALUES,
                    SESSION_REPORTED, TIMER_DUE -> { }
        }
    }

    /** A start that knows its transaction id is identified by it; one that does not, by the four raw values. */
    private static String startKey(ObjectNode data, EventHead head, JsonNode line) {
        if (head.transactionId() != null) {
            return head.transactionId();
        }
        int connector = head.connectorId() == null ? head.evseId() : head.connectorId();
        String rawTime = line.hasNonNull("time_raw") ? line.get("time_raw").asText() : line.get("time").asText();
        String meter = data.hasNonNull("meter_start_wh")
                ? CanonicalText.plain(data.get("meter_start_wh").decimalValue()).toPlainString() : "";
        return StartKey.of(head.source(), head.station(), String.valueOf(connector),
                data.path("id_token").textValue(), rawTime, meter);
    }

    private static void addFlag(ArrayNode flags, String flag) {
        if (flag != null && !texts(flags).contains(flag)) {
            flags.add(flag);
        }
    }

    private static List<String> texts(ArrayNode values) {
        List<String> texts = new ArrayList<>(values.size());
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
