package org.roaminghub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.roaminghub.simulator.ChargingStation;
import org.roaminghub.simulator.CpoBackend;
import org.roaminghub.simulator.EmspPlatform;
import org.roaminghub.simulator.EmspSettings;
import org.roaminghub.simulator.HttpAnswer;
import org.roaminghub.simulator.Plan;
import org.roaminghub.simulator.Sites;

/**
 * One test's own corner of the world: a Location with one EVSE, its charger, tariff and card, with ids no other test uses. The
 * partners are registered once and shared; who changes a partner's behaviour puts it back.
 */
public final class Scene {
    public static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    public static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger PLACES = new AtomicInteger(100);
    private static final EmspPlatform ALPHA = registered(EmspSettings.of("DE", "ALP", "Alpha Mobility"), "alpha");
    private static final EmspPlatform BETA = registered(EmspSettings.of("FR", "BET", "Beta Mobility"), "beta");
    private static final EmspPlatform GAMMA = registered(EmspSettings.of("BE", "GAM", "Gamma Mobility"), "gamma");

    private final int place = PLACES.incrementAndGet();

    public static EmspPlatform alpha() {
        return ALPHA;
    }

    public static EmspPlatform beta() {
        return BETA;
    }

    public static EmspPlatform gamma() {
        return GAMMA;
    }

    public static CpoBackend acme() {
        return new CpoBackend(url(), "secret-of-acme", Duration.ofSeconds(10));
    }

    public static String url() {
        return ConfigProvider.getConfig().getValue("hub.public-url", String.class);
    }

    /** Everyone answers as the protocol says, on the port it had. */
    public static void calm() {
        for (EmspPlatform platform : List.of(ALPHA, BETA, GAMMA)) {
            platform.behaviours().reset();
        }
    }

    public String locationId() {
        return "LOC-" + place;
    }

    public String evseUid() {
        return locationId() + "-1";
    }

    public String tariffId() {
        return "TARIFF-" + place;
    }

    public String card() {
        return "04CARD%06d".formatted(place);
    }

    public ChargingStation station() {
        return new ChargingStation("CP-" + place);
    }

    /** As behaviours and lanes name it. */
    public String locationObject() {
        return "NL*ACM/" + locationId();
    }

    public String evseObject() {
        return locationObject() + "/" + evseUid();
    }

    public Scene withTariff() {
        must(acme().putTariff(Sites.tariff("NL", "ACM", tariffId(), LONG_AGO)));
        return this;
    }

    public Scene withLocation() {
        must(acme().putLocation(location(LONG_AGO)));
        return this;
    }

    /** The Location document, bindings included. */
    public ObjectNode location(Instant lastUpdated) {
        return (ObjectNode) Sites.location("NL", "ACM", place, List.of(station()), tariffId(), lastUpdated);
    }

    /** The card belongs to this platform's customer. */
    public Scene withCardOf(EmspPlatform platform, String countryCode, String partyId) {
        HttpAnswer answer = platform.pushToken(token(countryCode, partyId));
        if (!answer.accepted()) {
            throw new IllegalStateException("token refused: " + answer.body());
        }
        return this;
    }

    public JsonNode token(String countryCode, String partyId) {
        return json("""
                {"country_code":"%s","party_id":"%s","uid":"%s","type":"RFID","contract_id":"%s-%s-C%08d","issuer":"Issuer",
                 "valid":true,"whitelist":"ALWAYS","last_updated":"2026-01-01T00:00:00Z"}""".formatted(countryCode, partyId, card(), countryCode, partyId, place));
    }

    /** 11 kWh in an hour, five minutes parked. */
    public Plan plan() {
        return Plan.of(MORNING, 11_000, Duration.ofHours(1), place).withIdToken(card());
    }

    /** The status of the EVSE as the charger reports it. */
    public JsonNode status(String status, Instant at) {
        return json("""
                {"id":"%s-%s-%d","type":"connector.status","station":"%s","evse_id":1,"connector_id":1,"time":"%s","received_at":"%s","data":{"status":"%s"}}"""
                .formatted(locationId(), status, at.toEpochMilli(), station().id(), at, at, status));
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static void must(HttpAnswer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.status() + " " + answer.body());
        }
    }

    private static EmspPlatform registered(EmspSettings settings, String name) {
        EmspPlatform platform = new EmspPlatform(settings);
        platform.start(0);
        platform.register(url() + "/ocpi/versions", "secret-of-" + name);
        return platform;
    }
}
