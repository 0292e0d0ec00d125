package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A charging station as its backend reports it: canonical events in the minimal form of a backend ({@code id, type, station,
 * evse_id, connector_id, time, data, transaction_id, received_at}), in the order of their time, no two at the same moment.
 *
 * <p>Pure: no clock, no network. Event ids are made from station, transaction, type and ordinal, so the same plan gives the
 * same ids and may be sent twice.
 *
 * @param id charge point identity as in the OCPP URL
 * @param evseId EVSE inside the station, from 1
 * @param connectorId connector inside the EVSE, from 1
 */
public record ChargingStation(String id, int evseId, int connectorId) {

    private static final String VENDOR = "Reference";
    private static final String MODEL = "SIM-22";
    private static final String FIRMWARE = "1.0.0";

    /** A station with one EVSE and one connector. */
    public ChargingStation(String id) {
        this(id, 1, 1);
    }

    /** Connected, booted, Available, within four seconds from {@code at}. */
    public List<JsonNode> boot(Instant at) {
        String about = "boot " + Json.time(at);
        Writer writer = new Writer(about, null, new Random(at.toEpochMilli()));
        writer.station("station.connected", at, Json.object().put("connection_id", digest(id + "|" + about, 12)));
        ObjectNode identity = Json.object().put("vendor", VENDOR).put("model", MODEL).put("firmware", FIRMWARE);
        writer.station("station.booted", at.plusSeconds(1), identity.put("reason", "PowerUp"));
        writer.status("Available", at.plusSeconds(3));
        return writer.events;
    }

    /**
     * One whole session: Preparing, started, authorization, Charging, meter values, SuspendedEV with a reading of no power
     * (unless the vehicle leaves at once), ended, Finishing, Available.
     */
    public List<JsonNode> session(Plan plan) {
        String transaction = transactionId(plan);
        Random dice = new Random(plan.seed());
        List<PowerCurve.Reading> readings = PowerCurve.of(plan, dice);
        Writer writer = new Writer(transaction, transaction, dice);
        writer.status("Preparing", plan.start().minus(Plan.PREPARING));
        writer.transaction("transaction.started", plan.start(), Json.object()
                .put("start_key", transaction)
                .put("id_token", plan.idToken())
                .put("meter_start_wh", plan.meterStartWh()));
        writer.transaction("authorization", plan.start().plusSeconds(1), Json.object()
                .put("id_token", plan.idToken())
                .put("result", "Accepted"));
        writer.status("Charging", plan.start().plusSeconds(2));
        // Who leaves at once has no reading at the end: meter_stop_wh says it, and no two events share a moment.
        boolean parks = !plan.parked().isZero();
        readings.subList(0, parks ? readings.size() : readings.size() - 1).forEach(writer::meter);
        if (parks) {
            Instant full = plan.start().plus(plan.charging()).plusSeconds(1);
            writer.status("SuspendedEV", full);
            writer.meter(new PowerCurve.Reading(full.plusSeconds(1), plan.meterStartWh() + plan.energyWh(), 0));
        }
        writer.transaction("transaction.ended", plan.end(), Json.object()
                .put("meter_stop_wh", plan.meterStartWh() + plan.energyWh())
                .put("reason", "EVDisconnected")
                .put("id_token", plan.idToken()));
        writer.status("Finishing", plan.end().plusSeconds(1));
        writer.status("Available", plan.end().plus(Plan.FINISHING));
        return writer.events;
    }

    /** {@link #boot} a minute before the cable goes in, then {@link #session}. */
    public List<JsonNode> life(Plan plan) {
        List<JsonNode> events = new ArrayList<>(boot(plan.start().minus(Plan.PREPARING).minusSeconds(60)));
        events.addAll(session(plan));
        return events;
    }

    /** The transaction id of a plan on this station: different for another start or seed. */
    public String transactionId(Plan plan) {
        return digest(id + "|" + evseId + "|" + Json.time(plan.start()) + "|" + plan.seed(), 16);
    }

    private static String digest(String text, int hexDigits) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, hexDigits);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Gathers the events of one story: a transaction, or a boot that has none. */
    private final class Writer {
        private static final int LEAST_DELAY_MILLIS = 60;
        private static final int DELAY_SPREAD_MILLIS = 300;

        private final List<JsonNode> events = new ArrayList<>();
        private final String story;
        private final String transactionId;
        private final Random dice;

        Writer(String story, String transactionId, Random dice) {
            this.story = story;
            this.transactionId = transactionId;
            this.dice = dice;
        }

        void station(String type, Instant time, ObjectNode data) {
            events.add(event(type, time).set("data", data));
        }

        void status(String status, Instant time) {
            ObjectNode data = Json.object().put("status", status).put("raw_status", status);
            events.add(connector("connector.status", time).set("data", data));
        }

        void transaction(String type, Instant time, ObjectNode data) {
            events.add(connector(type, time).put("transaction_id", transactionId).set("data", data));
        }

        void meter(PowerCurve.Reading reading) {
            ObjectNode data = Json.object();
            data.putArray("readings")
                    .add(value(reading.at(), "Energy.Active.Import.Register", reading.registerWh(), "Wh"))
                    .add(value(reading.at(), "Power.Active.Import", reading.powerW(), "W"));
            transaction("meter.values", reading.at(), data);
        }

        private ObjectNode value(Instant time, String measurand, long value, String unit) {
            return Json.object()
                    .put("time", Json.time(time))
                    .put("measurand", measurand)
                    .put("value", value)
                    .put("unit", unit);
        }

        private ObjectNode connector(String type, Instant time) {
            return event(type, time).put("evse_id", evseId).put("connector_id", connectorId);
        }

        private ObjectNode event(String type, Instant time) {
            long ordinal = events.stream().filter(event -> event.path("type").asText().equals(type)).count();
            Instant receivedAt = time.plusMillis(LEAST_DELAY_MILLIS + dice.nextInt(DELAY_SPREAD_MILLIS));
            String place = id + "/" + evseId + "/" + connectorId;
            return Json.object()
                    .put("id", digest(place + "|" + story + "|" + type + "|" + ordinal, 32))
                    .put("type", type)
                    .put("station", id)
                    .put("time", Json.time(time))
                    .put("received_at", Json.time(receivedAt));
        }
    }
}
