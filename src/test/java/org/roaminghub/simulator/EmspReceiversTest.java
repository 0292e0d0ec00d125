package org.roaminghub.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a partner's receivers do with pushes: LOC-14…19, SES-11…18, CDR-07…09, TAR-04, TOK-06…12, A-05, A-06, A-44. */
class EmspReceiversTest {

    private static final String LOCATION = """
            {"country_code":"NL","party_id":"ACM","id":"LOC1","name":"Here","last_updated":"2026-03-02T08:00:00Z",
             "evses":[{"uid":"E1","status":"AVAILABLE","last_updated":"2026-03-02T08:00:00Z",
                       "connectors":[{"id":"1","max_voltage":230,"last_updated":"2026-03-02T08:00:00Z"}]}]}""";
    private static final String SESSION = """
            {"country_code":"NL","party_id":"ACM","id":"S1","status":"ACTIVE","kwh":0.0,
             "charging_periods":[{"start_date_time":"2026-03-02T08:00:00Z"}],"last_updated":"2026-03-02T08:00:00Z"}""";
    private static final String CDR = """
            {"country_code":"NL","party_id":"ACM","id":"C1","total_cost":{"excl_vat":1.10},
             "last_updated":"2026-03-02T09:00:00Z"}""";
    private static final String LATER = "\"last_updated\":\"2026-03-02T08:05:00Z\"";

