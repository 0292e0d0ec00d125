package org.roaminghub.ocpp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code data}, whose members depend on the type (event-model.md, section 3). */
final class DataReader {
    private static final int LONGEST_TOKEN = 36;
    private static final int LONGEST_TRANSACTION_ID = 36;
    private static final int LONGEST_WORD = 40;
    private static final int LONGEST_TEXT = 255;
    private static final Set<String> UNITS =
            Set.of("Wh", "varh", "W", "var", "VA", "VAh", "A", "V", "K", "Celsius", "Percent", "Hz", "");

    private final JsonNode data;
    private final Members members;
    private final List<EventFault> faults;

    DataReader(JsonNode data, List<EventFault> faults) {
        this.data = data;
        this.members = new Members(data, "data.", faults);
        this.faults = faults;
    }

    /** What puts the event together once the envelope is complete; meaningless if a fault was noted. */
    Function<Envelope, ChargingEvent> read(EventType type) {
        return switch (type) {
            case STATION_BOOTED -> booted();
            case STATION_CONNECTED -> connected();
            case STATION_DISCONNECTED -> disconnected();
            case CONNECTOR_STATUS -> status();
            case AUTHORIZATION -> authorization();
            case COMMAND -> command();
            case TRANSACTION_STARTED -> started();
            case TRANSACTION_IDENTIFIED -> identified();
            case TRANSACTION_UPDATED -> updated();
            case TRANSACTION_ENDED -> ended();
            case METER_VALUES -> meterValues();
            case SESSION_REPORTED -> reported();
            case TIMER_DUE -> timer();
        };
    }

    private Function<Envelope, ChargingEvent> booted() {
        String vendor = members.textOrEmpty("vendor", LONGEST_TEXT);
        String model = members.textOrEmpty("model", LONGEST_TEXT);
        String firmware = members.optionalText("firmware", LONGEST_TEXT);
        String reason = members.optionalText("reason", LONGEST_WORD);
        return envelope -> new ChargingEvent.StationBooted(envelope, vendor, model, firmware, reason);
    }

    private Function<Envelope, ChargingEvent> connected() {
        String connectionId = members.requiredText("connection_id", 80);
        return envelope -> new ChargingEvent.StationConnected(envelope, connectionId);
    }

    private Function<Envelope, ChargingEvent> disconnected() {
        String connectionId = members.requiredText("connection_id", 80);
        Long closeCode = members.optionalLong("close_code");
        return envelope -> new ChargingEvent.StationDisconnected(
                envelope, connectionId, closeCode == null ? null : closeCode.intValue());
    }

    private Function<Envelope, ChargingEvent> status() {
        CanonicalStatus status = members.requiredWord("status", CanonicalStatus.class);
        if (status == CanonicalStatus.OFFLINE) {
            // Silence is what the hub's own watchdog finds; nobody can report it (status-mapping.md, section 4 rule 2).
            members.fault("status", EventFault.Code.BAD_VALUE, "cannot be reported");
        }
        String rawStatus = members.has("raw_status") ? members.textOrEmpty("raw_status", LONGEST_TEXT) : null;
        String errorCode = members.optionalText("error_code", 64);
        String vendorError = members.optionalText("vendor_error", LONGEST_TEXT);
        String ruleId = members.optionalText("rule_id", 80);
        return envelope -> new ChargingEvent.ConnectorStatusReported(envelope, status,
                rawStatus == null ? status.wireName() : rawStatus, errorCode, vendorError, ruleId);
    }

    private Function<Envelope, ChargingEvent> authorization() {
        String idToken = members.requiredText("id_token", LONGEST_TOKEN);
        String tokenType = members.optionalText("token_type", LONGEST_WORD);
        String result = members.requiredText("result", LONGEST_WORD);
        return envelope -> new ChargingEvent.Authorization(envelope, idToken, tokenType, result);
    }

    private Function<Envelope, ChargingEvent> command() {
        CommandName name = members.requiredWord("name", CommandName.class);
        String commandId = members.optionalText("command_id", 80);
        String idToken = members.optionalText("id_token", LONGEST_TOKEN);
        String target = members.optionalText("target_transaction", LONGEST_TRANSACTION_ID);
        String result = members.requiredText("result", LONGEST_WORD);
        return envelope -> new ChargingEvent.Command(envelope, name, commandId, idToken, target, result);
    }

