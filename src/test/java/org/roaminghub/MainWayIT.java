package org.roaminghub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaminghub.ocpi.OcpiTime;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.ocpi.v2_2_1.Tariff;
import org.roaminghub.pricing.CdrPricer;
import org.roaminghub.pricing.Priced;
import org.roaminghub.pricing.PricingOutcome;
import org.roaminghub.pricing.PricingPolicy;
import org.roaminghub.pricing.PricingRequest;
import org.roaminghub.pricing.PricingVersion;
import org.roaminghub.simulator.ChargingStation;
import org.roaminghub.simulator.CpoBackend;
import org.roaminghub.simulator.EmspPlatform;
import org.roaminghub.simulator.EmspSettings;
import org.roaminghub.simulator.Plan;
import org.roaminghub.simulator.Sites;

/**
 * The main way, on real processes: a CPO backend without OCPI sends what happens at a charger, and the eMSP whose card was used
 * gets Location, Tariff, Session and CDR; the hub is killed with {@code kill -9} in the middle and started again.
 */
class MainWayIT {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private final EmspPlatform alpha = new EmspPlatform(EmspSettings.of("DE", "ALP", "Alpha Mobility"));
    private final EmspPlatform beta = new EmspPlatform(EmspSettings.of("FR", "BET", "Beta Mobilité"));
    private final EmspPlatform stranger = new EmspPlatform(EmspSettings.of("BE", "STR", "Stranger"));
    private HubProcess hub;

    @BeforeEach
    void startEverything() throws Exception {
        hub = new HubProcess(home, Map.of("ALPHA_TOKEN_A", "alpha-token-a", "BETA_TOKEN_A", "beta-token-a", "STRANGER_TOKEN_A", "stranger-token-a",
                "ACME_BACKEND_TOKEN", "acme-secret"));
        hub.partnerFile("partners.yaml", """
                partner: alpha
                name: Alpha Mobility
                parties: [ { role: EMSP, country_code: DE, party_id: ALP, name: Alpha Mobility } ]
                ocpi: { registration: { token_a: "${env:ALPHA_TOKEN_A}" } }
                agreements: [ { with: NL*ACM } ]
                delivery: { timeout: 2s, cdr_in_doubt: get }
                ---
                partner: beta
                name: Beta Mobilité
                parties: [ { role: EMSP, country_code: FR, party_id: BET, name: Beta } ]
                ocpi: { registration: { token_a: "${env:BETA_TOKEN_A}" } }
                agreements: [ { with: NL*ACM } ]
                ---
                partner: stranger
                name: Stranger
                parties: [ { role: EMSP, country_code: BE, party_id: STR, name: Stranger } ]
                ocpi: { registration: { token_a: "${env:STRANGER_TOKEN_A}" } }
                ---
                partner: acme-backend
                name: ACME
                parties: [ { role: CPO, country_code: NL, party_id: ACM, name: ACME Charging } ]
                backend: { token: "${env:ACME_BACKEND_TOKEN}" }
                """);
        hub.start();
        for (EmspPlatform platform : List.of(alpha, beta, stranger)) {
            platform.start(0);
        }
    }

    @AfterEach
    void stopEverything() throws Exception {
        for (EmspPlatform platform : List.of(alpha, beta, stranger)) {
            platform.close();
        }
        hub.close();
    }