    private final PartnerCalls hub = PartnerCalls.registered();
    private final EmspPlatform platform = hub.platform();

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void answersWithEnvelopeAndEchoesTheIds() {
        HttpAnswer answer = hub.send("PUT", "locations", "/NL/ACM/LOC1", LOCATION);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.ocpiStatus()).isEqualTo(1000);
        assertThat(answer.json().path("timestamp").asText()).endsWith("Z");
        assertThat(answer.json().has("data")).isFalse();
        assertThat(answer.header("X-Request-ID")).contains("request-1");
        assertThat(answer.header("X-Correlation-ID")).contains("correlation-1");
        assertThat(hub.send("PUT", "locations", "/nl/acm/loc1", LOCATION).status()).isEqualTo(200);
    }

    @Test
    void wrongTokenIs401WithEnvelope() {
        HttpAnswer answer = hub.sendAs("GET", hub.url("tokens"), "wrong", null);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.ocpiStatus()).isEqualTo(2000);
        assertThat(answer.header("X-Request-ID")).contains("request-1");
    }

    @Test
    void locationOnThreeLevels() {
        hub.send("PUT", "locations", "/NL/ACM/LOC1", LOCATION);

        assertThat(hub.send("PATCH", "locations", "/NL/ACM/LOC1/E1", "{\"status\":\"CHARGING\"," + LATER + "}").status())
                .isEqualTo(200);
        assertThat(hub.send("PATCH", "locations", "/NL/ACM/LOC1/E1/1", "{\"max_voltage\":400," + LATER + "}").status())
                .isEqualTo(200);
        assertThat(hub.send("PUT", "locations", "/NL/ACM/LOC1/E2", "{\"uid\":\"E2\",\"status\":\"BLOCKED\"," + LATER + "}").status())
                .isEqualTo(201);

        assertThat(platform.evseStatus("NL", "ACM", "LOC1", "E1")).contains("CHARGING");
        assertThat(platform.evseStatus("NL", "ACM", "LOC1", "E2")).contains("BLOCKED");
        assertThat(platform.evseStatus("NL", "ACM", "LOC1", "E9")).isEmpty();
        assertThat(platform.location("NL", "ACM", "LOC1").orElseThrow().path("last_updated").asText())
                .isEqualTo("2026-03-02T08:05:00Z");
        assertThat(hub.send("GET", "locations", "/NL/ACM/LOC1/E1/1", null).data().path("max_voltage").asInt()).isEqualTo(400);
        assertThat(platform.received().stores("locations", "NL*ACM/LOC1/E1")).isEqualTo(1);
    }

    @Test
    void changesBelowAnUnknownLocationAre404And2003() {
        HttpAnswer put = hub.send("PUT", "locations", "/NL/ACM/LOC9/E1", "{\"uid\":\"E1\"," + LATER + "}");
        HttpAnswer patch = hub.send("PATCH", "locations", "/NL/ACM/LOC9/E1", "{" + LATER + "}");

        assertThat(put.status()).isEqualTo(404);
        assertThat(put.ocpiStatus()).isEqualTo(2003);
        assertThat(patch.status()).isEqualTo(404);
        assertThat(patch.ocpiStatus()).isEqualTo(2003);
    }

    @Test
    void patchOfAnUnknownSessionIs404() {
        assertThat(hub.send("PATCH", "sessions", "/NL/ACM/S9", "{" + LATER + "}").status()).isEqualTo(404);
    }

    @Test
    void sessionPatchAppendsPeriodsAndPutReplacesThem() {
        hub.send("PUT", "sessions", "/NL/ACM/S1", SESSION);
        hub.send("PATCH", "sessions", "/NL/ACM/S1",
                "{\"kwh\":1.5,\"charging_periods\":[{\"start_date_time\":\"2026-03-02T08:05:00Z\"}]," + LATER + "}");
        assertThat(platform.sessions().get(0).path("charging_periods")).hasSize(2);
        assertThat(platform.sessions().get(0).path("kwh").decimalValue()).isEqualByComparingTo("1.5");

        hub.send("PUT", "sessions", "/NL/ACM/S1", SESSION);
        assertThat(platform.session("NL", "ACM", "S1").orElseThrow().path("charging_periods")).hasSize(1);
    }

    @Test
    void invalidPushesAre2001AndNotStored() {
        assertThat(hub.send("PUT", "sessions", "/NL/ACM/OTHER", SESSION).ocpiStatus()).isEqualTo(2001);
        assertThat(hub.send("PUT", "sessions", "/NL/XYZ/S1", SESSION).ocpiStatus()).isEqualTo(2001);
        assertThat(hub.send("PUT", "sessions", "/NL/ACM/S1", "{}").ocpiStatus()).isEqualTo(2001);
        hub.send("PUT", "sessions", "/NL/ACM/S1", SESSION);
        assertThat(hub.send("PATCH", "sessions", "/NL/ACM/S1", "{\"kwh\":9}").ocpiStatus()).isEqualTo(2001);
        assertThat(platform.sessions()).hasSize(1);
    }

    @Test
    void tariffsKnowNoPatchButDelete() {
        String tariff = "{\"country_code\":\"NL\",\"party_id\":\"ACM\",\"id\":\"T1\"," + LATER + "}";
        hub.send("PUT", "tariffs", "/NL/ACM/T1", tariff);
        assertThat(platform.tariffs()).hasSize(1);

        assertThat(hub.send("PATCH", "tariffs", "/NL/ACM/T1", "{" + LATER + "}").status()).isEqualTo(405);
        assertThat(hub.send("DELETE", "tariffs", "/NL/ACM/T1", null).status()).isEqualTo(200);
        assertThat(hub.send("DELETE", "tariffs", "/NL/ACM/T1", null).status()).isEqualTo(404);
        assertThat(platform.tariffs()).isEmpty();
    }

    @Test
    void sameCdrTwiceIsStoredOnceAtOneUrl() {
        HttpAnswer first = hub.send("POST", "cdrs", "", CDR);
        HttpAnswer second = hub.send("POST", "cdrs", "", CDR);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.ocpiStatus()).isEqualTo(1000);
        String url = first.header("Location").orElseThrow();
        assertThat(second.header("Location")).contains(url);
        assertThat(platform.cdrs()).hasSize(1);
        assertThat(hub.get(url).data().path("total_cost").path("excl_vat").decimalValue()).isEqualByComparingTo("1.10");
        assertThat(platform.received().of("cdrs", "POST")).hasSize(2);
        assertThat(platform.received().stores("cdrs", "NL*ACM/C1")).isEqualTo(2);
    }

    @Test
    void otherCdrWithTheSameIdIs2001() {
        hub.send("POST", "cdrs", "", CDR);

        HttpAnswer other = hub.send("POST", "cdrs", "", CDR.replace("1.10", "1.20"));

        assertThat(other.status()).isEqualTo(200);
        assertThat(other.ocpiStatus()).isEqualTo(2001);
        assertThat(platform.cdrs().get(0).path("total_cost").path("excl_vat").decimalValue()).isEqualByComparingTo("1.10");
    }

    @Test
    void tokensArePagedAndAuthorised() {
        for (int number = 0; number < 250; number++) {
            platform.addToken(Json.parse("{\"country_code\":\"DE\",\"party_id\":\"ALP\",\"uid\":\"U" + number
                    + "\",\"type\":\"RFID\",\"valid\":true," + LATER + "}"));
        }

        HttpAnswer page = hub.send("GET", "tokens", "?limit=200&date_from=2026-01-01T00:00:00Z", null);

        assertThat(page.data()).hasSize(100);
        assertThat(page.header("X-Total-Count")).contains("250");
        assertThat(page.header("X-Limit")).contains("100");
        String next = page.header("Link").orElseThrow().replaceAll("<(.*)>.*", "$1");
        assertThat(next).contains("offset=100").contains("date_from=");
        assertThat(hub.get(next).data().get(0).path("uid").asText()).isEqualTo("U100");

        assertThat(hub.send("POST", "tokens", "/u7/authorize", "{\"location_id\":\"LOC1\"}").data().path("allowed").asText())
                .isEqualTo("ALLOWED");
        platform.authorizeAs("U7", "NO_CREDIT");
        assertThat(hub.send("POST", "tokens", "/U7/authorize", null).data().path("allowed").asText()).isEqualTo("NO_CREDIT");
        HttpAnswer unknown = hub.send("POST", "tokens", "/U7/authorize?type=APP_USER", null);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.ocpiStatus()).isEqualTo(2004);
    }

    @Test
    void logRemembersEverythingInOrder() {
        hub.send("PUT", "sessions", "/NL/ACM/S1", SESSION);
        hub.send("GET", "sessions", "/NL/ACM/S1", null);

        Received put = platform.received().of("sessions", "PUT").get(0);
        assertThat(put.path()).isEqualTo("/ocpi/2.2.1/receiver/sessions/NL/ACM/S1");
        assertThat(put.header("OCPI-to-party-id")).contains("ALP");
        assertThat(put.json().path("id").asText()).isEqualTo("S1");
        assertThat(put.status()).isEqualTo(201);
        assertThat(put.stored()).isTrue();
        assertThat(platform.received().requests("sessions", "NL*ACM/S1")).isEqualTo(2);
        assertThat(platform.received().stores("sessions", "NL*ACM/S1")).isEqualTo(1);
    }
}
