package org.roaminghub.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.PostgresForTests;
import org.roaminghub.ocpi.schema.BrokenDocuments;
import org.roaminghub.ocpi.schema.BrokenDocuments.Case;
import org.roaminghub.ocpi.schema.StrictJson;

/**
 * The object model against the running hub: thousands of documents, each with one thing changed, over a few connections that stay
 * open. What the model forbids is answered with HTTP 200, 2001 and the path, and leaves nothing behind; what it allows is stored
 * and comes back as it was sent. The cases themselves are those of {@code ObjectModelNegativeTest}; of the nested ones a sample is taken.
 */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class ModelOverHttpIT {
    private static final Logger LOG = Logger.getLogger(ModelOverHttpIT.class);
    private static final long SEED = Long.getLong("model.seed", System.nanoTime());
    private static final int CONNECTIONS = 6;
    private static final int NESTED_PER_TARGET = 1_000;
    private static final String ID = "PLACEHOLDER";
    /** The address of a document: what is allowed there in general need not fit the URL. */
    private static final Set<String> ADDRESS = Set.of("country_code", "party_id", "id", "uid", "type", "cdr_token.country_code", "cdr_token.party_id");
    /** No list and an empty list are one thing (TRANS-62), and EVSEs are kept as rows, so an explicit nothing does not come back. */
    private static final Set<String> NOTHING = Set.of("missing", "null", "empty list");

    @Inject
    Partners221 partners;

    @Inject
    Jdbi jdbi;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private final String location = Bodies.newId("L");

    /** One way to send a class of document. {@code path} takes the id; {@code base} holds the placeholder where the id stands. */
    private record Target(String method, String className, String path, String token, ObjectNode base) {
        Stream<Case> cases() {
            return BrokenDocuments.of(className, base).stream();
        }
    }

    @BeforeEach
    void aLocationToHangPartsBelow() {
        partners.connect();
        Partners221.tcp().put("receiver/locations/NL/TCP/" + location, Bodies.location(location, "2026-01-01T10:00:00Z")).is(201, 1000);
    }

    @Test
    void whatTheModelForbidsIs2001WithItsPathAndLeavesNothing_TRANS34_TRANS41_TRANS61_TRANS64() throws Exception {
        List<Target> targets = new ArrayList<>(whole());
        targets.addAll(patches());
        targets.add(new Target("POST", "Credentials", "credentials", "stranger-test-token", BrokenDocuments.sample("Credentials")));
        partners.forget("stranger");
        String before = contents();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();

        int sent = inParallel(targets.stream().flatMap(target -> sample(target.cases().filter(broken -> path(target, broken) != null)).stream()
                .map(broken -> (Runnable) () -> refused(target, broken, wrong))).toList());

        assertThat(wrong).as("of %d requests, seed %d", sent, SEED).isEmpty();
        assertThat(contents()).as("nothing is stored").isEqualTo(before);
        assertThat(sent).isGreaterThan(2_000);
    }

    @Test
    void whatTheModelAllowsIsStoredAndComesBackAsItWas_A14_TRANS62_TRANS64() throws Exception {
        Queue<String> wrong = new ConcurrentLinkedQueue<>();

        int sent = inParallel(whole().stream().flatMap(target -> sample(target.cases().filter(good -> good.refused() == null && !ADDRESS.contains(good.at()))).stream()
                .map(good -> (Runnable) () -> accepted(target, good, wrong))).toList());

        assertThat(wrong).as("of %d documents, seed %d", sent, SEED).isEmpty();
        assertThat(sent).isGreaterThan(500);
    }

    private List<Target> whole() {
        String tcp = Partners221.liveToken("tcp");
        String alpha = Partners221.liveToken("alpha");
        ObjectNode token = owned("Token", "DE", "ALP").put("uid", ID);
        return List.of(
                new Target("PUT", "Location", "receiver/locations/NL/TCP/" + ID, tcp, owned("Location", "NL", "TCP").put("id", ID)),
                new Target("PUT", "EVSE", "receiver/locations/NL/TCP/" + location + "/" + ID, tcp, BrokenDocuments.sample("EVSE").put("uid", ID)),
                new Target("PUT", "Connector", "receiver/locations/NL/TCP/" + location + "/E1/" + ID, tcp, BrokenDocuments.sample("Connector").put("id", ID)),
                new Target("PUT", "Tariff", "receiver/tariffs/NL/TCP/" + ID, tcp, owned("Tariff", "NL", "TCP").put("id", ID)),
                new Target("PUT", "Token", "receiver/tokens/DE/ALP/" + ID + "?type=" + token.path("type").asText(), alpha, token),
                new Target("PUT", "Session", "receiver/sessions/NL/TCP/" + ID, tcp, carded(owned("Session", "NL", "TCP").put("id", ID))),
                new Target("POST", "CDR", "receiver/cdrs", tcp, carded(owned("CDR", "NL", "TCP").put("id", ID))));
    }

    /** PATCHes of objects that are there, so that a fault cannot hide behind an unknown object. */
    private List<Target> patches() {
        String tcp = Partners221.liveToken("tcp");
        String session = Bodies.newId("S");
        String token = Bodies.newId("T");
        Partners221.tcp().put("receiver/sessions/NL/TCP/" + session, Bodies.session(session, "2026-01-01T10:00:00Z")).is(201, 1000);
        Partners221.alpha().put("receiver/tokens/DE/ALP/" + token, Bodies.token(token, "2026-01-01T10:00:00Z")).is(201, 1000);
        return List.of(
                new Target("PATCH", "Location", "receiver/locations/NL/TCP/" + location, tcp, owned("Location", "NL", "TCP").put("id", location)),
                new Target("PATCH", "EVSE", "receiver/locations/NL/TCP/" + location + "/E1", tcp, BrokenDocuments.sample("EVSE").put("uid", "E1")),
                new Target("PATCH", "Connector", "receiver/locations/NL/TCP/" + location + "/E1/1", tcp, BrokenDocuments.sample("Connector").put("id", "1")),
                new Target("PATCH", "Token", "receiver/tokens/DE/ALP/" + token, Partners221.liveToken("alpha"),
                        owned("Token", "DE", "ALP").put("uid", token).put("type", "RFID")),
                new Target("PATCH", "Session", "receiver/sessions/NL/TCP/" + session, tcp, carded(owned("Session", "NL", "TCP").put("id", session))));
    }

    private static ObjectNode owned(String className, String country, String party) {
        return BrokenDocuments.sample(className).put("country_code", country).put("party_id", party);
    }

    /** The card of an eMSP without an agreement: what is stored here stands in nobody's list. */
    private static ObjectNode carded(ObjectNode document) {
        ((ObjectNode) document.path("cdr_token")).put("country_code", "FR").put("party_id", "BET");
        return document;
    }

    private static String path(Target target, Case broken) {
        return target.method().equals("PATCH") ? broken.patchRefused() : broken.refused();
    }

    /** All of the top-level fields, and some of the nested ones. */
    private static List<Case> sample(Stream<Case> cases) {
        List<Case> all = new ArrayList<>(cases.toList());
        List<Case> nested = new ArrayList<>(all.stream().filter(one -> !one.topLevel()).toList());
        Collections.shuffle(nested, new Random(SEED));
        all.removeAll(nested);
        all.addAll(nested.subList(0, Math.min(NESTED_PER_TARGET, nested.size())));
        return all;
    }

    private void refused(Target target, Case broken, Queue<String> wrong) {
        HttpResponse<String> answer = send(target.method(), target.path(), target.token(), broken.text());
        JsonNode envelope = StrictJson.parse(answer.body());
        String message = envelope.path("status_message").asText();
        if (answer.statusCode() != 200 || envelope.path("status_code").asInt() != 2001 || !message.contains(path(target, broken))) {
            wrong.add(target.method() + " " + broken + " got HTTP " + answer.statusCode() + " " + answer.body());
        }
    }

    private void accepted(Target target, Case good, Queue<String> wrong) {
        String id = Bodies.newId("OK");
        String text = good.text().replace(ID, id);
        HttpResponse<String> stored = send(target.method(), target.path().replace(ID, id), target.token(), text);
        if (stored.statusCode() != 201) {
            wrong.add(good + " got HTTP " + stored.statusCode() + " " + stored.body());
            return;
        }
        String read = target.className().equals("CDR") ? target.path() + "/NL/TCP/" + id : target.path().replace(ID, id);
        JsonNode kept = StrictJson.parse(send("GET", read, target.token(), null).body()).path("data");
        boolean nothing = good.at().equals("evses") && NOTHING.contains(good.what());
        if (!nothing && !kept.equals(StrictJson.parse(text))) {
            wrong.add(good + " came back as " + kept);
        }
    }

    private HttpResponse<String> send(String method, String path, String token, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/ocpi/2.2.1/" + path)).timeout(Duration.ofSeconds(20))
                .header("Authorization", "Token " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8))).header("Content-Type", "application/json");
        try {
            return client.send(request.method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(method + " " + path, e);
        }
    }

    private static int inParallel(List<Runnable> requests) throws Exception {
        long started = System.nanoTime();
        ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            for (Future<?> done : requests.stream().map(senders::submit).toList()) {
                done.get();
            }
        } finally {
            senders.shutdownNow();
        }
        LOG.infof("%d documents in %d ms, seed %d (repeat with -Dmodel.seed=)", requests.size(), (System.nanoTime() - started) / 1_000_000, SEED);
        return requests.size();
    }

    /** Everything a push can change, as one line. */
    private String contents() {
        return jdbi.withHandle(handle -> Stream.of("document", "evse", "feed", "cdr_handover", "partner_connection")
                .map(table -> handle.select("select count(*) || ' ' || coalesce(sum(hashtextextended(cast(t as text), 0)), 0) from " + table + " t").mapTo(String.class).one())
                .toList().toString());
    }
}