    @Test
    void aSessionReachesTheEmspWhoseCardWasUsedAndNobodyElseAlthoughTheHubIsKilledInTheMiddle() throws Exception {
        // Handshake: three eMSPs register, two of them have an agreement with ACME.
        alpha.register(hub.url() + "/ocpi/versions", "alpha-token-a");
        beta.register(hub.url() + "/ocpi/versions", "beta-token-a");
        stranger.register(hub.url() + "/ocpi/versions", "stranger-token-a");

        // Location and tariff of the backend reach those with an agreement.
        CpoBackend acme = new CpoBackend(hub.url(), "acme-secret");
        ChargingStation station = new ChargingStation("CP-1");
        assertThat(acme.putTariff(Sites.tariff("NL", "ACM", "STANDARD", LONG_AGO)).status()).isEqualTo(200);
        assertThat(acme.putLocation(Sites.location("NL", "ACM", 1, List.of(station), "STANDARD", LONG_AGO)).status()).isEqualTo(200);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(alpha.locations()).hasSize(1);
            assertThat(beta.locations()).hasSize(1);
            assertThat(alpha.tariffs()).hasSize(1);
        });
        assertThat(alpha.locations().toString()).as("no OCPP identity leaves the hub (D12)").doesNotContain("CP-1").doesNotContain("ocpp");

        // Alpha's card is known to the hub.
        assertThat(alpha.pushToken(json("""
                {"country_code":"DE","party_id":"ALP","uid":"04A1B2C3D4","type":"RFID","contract_id":"DE-ALP-C12345678","issuer":"Alpha",
                 "valid":true,"whitelist":"ALWAYS","last_updated":"2026-01-01T00:00:00Z"}""")).accepted()).isTrue();

        // A charging session: 11 kWh in an hour, then five minutes plugged in. The hub dies right after it acknowledged one half.
        List<JsonNode> life = station.life(Plan.of(START, 11_000, Duration.ofHours(1), 7));
        List<JsonNode> firstHalf = life.subList(0, life.size() / 2);
        assertThat(acme.postEvents(firstHalf).json().path("accepted").asInt()).isEqualTo(firstHalf.size());
        hub.kill();
        hub.start();

        // The backend does not know what arrived and sends everything again.
        JsonNode answer = acme.postEventsNdjson(life).json();
        assertThat(answer.path("duplicates").asInt()).isEqualTo(firstHalf.size());
        assertThat(answer.path("rejected")).isEmpty();

        // Session and CDR arrive at alpha, exactly once, to the cent.
        await().atMost(SOON).untilAsserted(() -> assertThat(alpha.cdrs()).hasSize(1));
        await().atMost(SOON).untilAsserted(() -> assertThat(alpha.sessions()).singleElement()
                .satisfies(session -> assertThat(session.path("status").asText()).isEqualTo("COMPLETED")));
        JsonNode cdr = alpha.cdrs().get(0);
        assertThat(cdr.path("total_energy").decimalValue()).isEqualByComparingTo("11");
        assertThat(cdr.path("cdr_token").path("contract_id").asText()).isEqualTo("DE-ALP-C12345678");
        assertThat(cdr.path("session_id").asText()).isEqualTo(alpha.sessions().get(0).path("id").asText());
        // 11 kWh x 0.35 + 1.0002 h x 0.60 + 299 s parked x 3.00/h = 3.85 + 0.60012 + 0.249166…, and 21 % VAT on all of it.
        assertThat(cdr.path("total_cost").path("excl_vat").decimalValue()).isEqualByComparingTo("4.6993");
        assertThat(cdr.path("total_cost").path("incl_vat").decimalValue()).isEqualByComparingTo("5.6861");
        assertThat(recomputed(cdr)).as("whoever has only the CDR computes the same").isEqualByComparingTo("4.6993");
        await().atMost(SOON).untilAsserted(() -> assertThat(alpha.evseStatus("NL", "ACM", "LOC-1", "LOC-1-1")).contains("AVAILABLE"));

        // Nobody else sees any of it.
        assertThat(beta.sessions()).isEmpty();
        assertThat(beta.cdrs()).isEmpty();
        assertThat(beta.pullSessions()).isEmpty();
        assertThat(beta.pullCdrs()).isEmpty();
        assertThat(stranger.locations()).isEmpty();
        assertThat(stranger.pullLocations()).isEmpty();
        assertThat(stranger.pullTariffs()).isEmpty();
        assertThat(alpha.pullCdrs()).containsExactly(cdr);
    }

    private static BigDecimal recomputed(JsonNode cdr) {
        List<ChargingPeriod> periods = new ArrayList<>();
        cdr.path("charging_periods").forEach(period -> periods.add(ChargingPeriod.from(period)));
        PricingOutcome outcome = CdrPricer.price(new PricingRequest(PricingVersion.V2_2_1, ZoneId.of("Europe/Amsterdam"), List.of(Tariff.from(cdr.path("tariffs").get(0))),
                OcpiTime.parse(cdr.path("start_date_time").asText()).orElseThrow(), OcpiTime.parse(cdr.path("end_date_time").asText()).orElseThrow(),
                cdr.path("currency").asText(), periods, PricingPolicy.DEFAULT));
        return ((Priced) outcome).totalCost().exclVat();
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
