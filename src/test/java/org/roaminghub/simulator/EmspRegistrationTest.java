package org.roaminghub.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handshake in both directions, requirements CRED-05 to CRED-20. */
class EmspRegistrationTest {

    private final TinyHub hub = new TinyHub();
    private final EmspPlatform platform = new EmspPlatform(EmspSettings.of("DE", "ALP", "Alpha Mobility"));
    private final PartnerCalls calls = new PartnerCalls(platform, hub);

    @BeforeEach
    void start() {
        platform.start(0);
    }

    @AfterEach
    void stop() {
        calls.close();
    }

    @Test
    void registersAsSenderAndUsesTokenCFromThenOn() {
        String ownTokenA = platform.tokenA().orElseThrow();

        platform.register(hub.versionsUrl(), TinyHub.TOKEN_A);

        assertThat(hub.requests).containsExactly("GET /ocpi/versions", "GET /ocpi/2.2.1", "POST /ocpi/2.2.1/credentials");
        assertThat(platform.registered()).isTrue();
        assertThat(platform.pullLocations()).hasSize(5);
        assertThat(calls.get(platform.versionsUrl()).status()).isEqualTo(200);
        assertThat(calls.sendAs("GET", platform.versionsUrl(), ownTokenA, null).status()).isEqualTo(401);
    }

    @Test
    void refusedRegistrationLeavesNothingBehind() {
        assertThatIllegalStateException().isThrownBy(() -> platform.register(hub.versionsUrl(), "wrong"));

        assertThat(platform.registered()).isFalse();
        assertThat(platform.tokenA()).isPresent();
    }

    @Test
    void letsTheHubRegisterWithTokenA() {
        String tokenA = platform.tokenA().orElseThrow();

        HttpAnswer answer = calls.sendAs("POST", calls.url("credentials"), tokenA, hub.credentials(TinyHub.TOKEN_A));

        assertThat(answer.accepted()).as(answer.body()).isTrue();
        assertThat(answer.data().path("url").asText()).isEqualTo(platform.versionsUrl());
        assertThat(hub.requests).containsExactly("GET /ocpi/versions", "GET /ocpi/2.2.1");
        hub.partnerToken = answer.data().path("token").asText();
        assertThat(calls.send("GET", "credentials", "", null).data().path("token").asText()).isEqualTo(hub.partnerToken);
        assertThat(calls.sendAs("GET", platform.versionsUrl(), tokenA, null).status()).isEqualTo(401);
        assertThat(platform.tokenA()).isEmpty();
    }

    @Test
    void answers3001WhenTheCallerCannotBeReached() {
        String tokenA = platform.tokenA().orElseThrow();

        HttpAnswer answer = calls.sendAs("POST", calls.url("credentials"), tokenA, hub.credentials("wrong"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.ocpiStatus()).isEqualTo(3001);
        assertThat(platform.registered()).isFalse();
        assertThat(platform.tokenA()).contains(tokenA);
    }

    @Test
    void tokenAOpensNothingButTheHandshake() {
        String tokenA = platform.tokenA().orElseThrow();

        assertThat(calls.sendAs("GET", calls.url("tokens"), tokenA, null).status()).isEqualTo(401);
        assertThat(calls.sendAs("PUT", calls.url("credentials"), tokenA, hub.credentials("x")).status()).isEqualTo(405);
        assertThat(calls.sendAs("DELETE", calls.url("credentials"), tokenA, null).status()).isEqualTo(405);
    }

    @Test
    void registeredHubIsRefusedASecondPostAndMayRotateWithPut() {
        platform.register(hub.versionsUrl(), TinyHub.TOKEN_A);
        String before = hub.partnerToken;
        assertThat(calls.sendAs("POST", calls.url("credentials"), before, hub.credentials("x")).status()).isEqualTo(405);

        hub.ownToken = "rotated";
        HttpAnswer answer = calls.sendAs("PUT", calls.url("credentials"), before, hub.credentials("rotated"));

        String after = answer.data().path("token").asText();
        assertThat(after).isNotEqualTo(before);
        assertThat(calls.sendAs("GET", platform.versionsUrl(), before, null).status()).as("until first use").isEqualTo(200);
        assertThat(calls.sendAs("GET", platform.versionsUrl(), after, null).status()).isEqualTo(200);
        assertThat(calls.sendAs("GET", platform.versionsUrl(), before, null).status()).isEqualTo(401);
        assertThat(platform.pullLocations()).hasSize(5);
    }

    @Test
    void rotatesAndLeavesAsClient() {
        platform.register(hub.versionsUrl(), TinyHub.TOKEN_A);
        String before = hub.partnerToken;

        platform.updateCredentials();
        assertThat(hub.partnerToken).isNotEqualTo(before);
        assertThat(platform.pullLocations()).hasSize(5);

        platform.unregister();
        assertThat(platform.registered()).isFalse();
        assertThat(calls.get(platform.versionsUrl()).status()).isEqualTo(401);
        String again = platform.issueTokenA();
        assertThat(calls.sendAs("GET", platform.versionsUrl(), again, null).status()).isEqualTo(200);
    }

    @Test
    void rawPlatformTakesRawTokensOnly() {
        try (EmspPlatform raw = new EmspPlatform(EmspSettings.of("DE", "RAW", "Raw").with(TokenEncoding.RAW))) {
            raw.start(0);
            String token = raw.tokenA().orElseThrow();
            HttpCalls http = new HttpCalls(Duration.ofSeconds(2));

            String rawHeader = TokenEncoding.RAW.header(token);
            String base64Header = TokenEncoding.BASE64.header(token);

            assertThat(http.send("GET", raw.versionsUrl(), Map.of("Authorization", rawHeader), null).status())
                    .isEqualTo(200);
            assertThat(http.send("GET", raw.versionsUrl(), Map.of("Authorization", base64Header), null).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void pushesTokensWithRoutingHeaders() {
        platform.register(hub.versionsUrl(), TinyHub.TOKEN_A);
        String token = """
                {"country_code":"DE","party_id":"ALP","uid":"04 A1","type":"RFID","contract_id":"DE-ALP-1",
                 "issuer":"Alpha","valid":true,"whitelist":"ALLOWED","last_updated":"2026-03-02T08:00:00Z"}""";

        assertThat(platform.pushToken(Json.parse(token)).accepted()).isTrue();
        assertThat(platform.patchToken("04 A1", "RFID", Json.parse("{\"valid\":false,\"last_updated\":\"2026-03-02T09:00:00Z\"}"))
                        .accepted())
                .isTrue();

        String url = "/ocpi/2.2.1/receiver/tokens/DE/ALP/04%20A1?type=RFID";
        assertThat(hub.requests).endsWith("PUT " + url, "PATCH " + url);
        assertThat(hub.headersByRequest.get("PUT " + url))
                .containsEntry("ocpi-from-party-id", "ALP")
                .containsEntry("ocpi-to-party-id", "HUB")
                .containsKey("x-correlation-id");
        assertThat(platform.tokens().get(0).path("valid").asBoolean()).isFalse();
    }
}
