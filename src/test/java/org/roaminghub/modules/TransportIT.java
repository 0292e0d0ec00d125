package org.roaminghub.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.PostgresForTests;
import org.roaminghub.ocpi.OcpiTime;

/** Tokens, message ids, routing headers, verbs: chapter transport_and_format. */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class TransportIT {
    private static final String LIST = "sender/tariffs";

    @Inject
    Partners221 partners;

    @BeforeEach
    void connected() {
        partners.connect();
    }

    @ParameterizedTest
    @ValueSource(strings = {LIST, "receiver/tariffs/NL/TCP/X", "/ocpi/versions", "/ocpi/2.2.1", "credentials"})
    void withoutTokenIs401WithEnvelope_TRANS04_TRANS32_A02(String path) {
        Answer answer = Platform.withoutToken().get(path);

        answer.is(401, 2000);
        assertThat(answer.json().has("data")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Token", "Token ", "Token !!!", "Token dW5rbm93bg==", "Token w4PCqA=", "Bearer abc", "nonsense", "Token /w=="})
    void unknownOrUnreadableTokenIs401AndNothingElse_TRANS04_A01(String authorization) {
        Answer answer = Platform.withAuthorization(authorization).get(LIST);

        answer.is(401, 2000).tellsNothingOfTheInside();
    }

    @Test
    void basicAuthenticationIs401_TRANS04() {
        Answer answer = Platform.withAuthorization("Basic YWRtaW46YWRtaW4=").get(LIST);

        assertThat(answer.http()).isEqualTo(401);
    }

    @Test
    void aLineFeedInTheEncodedTokenIsForgiven_A01() {
        Answer answer = Platform.withToken(Partners221.liveToken("alpha") + "\n").get(LIST);

        answer.is(200, 1000);
    }

    @Test
    void rawTokenIsTakenWhereTheFileSaysSo_TRANS03() {
        Answer answer = Platform.withAuthorization("Token " + Partners221.liveToken("beta")).get(LIST);

        answer.is(200, 1000);
    }

    @Test
    void rawTokenIsRefusedElsewhere_TRANS02() {
        Answer answer = Platform.withAuthorization("Token " + Partners221.liveToken("alpha")).get(LIST);

        answer.is(401, 2000);
    }

    @Test
    void headerNamesHaveNoCase_TRANS05() {
        String encoded = Base64.getEncoder().encodeToString(Partners221.liveToken("alpha").getBytes(StandardCharsets.UTF_8));

        Answer answer = Platform.withoutToken().with("aUTHORIZATION", "Token " + encoded).with("x-REQUEST-id", "r-1").get(LIST);

        answer.is(200, 1000);
        assertThat(answer.header("X-Request-ID")).isEqualTo("r-1");
    }

    @ParameterizedTest
    @CsvSource({"GET, sender/tariffs", "GET, receiver/tariffs/NL/TCP/absent", "GET, sender/nothing", "GET, /ocpi/versions", "GET, /ocpi/2.2.1", "PATCH, receiver/tariffs/NL/TCP/X",
            "PUT, receiver/tariffs/NL/TCP/X"})
    void messageIdsComeBackOnEveryAnswer_TRANS47_TRANS48(String method, String path) {
        Answer answer = Partners221.tcp().with("X-Request-ID", "request-1").with("X-Correlation-ID", "correlation-1").send(method, path, "{}");

        assertThat(answer.header("X-Request-ID")).isEqualTo("request-1");
        assertThat(answer.header("X-Correlation-ID")).isEqualTo("correlation-1");
    }

    @ParameterizedTest
    @CsvSource({"GET, sender/tariffs", "GET, receiver/tariffs/NL/TCP/absent", "GET, sender/nothing", "PATCH, receiver/tariffs/NL/TCP/X"})
    void missingMessageIdsAreMade_A21(String method, String path) {
        Answer answer = Partners221.tcp().send(method, path, "{}");

        assertThat(answer.header("X-Request-ID")).isNotBlank();
        assertThat(answer.header("X-Correlation-ID")).isNotBlank();
    }

    @Test
    void a401CarriesMessageIdsToo_A21() {
        Answer answer = Platform.withoutToken().with("X-Request-ID", "request-2").get(LIST);

        assertThat(answer.header("X-Request-ID")).isEqualTo("request-2");
        assertThat(answer.header("X-Correlation-ID")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {LIST, "sender/tariffs?limit=x", "receiver/locations/DE/ALP/absent"})
    void theAnswerTurnsTheRoutingHeadersRound_ROUTE04_ROUTE26(String path) {
        Answer answer = Partners221.alpha().with("OCPI-from-country-code", "DE").with("OCPI-from-party-id", "ALP")
                .with("OCPI-to-country-code", "NL").with("OCPI-to-party-id", "HUB").get(path);

        assertThat(answer.header("OCPI-to-country-code") + "*" + answer.header("OCPI-to-party-id")).isEqualTo("DE*ALP");
        assertThat(answer.header("OCPI-from-country-code") + "*" + answer.header("OCPI-from-party-id")).isEqualTo("NL*HUB");
    }

    @Test
    void configurationModulesHaveNoRoutingHeaders_ROUTE02_CRED30_VER11() {
        Answer answer = Partners221.alpha().with("OCPI-from-country-code", "DE").with("OCPI-from-party-id", "ALP").get("credentials");

        assertThat(answer.header("OCPI-to-party-id")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, receiver/tariffs/NL/TCP/X, TAR-01", "POST, receiver/tariffs/NL/TCP/X, TAR-01", "PUT, sender/tariffs, TAR-03",
        "PUT, receiver/cdrs/NL/TCP/X, CDR-02", "PATCH, receiver/cdrs/NL/TCP/X, CDR-02", "DELETE, receiver/cdrs/NL/TCP/X, CDR-02", "PUT, receiver/cdrs, CDR-02",
        "DELETE, receiver/tokens/DE/ALP/X, TOK-02", "POST, receiver/tokens/DE/ALP/X, TOK-03", "POST, sender/tokens, TOK-06",
        "DELETE, receiver/sessions/NL/TCP/X, SES-11", "POST, receiver/sessions/NL/TCP/X, SES-11", "POST, sender/sessions, SES-11",
        "DELETE, receiver/locations/NL/TCP/X, LOC-14", "POST, receiver/locations/NL/TCP/X, LOC-14", "DELETE, receiver/locations/NL/TCP/X/E1, LOC-14",
        "DELETE, receiver/locations/NL/TCP/X/E1/1, LOC-14", "PUT, sender/locations, LOC-10", "PATCH, credentials, CRED-01", "POST, /ocpi/versions, VER-01"})
    void verbsThatDoNotExistAre405WithEnvelope_TRANS32(String method, String path, String rule) {
        Answer answer = Partners221.tcp().send(method, path, "{}");

        assertThat(answer.http()).as(rule + " " + answer.text()).isEqualTo(405);
        assertThat(answer.code()).isEqualTo(2000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sender/tariffs/X", "sender/tokens/X", "sender/sessions/X", "sender/cdrs/X", "sender/nothing", "nothing"})
    void whatTheHubDoesNotServeIs404WithEnvelope_TAR03_TRANS35(String path) {
        Answer answer = Partners221.alpha().get(path);

        answer.is(404, 2000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ocpi/versions/", "/ocpi/2.2.1/", "/ocpi/2.2.1/sender/tariffs/", "/ocpi/2.2.1/credentials/"})
    void trailingSlashesAreServedAndNeverRedirected_A13(String path) {
        Answer answer = Partners221.alpha().get(path);

        answer.is(200, 1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//ocpi/2.2.1/sender/tariffs", "/ocpi//2.2.1/sender/tariffs", "/ocpi/2.2.1/sender/tariffs;x=1", "/ocpi;x/2.2.1/sender/tariffs", "/ocpi/2.2.1/sender/%74ariffs",
            "/ocpi/2.2.1/./sender/tariffs", "/x/../ocpi/2.2.1/sender/tariffs", "/%6Fcpi/2.2.1/sender/tariffs", "/OCPI/2.2.1/sender/tariffs"})
    void noSpellingOfAPathGoesRoundTheToken_TRANS04_D12(String path) {
        Answer withoutToken = Platform.withoutToken().get(path);
        partners.forget("alpha");
        Answer withTokenA = Platform.withToken("alpha-test-token").get(path);

        assertThat(withoutToken.http()).as(withoutToken.text()).isIn(401, 404);
        assertThat(withTokenA.http()).as(withTokenA.text()).isIn(401, 404);
    }

    @ParameterizedTest
    @CsvSource({"GET, sender/tariffs, 1000", "GET, /ocpi/versions, 1000", "GET, credentials, 1000", "GET, receiver/tariffs/NL/TCP/absent, 2000",
            "GET, receiver/locations/NL/TCP/absent, 2003", "GET, sender/locations/absent, 2003", "GET, receiver/tokens/DE/ALP/absent, 2004",
            "GET, sender/nothing, 2000", "PUT, receiver/tariffs/NL/TCP/X, 2001", "POST, receiver/cdrs, 2001", "PATCH, receiver/sessions/NL/TCP/X, 2001", "DELETE, receiver/tariffs/NL/TCP/absent, 2000", "POST, sender/tariffs, 2000", "PATCH, credentials, 2000"})
    void everyRequestIsAnsweredWithACodeOfTheSpecification_TRANS37_TRANS39_TRANS40_TRANS43(String method, String path, int code) {
        Answer answer = Partners221.tcp().send(method, path, method.startsWith("P") ? "{}" : null);

        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
        assertThat(answer.json().has("data")).as("data only where there is something to tell").isEqualTo(code == 1000);
    }

    /** An object where one is asked for, a list where a list is, nothing where the specification says nothing. */
    @Test
    void dataIsWhatTheEndpointDefines_TRANS24_TRANS30_TRANS31() {
        String id = Bodies.newId("D");
        Answer pushed = Partners221.tcp().put(ObjectModule.TARIFFS.path(id), Bodies.tariff(id, "2026-01-01T10:00:00Z")).is(201, 1000);

        assertThat(pushed.json().has("data")).isFalse();
        assertThat(Partners221.tcp().get(ObjectModule.TARIFFS.path(id)).data().isObject()).isTrue();
        assertThat(Partners221.alpha().get(LIST).data().isArray()).isTrue();
        assertThat(Partners221.alpha().get("/ocpi/versions").data().isArray()).isTrue();
        assertThat(Partners221.alpha().get("/ocpi/2.2.1").data().isObject()).isTrue();
        assertThat(Partners221.tcp().delete(ObjectModule.TARIFFS.path(id)).is(200, 1000).json().has("data")).isFalse();
    }

    @Test
    void everyAnswerIsAnEnvelopeWithATimestamp_TRANS29_TRANS56() {
        Answer answer = Partners221.alpha().get(LIST);

        answer.is(200, 1000);
        assertThat(answer.data().isArray()).isTrue();
        assertThat(answer.json().path("timestamp").asText()).endsWith("Z").hasSizeLessThanOrEqualTo(25);
        assertThat(OcpiTime.parse(answer.json().path("timestamp").asText())).isPresent();
        assertThat(answer.header("Content-Type")).startsWith("application/json");
    }
}