    private Function<Envelope, ChargingEvent> started() {
        members.optionalText("start_key", 64);
        String idToken = members.optionalText("id_token", LONGEST_TOKEN);
        String tokenType = members.optionalText("token_type", LONGEST_WORD);
        var meterStartWh = members.optionalDecimal("meter_start_wh");
        ChargingState chargingState = members.optionalWord("charging_state", ChargingState.class);
        String trigger = members.optionalText("trigger", LONGEST_WORD);
        Long seq = members.optionalCount("seq");
        boolean offline = members.flag("offline");
        return envelope -> new ChargingEvent.TransactionStarted(envelope,
                envelope.document().path("data").path("start_key").textValue(), idToken, tokenType, meterStartWh,
                chargingState, trigger, seq, offline);
    }

    private Function<Envelope, ChargingEvent> identified() {
        String startKey = members.requiredText("start_key", 64);
        String transactionId = members.requiredText("transaction_id", LONGEST_TRANSACTION_ID);
        AuthorizationStatus status = members.requiredWord("auth_status", AuthorizationStatus.class);
        return envelope -> new ChargingEvent.TransactionIdentified(envelope, startKey, transactionId, status);
    }

    private Function<Envelope, ChargingEvent> updated() {
        Long seq = members.requiredCount("seq");
        String trigger = members.optionalText("trigger", LONGEST_WORD);
        ChargingState chargingState = members.optionalWord("charging_state", ChargingState.class);
        String idToken = members.optionalText("id_token", LONGEST_TOKEN);
        boolean offline = members.flag("offline");
        return envelope ->
                new ChargingEvent.TransactionUpdated(envelope, seq, trigger, chargingState, idToken, offline);
    }

    private Function<Envelope, ChargingEvent> ended() {
        var meterStopWh = members.optionalDecimal("meter_stop_wh");
        StopReason reason = members.optionalWord("reason", StopReason.class);
        String reasonRaw = members.has("reason_raw") ? members.textOrEmpty("reason_raw", LONGEST_TEXT) : null;
        String idToken = members.optionalText("id_token", LONGEST_TOKEN);
        Long seq = members.optionalCount("seq");
        boolean offline = members.flag("offline");
        return envelope -> new ChargingEvent.TransactionEnded(envelope, meterStopWh,
                reason == null ? StopReason.UNKNOWN : reason, reasonRaw, idToken, seq, offline);
    }

    private Function<Envelope, ChargingEvent> meterValues() {
        List<MeterReading> readings = members.required("readings") ? readings() : List.of();
        return envelope -> new ChargingEvent.MeterValues(envelope, readings);
    }

    private Function<Envelope, ChargingEvent> reported() {
        Instant start = members.requiredTime("start");
        Instant end = members.requiredTime("end");
        var energyWh = members.requiredDecimal("energy_wh");
        String idToken = members.requiredText("id_token", LONGEST_TOKEN);
        List<MeterReading> readings = members.has("readings") ? readings() : List.of();
        if (start != null && end != null && end.isBefore(start)) {
            members.fault("end", EventFault.Code.BAD_VALUE, "is before data.start");
        }
        if (energyWh != null && energyWh.signum() < 0) {
            members.fault("energy_wh", EventFault.Code.BAD_VALUE, "must not be negative");
        }
        return envelope -> new ChargingEvent.SessionReported(envelope, start, end, energyWh, idToken, readings);
    }

    private Function<Envelope, ChargingEvent> timer() {
        TimerName timer = members.requiredWord("timer", TimerName.class);
        // A session key is source, station and start key, which together may exceed the 120 of the proposal's schema.
        String about = members.requiredText("about", 400);
        return envelope -> new ChargingEvent.TimerDue(envelope, timer, about);
    }

    private List<MeterReading> readings() {
        JsonNode list = data.get("readings");
        if (!list.isArray()) {
            members.fault("readings", EventFault.Code.WRONG_TYPE, "must be an array");
            return List.of();
        }
        int faultsBefore = faults.size();
        List<MeterReading> readings = new ArrayList<>(list.size());
        for (int index = 0; index < list.size(); index++) {
            readings.add(reading(list.get(index), "readings[" + index + "]"));
        }
        return faults.size() > faultsBefore ? List.of() : readings;
    }

    private MeterReading reading(JsonNode item, String path) {
        if (!item.isObject()) {
            return members.fault(path, EventFault.Code.WRONG_TYPE, "must be an object");
        }
        Members reading = new Members(item, "data." + path + ".", faults);
        String unit = reading.required("unit") ? reading.textOrEmpty("unit", LONGEST_WORD) : null;
        if (unit != null && !UNITS.contains(unit)) {
            reading.fault("unit", EventFault.Code.BAD_VALUE, "must be a canonical unit such as Wh or W");
        }
        return new MeterReading(
                reading.requiredTime("time"),
                reading.requiredText("measurand", 64),
                reading.requiredDecimal("value"),
                unit,
                reading.optionalText("phase", LONGEST_WORD),
                reading.optionalText("context", LONGEST_WORD),
                reading.optionalText("location", LONGEST_WORD));
    }
}
