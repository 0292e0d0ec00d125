package org.roaminghub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.FakePlatform.Asked;
import org.roaminghub.modules.FakePlatform.Said;

/**
 * A CPO platform and an eMSP platform that know nothing but the hub's versions URL work with each other through it; in the middle
 * the hub is killed.
 */
class TwoPlatformsIT {
    private static final String TIME = "2026-03-01T10:00:00Z";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private final RegisteredPlatform emsp = new RegisteredPlatform("EMSP", "DE*ALP", "receiver/locations", "receiver/tariffs", "receiver/sessions", "receiver/cdrs", "sender/tokens",
            "sender/commands");
    private final RegisteredPlatform cpo = new RegisteredPlatform("CPO", "NL*TCP", "sender/locations", "sender/tariffs", "sender/sessions", "sender/cdrs", "receiver/tokens",
            "receiver/commands");
    private HubProcess hub;

    @BeforeEach
    void everybodyRegistered() throws Exception {
        hub = new HubProcess(home, Map.of("ALPHA_TOKEN_A", "alpha-token-a", "TCP_TOKEN_A", "tcp-token-a"));
        hub.partnerFile("partners.yaml", """
                partner: alpha
                parties: [ { role: EMSP, country_code: DE, party_id: ALP, name: Alpha Mobility } ]
                ocpi: { registration: { token_a: "${env:ALPHA_TOKEN_A}" } }
                agreements: [ { with: NL*TCP } ]
                ---
                partner: tcp
                parties: [ { role: CPO, country_code: NL, party_id: TCP, name: The CPO Platform } ]
                ocpi: { registration: { token_a: "${env:TCP_TOKEN_A}" } }
                """);
        hub.start();
        cpo.answers(request -> request.path().contains("/commands/") ? Said.data("{\"result\":\"ACCEPTED\",\"timeout\":300}") : list(request));
        emsp.answers(request -> request.path().equals("/ocpi/receiver/cdrs") ? Said.ok().with("Location", emsp.server().url("/cdrs/1")) : list(request));
        emsp.register(hub.url() + "/ocpi/versions", "alpha-token-a");
        cpo.register(hub.url() + "/ocpi/versions", "tcp-token-a");
    }

    /** What somebody pulls from them is empty. */
    private static Said list(Asked request) {
        return request.method().equals("GET") ? Said.data("[]") : Said.ok();
    }

    @AfterEach
    void everythingStopped() throws Exception {
        emsp.close();
        cpo.close();
        hub.close();
    }

    @Test
    void aDriverIsFoundStartedAndBilledAcrossAKillOfTheHub_CMD03_ROUTE05_ROUTE27() throws Exception {
        // The CPO tells everybody of its site, the eMSP of its card.
        ok(cpo.send("PUT", "tariffs", "RECEIVER", "/NL/TCP/T1", Bodies.tariff("T1", TIME).toString(), "NL*HUB"));
        ok(cpo.send("PUT", "locations", "RECEIVER", "/NL/TCP/L1", Bodies.location("L1", TIME).toString(), "NL*HUB"));
        ok(emsp.send("PUT", "tokens", "RECEIVER", "/DE/ALP/CARD", Bodies.token("CARD", TIME).toString(), "NL*HUB"));
        assertThat(emsp.server().awaits(request -> request.path().endsWith("/locations/NL/TCP/L1")).route()).isEqualTo("NL*HUB > DE*ALP");
        assertThat(cpo.server().awaits(request -> request.path().endsWith("/tokens/DE/ALP/CARD")).route()).isEqualTo("NL*HUB > NL*TCP");

        // The driver starts by the app; the hub dies before the charger has answered.
        ObjectNode start = Bodies.object("{\"response_url\":\"%s\",\"location_id\":\"L1\",\"evse_uid\":\"E1\"}", emsp.server().url("/results/start"));
        start.set("token", Bodies.token("CARD", TIME));
        JsonNode response = emsp.send("POST", "commands", "RECEIVER", "/START_SESSION", start.toString(), null);
        assertThat(response.path("data").path("result").asText()).as(response.toString()).isEqualTo("ACCEPTED");
        String responseUrl = cpo.server().awaits(request -> request.path().endsWith("/START_SESSION")).json().path("response_url").asText();
        hub.kill();
        hub.start();
        ok(cpo.sendTo(responseUrl, "{\"result\":\"ACCEPTED\"}", "DE*ALP"));
        assertThat(emsp.server().awaits(request -> request.path().equals("/results/start")).body()).isEqualTo("{\"result\":\"ACCEPTED\"}");

        // Session and CDR go to the eMSP that it concerns.
        ok(cpo.send("PUT", "sessions", "RECEIVER", "/NL/TCP/S1", Bodies.session("S1", TIME).toString(), "DE*ALP"));
        ok(cpo.send("POST", "cdrs", "RECEIVER", "", Bodies.cdr("C1", TIME).toString(), null));
        assertThat(emsp.server().awaits(request -> request.path().endsWith("/sessions/NL/TCP/S1")).route()).isEqualTo("NL*TCP > DE*ALP");
        assertThat(emsp.server().awaits(request -> request.path().equals("/ocpi/receiver/cdrs")).json()).isEqualTo(Bodies.cdr("C1", TIME));

        // A second command, a second kill.
        ok(emsp.send("POST", "commands", "RECEIVER", "/STOP_SESSION", "{\"response_url\":\"" + emsp.server().url("/results/stop") + "\",\"session_id\":\"S1\"}", "NL*TCP"));
        String stopUrl = cpo.server().awaits(request -> request.path().endsWith("/STOP_SESSION")).json().path("response_url").asText();
        hub.kill();
        hub.start();
        ok(cpo.sendTo(stopUrl, "{\"result\":\"ACCEPTED\"}", "DE*ALP"));
        await().atMost(SOON).untilAsserted(() -> assertThat(emsp.server().asked(request -> request.path().equals("/results/stop"))).hasSize(1));
        assertThat(emsp.server().asked(request -> request.path().equals("/results/start"))).hasSize(1);
    }

    private static void ok(JsonNode answer) {
        assertThat(answer.path("status_code").asInt()).as(answer.toString()).isEqualTo(1000);
    }
}
