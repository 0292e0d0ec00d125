package org.roaminghub.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every misbehaviour shows itself to the sender as described, and does or does not touch the data. */
class BehaviourTest {

    private final PartnerCalls hub = PartnerCalls.registered();
    private final EmspPlatform platform = hub.platform();

    @AfterEach
    void stop() {
        hub.close();
    }

    private HttpAnswer post(String id) {
        return hub.send("POST", "cdrs", "", """
                {"country_code":"NL","party_id":"ACM","id":"%s","total_cost":{"excl_vat":1},
                 "last_updated":"2026-03-02T09:00:00Z"}""".formatted(id));
    }

    private Received last() {
        List<Received> posts = platform.received().of("cdrs", "POST");
        return posts.get(posts.size() - 1);
    }

    @Test
    void slowAnswersLateButServes() {
        platform.behaviours().everywhere(Behaviour.slow(Duration.ofMillis(300)));
        long before = System.nanoTime();

        assertThat(post("C1").status()).isEqualTo(201);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void statusAndOcpiCodesStoreNothing() {
        platform.behaviours().module("cdrs", Behaviour.status(500));
        assertThat(post("C1").status()).isEqualTo(500);
        assertThat(last().status()).isEqualTo(500);

        platform.behaviours().module("cdrs", Behaviour.ocpi(3000));
        assertThat(post("C1").status()).isEqualTo(200);
        assertThat(post("C1").ocpiStatus()).isEqualTo(3000);

        assertThat(platform.cdrs()).isEmpty();
        assertThat(hub.get(platform.versionsUrl()).status()).isEqualTo(200);
    }

    @Test
    void retryAfterSaysWhen() {
        platform.behaviours().module("cdrs", Behaviour.retryAfter(429, 7));

        HttpAnswer answer = post("C1");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).contains("7");
    }

    @Test
    void notFoundOnPatchServesPut() {
        platform.behaviours().module("sessions", Behaviour.notFoundOnPatch());
        String session = "{\"country_code\":\"NL\",\"party_id\":\"ACM\",\"id\":\"S1\",\"last_updated\":\"2026-03-02T09:00:00Z\"}";

        assertThat(hub.send("PUT", "sessions", "/NL/ACM/S1", session).status()).isEqualTo(201);
        assertThat(hub.send("PATCH", "sessions", "/NL/ACM/S1", session).status()).isEqualTo(404);
    }

    @Test
    void resetBeforeStoresNothing() {
        platform.behaviours().module("cdrs", Behaviour.resetBefore());

        assertThatThrownBy(() -> post("C1")).isInstanceOf(UncheckedIOException.class);

        assertThat(platform.cdrs()).isEmpty();
        assertThat(last().status()).isZero();
        assertThat(last().stored()).isFalse();
    }

    @Test
    void resetAfterOnceHasCommittedAndRecognisesTheRepetition() {
        platform.behaviours().module("cdrs", Behaviour.times(1, Behaviour.resetAfter()));

        assertThatThrownBy(() -> post("C1")).isInstanceOf(UncheckedIOException.class);
        assertThat(platform.cdrs()).hasSize(1);
        assertThat(last().status()).isZero();
        assertThat(last().stored()).isTrue();

        assertThat(post("C1").status()).isEqualTo(200);
        assertThat(platform.cdrs()).hasSize(1);
    }

    @Test
    void hangNeverAnswers() {
        platform.behaviours().module("cdrs", Behaviour.hang());

        assertThatThrownBy(() -> post("C1")).hasCauseInstanceOf(HttpTimeoutException.class);

        assertThat(platform.cdrs()).isEmpty();
    }

    @Test
    void htmlIsNotAnEnvelope() {
        platform.behaviours().module("cdrs", Behaviour.html200());

        HttpAnswer answer = post("C1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("text/html");
        assertThat(answer.ocpiStatus()).isZero();
        assertThat(platform.cdrs()).isEmpty();
    }

    @Test
    void endlessStreamsUntilTheClientLeaves() throws Exception {
        platform.behaviours().module("cdrs", Behaviour.endless());
        var connection = (java.net.HttpURLConnection) java.net.URI.create(hub.url("cdrs")).toURL().openConnection();
        connection.setReadTimeout(2_000);
        connection.setRequestProperty("Authorization", TokenEncoding.BASE64.header(hub.hub().partnerToken));

        try (var body = connection.getInputStream()) {
            assertThat(body.readNBytes(1_000_000)).hasSize(1_000_000);
        }
        connection.disconnect();
        platform.behaviours().reset();

        assertThat(post("C1").status()).isEqualTo(201);
    }

    @Test
    void mostSpecificSettingWins() {
        platform.behaviours().everywhere(Behaviour.status(500));
        platform.behaviours().module("cdrs", Behaviour.status(503));
        platform.behaviours().object("cdrs", "NL*ACM/GOOD", Behaviour.ok());
        platform.behaviours().object("locations", "NL*ACM/LOC1", Behaviour.status(418));

        assertThat(hub.get(platform.versionsUrl()).status()).isEqualTo(500);
        assertThat(post("C1").status()).isEqualTo(503);
        assertThat(post("good").status()).isEqualTo(201);
        assertThat(hub.send("GET", "locations", "/NL/ACM/LOC1/E1/1", null).status()).isEqualTo(418);
        assertThat(hub.send("GET", "locations", "/NL/ACM/LOC10", null).status()).isEqualTo(500);
    }

    @Test
    void flappingIsTheSameForTheSameSeed() {
        List<Integer> first = flapping(42);

        assertThat(first).contains(503).contains(201);
        assertThat(flapping(42)).isEqualTo(first);
        assertThat(flapping(43)).isNotEqualTo(first);
    }

    private List<Integer> flapping(long seed) {
        platform.forgetObjects();
        platform.behaviours().module("cdrs", Behaviour.flapping(40, seed));
        List<Integer> statuses = new ArrayList<>();
        for (int number = 0; number < 30; number++) {
            statuses.add(post("C" + number).status());
        }
        return statuses;
    }

    @Test
    void behavioursCompose() {
        platform.behaviours().module("cdrs",
                Behaviour.slow(Duration.ofMillis(150)).and(Behaviour.times(1, Behaviour.status(500))));
        long before = System.nanoTime();

        assertThat(post("C1").status()).isEqualTo(500);
        assertThat(post("C1").status()).isEqualTo(201);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void stoppedPlatformIsAbsentAndKeepsItsData() {
        post("C1");
        int port = platform.port();
        String versions = platform.versionsUrl();

        platform.stop();
        assertThatThrownBy(() -> hub.get(versions)).isInstanceOf(UncheckedIOException.class);
        platform.restart();

        assertThat(platform.port()).isEqualTo(port);
        assertThat(post("C1").status()).isEqualTo(200);
    }
}
