package org.roaminghub.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roaminghub.Scene.acme;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.roaminghub.HubWithPartners;
import org.roaminghub.Scene;
import org.roaminghub.simulator.CpoBackend;
import org.roaminghub.simulator.HttpAnswer;

/** {@code POST /backend/v1/events} (contracts §4, design §5). */
@QuarkusTest
@WithTestResource(HubWithPartners.class)
class EventsIT {
    @Inject
    Jdbi jdbi;

    private final Scene scene = new Scene();

    @Test
    void anArrayIsAcceptedAndStored() {
        JsonNode answer = acme().postEvents(List.of(event("a"), event("b"))).json();

        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(stored()).containsExactly(id("a"), id("b"));
    }

    @Test
    void linesAreAcceptedAndStored() {
        JsonNode answer = acme().postEventsNdjson(List.of(event("a"), event("b"))).json();

        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(stored()).containsExactly(id("a"), id("b"));
    }

    @Test
    void theMinimalEventOfTheContractIsAcceptedAndItsRepetitionIsADuplicate() {
        String minimal = "[{\"id\":\"" + id("m") + "\",\"type\":\"connector.status\",\"station\":\"" + scene.station().id()
                + "\",\"evse_id\":1,\"time\":\"2026-03-02T08:00:00Z\",\"data\":{\"status\":\"Available\"}}]";
        assertThat(post("application/json", minimal).path("accepted").asInt()).isEqualTo(1);

        JsonNode again = post("application/json", minimal);

        assertThat(again.path("duplicates").asInt()).as(again.toString()).isEqualTo(1);
    }

    @Test
    void theSameEventTwiceIsADuplicate() {
        acme().postEvents(List.of(event("a")));

        JsonNode answer = acme().postEvents(List.of(event("a"), event("b"), event("b"))).json();

        assertThat(answer.path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.path("duplicates").asInt()).isEqualTo(2);
    }

    @Test
    void anIdThatComesAgainWithAnotherContentIsRefusedAndKept() {
        acme().postEvents(List.of(event("a")));
        ObjectNode other = event("a");
        other.put("time", "2026-03-02T09:00:00Z");

        JsonNode answer = acme().postEvents(List.of(event("b"), other)).json();

        assertThat(answer.path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.path("rejected")).hasSize(1);
        assertThat(answer.path("rejected").get(0).path("index").asInt()).isEqualTo(1);
        assertThat(answer.path("rejected").get(0).path("code").asText()).isEqualTo("ID_REUSED");
        assertThat(deadLetters("ID_REUSED")).anyMatch(raw -> raw.contains(id("a")));
    }

