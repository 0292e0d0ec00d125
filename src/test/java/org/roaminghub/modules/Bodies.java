package org.roaminghub.modules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.roaminghub.ocpi.schema.StrictJson;

/** Smallest complete objects of the CPO platform NL*TCP and of the eMSP DE*ALP, as text and as trees. */
public final class Bodies {
    private static final AtomicLong NEXT = new AtomicLong(System.nanoTime());
    private static final Instant FIRST_DAY = Instant.parse("2001-01-01T00:00:00Z");

    private Bodies() {
    }

    /** An id no other test uses. */
    public static String newId(String prefix) {
        return prefix + "-" + Long.toString(NEXT.incrementAndGet(), 36);
    }

    /** A day no other test puts objects into, so that a list of that day is this test's own. */
    public static Instant newDay() {
        return FIRST_DAY.plus(NEXT.incrementAndGet() % 8_000, ChronoUnit.DAYS);
    }

    public static ObjectNode tariff(String id, String updated) {
        return object("""
                {"country_code":"NL","party_id":"TCP","id":"%s","currency":"EUR",
                 "elements":[{"price_components":[{"type":"ENERGY","price":0.25,"vat":21.0,"step_size":1}]}],"last_updated":"%s"}""", id, updated);
    }

    public static ObjectNode token(String uid, String updated) {
        return object("""
                {"country_code":"DE","party_id":"ALP","uid":"%s","type":"RFID","contract_id":"DE-ALP-C12345678","issuer":"Alpha",
                 "valid":true,"whitelist":"ALWAYS","last_updated":"%s"}""", uid, updated);
    }

    /** A session of a card of alpha. */
    public static ObjectNode session(String id, String updated) {
        return object("""
                {"country_code":"NL","party_id":"TCP","id":"%s","start_date_time":"2026-01-01T08:00:00Z","kwh":1.5,
                 "cdr_token":{"country_code":"DE","party_id":"ALP","uid":"CARD","type":"RFID","contract_id":"DE-ALP-C12345678"},
                 "auth_method":"WHITELIST","location_id":"LOC1","evse_uid":"E1","connector_id":"1","currency":"EUR","status":"ACTIVE",
                 "last_updated":"%s"}""", id, updated);
    }

    /** A CDR for a card of alpha. */
    public static ObjectNode cdr(String id, String updated) {
        return object("""
                {"country_code":"NL","party_id":"TCP","id":"%s","start_date_time":"2026-01-01T08:00:00Z","end_date_time":"2026-01-01T09:00:00Z",
                 "cdr_token":{"country_code":"DE","party_id":"ALP","uid":"CARD","type":"RFID","contract_id":"DE-ALP-C12345678"},
                 "auth_method":"WHITELIST",
                 "cdr_location":{"id":"LOC1","address":"Street 1","city":"Town","country":"NLD","coordinates":{"latitude":"51.04759","longitude":"3.72994"},
                  "evse_uid":"E1","evse_id":"NL*TCP*E1","connector_id":"1","connector_standard":"IEC_62196_T2","connector_format":"SOCKET","connector_power_type":"AC_3_PHASE"},
                 "currency":"EUR","charging_periods":[{"start_date_time":"2026-01-01T08:00:00Z","dimensions":[{"type":"ENERGY","volume":10.5}]}],
                 "total_cost":{"excl_vat":2.63},"total_energy":10.5,"total_time":1.0,"last_updated":"%s"}""", id, updated);
    }

    /** A Location with the EVSEs E1 and E2, all of the same time. */
    public static ObjectNode location(String id, String updated) {
        ObjectNode location = object("""
                {"country_code":"NL","party_id":"TCP","id":"%s","publish":true,"address":"Street 1","city":"Town","country":"NLD",
                 "coordinates":{"latitude":"51.04759","longitude":"3.72994"},"operator":{"name":"The CPO Platform"},"time_zone":"Europe/Amsterdam",
                 "last_updated":"%s"}""", id, updated);
        location.putArray("evses").add(evse("E1", updated)).add(evse("E2", updated));
        return location;
    }

    public static ObjectNode evse(String uid, String updated) {
        ObjectNode evse = object("{\"uid\":\"%s\",\"status\":\"AVAILABLE\",\"last_updated\":\"%s\"}", uid, updated);
        evse.putArray("connectors").add(connector("1", updated));
        return evse;
    }

    public static ObjectNode connector(String id, String updated) {
        return object("""
                {"id":"%s","standard":"IEC_62196_T2","format":"SOCKET","power_type":"AC_3_PHASE","max_voltage":230,"max_amperage":32,
                 "last_updated":"%s"}""", id, updated);
    }

    public static ObjectNode object(String json, Object... values) {
        return (ObjectNode) StrictJson.parse(json.formatted(values));
    }

    /** An example file of the specification. */
    public static ObjectNode example(String name) {
        try (InputStream file = Bodies.class.getResourceAsStream("/ocpi/examples-2.2.1/" + name)) {
            return (ObjectNode) StrictJson.parse(file.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