    @Test
    void badLinesAreAnsweredByIndexAndKeptWithTheirBytes() {
        String broken = "{\"id\": \"" + id("broken") + "\", ";
        String body = event("a") + "\n" + broken + "\n" + "[]\n" + event("b") + "\n";

        JsonNode answer = post("application/x-ndjson", body);

        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.path("rejected").findValuesAsText("index")).containsExactly("1", "2");
        assertThat(answer.path("rejected").findValuesAsText("code")).containsExactly("NOT_JSON", "WRONG_TYPE");
        assertThat(deadLetters("NOT_JSON")).contains(broken);
    }

    @Test
    void lineSeparatorsOfUnicodeInsideATextDoNotEndALine() {
        ObjectNode event = event("u");
        ((ObjectNode) event.path("data")).put("info", "left\u2028right\u0085end");

        JsonNode answer = post("application/x-ndjson", event.toString() + "\r\n");

        assertThat(answer.path("accepted").asInt()).as(answer.toString()).isEqualTo(1);
    }

    @Test
    void aTimerIsTheHubsOwn() {
        ObjectNode timer = event("t").put("type", "timer.due");
        timer.putObject("data").put("timer", "missing_stop").put("about", "x");

        JsonNode answer = acme().postEvents(List.of(timer)).json();

        assertThat(answer.path("accepted").asInt()).isZero();
        assertThat(answer.path("rejected").get(0).path("code").asText()).isEqualTo("UNSUPPORTED_TYPE");
    }

    @Test
    void moreThanAThousandEventsAreRefusedWhole() {
        List<ObjectNode> events = IntStream.rangeClosed(0, 1_000).mapToObj(number -> event("n" + number)).toList();

        HttpAnswer answer = acme().postEvents(events);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(stored()).isEmpty();
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() throws Exception {
        assertThat(send("application/json", "hello", "secret-of-acme").statusCode()).isEqualTo(400);
        assertThat(send("application/x-ndjson", "hello", "secret-of-acme").statusCode()).isEqualTo(400);
        assertThat(send("application/json", "{}", "secret-of-acme").statusCode()).isEqualTo(400);
        assertThat(send("application/json", "", "secret-of-acme").statusCode()).isEqualTo(400);
    }

    @Test
    void aWrongTokenIsRefused() {
        HttpAnswer answer = new CpoBackend(Scene.url(), "guessed").postEvents(List.of(event("a")));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(stored()).isEmpty();
    }

    @Test
    void aTextThatTheDatabaseCannotStoreHarmsNobodyElse() {
        ObjectNode poison = event("p").put("id", id("p\0p"));
        ObjectNode card = event("c").put("type", "transaction.started").put("transaction_id", "1");
        card.putObject("data").put("id_token", "AB\0CD");

        JsonNode answer = acme().postEvents(List.of(event("a"), poison, card, event("b"))).json();

        assertThat(answer.path("accepted").asInt()).as(answer.toString()).isEqualTo(2);
        assertThat(answer.path("rejected").findValuesAsText("index")).containsExactly("1", "2");
    }

    @Test
    void overlappingBatchesOfManyThreadsAcceptEachEventExactlyOnce() throws Exception {
        List<ObjectNode> events = IntStream.range(0, 300).mapToObj(number -> event("c" + number)).toList();
        ExecutorService threads = Executors.newFixedThreadPool(20);
        List<Future<HttpAnswer>> answers = new ArrayList<>();
        for (int thread = 0; thread < 20; thread++) {
            Random dice = new Random(thread);
            for (int round = 0; round < 5; round++) {
                List<ObjectNode> batch = new ArrayList<>(events);
                Collections.shuffle(batch, dice);
                answers.add(threads.submit(() -> new CpoBackend(Scene.url(), "secret-of-acme", java.time.Duration.ZERO).postEvents(batch)));
            }
        }

        int accepted = 0;
        for (Future<HttpAnswer> answer : answers) {
            assertThat(answer.get().status()).as(answer.get().body()).isEqualTo(202);
            accepted += answer.get().json().path("accepted").asInt();
        }
        threads.shutdown();

        assertThat(accepted).isEqualTo(300);
        assertThat(stored()).hasSize(300).doesNotHaveDuplicates();
    }

    private String id(String name) {
        return scene.locationId() + "-" + name;
    }

    private ObjectNode event(String name) {
        return ((ObjectNode) scene.status("Available", Scene.MORNING)).put("id", id(name));
    }

    private List<String> stored() {
        return jdbi.withHandle(handle -> handle.select("select event_id from inbox where station = ? order by event_id", scene.station().id()).mapTo(String.class).list());
    }

    private List<String> deadLetters(String code) {
        return jdbi.withHandle(handle -> handle.select("select raw from dead_letter where code = ?", code).mapTo(byte[].class).list()).stream()
                .map(raw -> new String(raw, StandardCharsets.UTF_8)).toList();
    }

    private JsonNode post(String type, String body) {
        try {
            return Scene.json(send(type, body, "secret-of-acme").body());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> send(String type, String body, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(Scene.url() + "/backend/v1/events")).header("Authorization", "Bearer " + token)
                .header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
