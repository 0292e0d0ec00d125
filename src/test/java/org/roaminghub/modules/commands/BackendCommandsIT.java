package org.roaminghub.modules.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Answer;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.FakePlatform;
import org.roaminghub.modules.FakePlatform.Asked;
import org.roaminghub.modules.FakePlatform.Said;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;
import org.roaminghub.ocpi.schema.StrictJson;

/** Commands to a CPO backend without OCPI: posted to its commands_url; the eMSP sees no difference (contracts §4). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class BackendCommandsIT {
    private static final String TOKEN = "secret-of-bolt";
    private static final String TIME = "2026-03-01T10:00:00Z";
    private static final String ACCEPTED = "{\"result\":\"ACCEPTED\",\"timeout\":30}";

    @Inject
    Partners221 partners;

    private FakePlatform alpha;
    private FakePlatform backend;
    private String location;
    private String station;

    @BeforeEach
    void connected() throws IOException {
        partners.connect();
        alpha = FakePlatform.start();
        backend = FakePlatform.start(URI.create(Files.readString(PostgresForTests.COMMANDS_URL)).getPort());
        backend.answers(Said.bare(200, ACCEPTED));
        partners.connect("alpha", alpha, "sender/commands");
        location = Bodies.newId("BLT");
        station = "CP-" + location;
        String tariff = "T-" + location;
        backend("PUT", "tariffs/" + tariff, Bodies.tariff(tariff, TIME).put("party_id", "BLT")).then().statusCode(200);
        ObjectNode site = Bodies.location(location, TIME).put("party_id", "BLT");
        ObjectNode evse = (ObjectNode) site.path("evses").path(0);
        evse.put("evse_id", "NL*BLT*E1").putObject("ocpp").put("station", station).put("evse_id", 2);
        ((ObjectNode) evse.path("connectors").path(0)).putArray("tariff_ids").add(tariff);
        backend("PUT", "locations/" + location, site).then().statusCode(200);
    }

    @AfterEach
    void stopped() {
        partners.connect();
        alpha.close();
        backend.close();
    }

    private static Response backend(String method, String path, Object body) {
        return RestAssured.given().header("Authorization", "Bearer " + TOKEN).contentType("application/json").body(body.toString()).request(method, "/backend/v1/" + path);
    }

    private static Platform emsp() {
        return Partners221.alpha().route("DE*ALP", "NL*BLT");
    }

    private ObjectNode start(String responsePath) {
        ObjectNode start = Bodies.object("{\"response_url\":\"%s\",\"location_id\":\"%s\",\"evse_uid\":\"E1\",\"connector_id\":\"1\"}", alpha.url(responsePath), location);
        start.set("token", Bodies.token(Bodies.newId("UID"), TIME));
        return start;
    }

    private static Predicate<Asked> command(String name) {
        return request -> request.path().equals("/commands") && request.json().path("command").asText().equals(name);
    }

    private Asked awaits(String name) {
        return backend.awaits(command(name));
    }

    @Test
    void aCommandIsPostedToTheBackendAndItsResultGoesToTheEmsp_CMD01_CMD05() {
        ObjectNode start = start("/results/backend");

        Answer answer = emsp().post("receiver/commands/START_SESSION", start).is(200, 1000);

        assertThat(answer.data().toString()).isEqualTo(ACCEPTED);
        assertThat(answer.header("OCPI-from-party-id")).isEqualTo("BLT");
        Asked sent = awaits("START_SESSION");
        assertThat(sent.json().path("emsp").asText()).isEqualTo("DE*ALP");
        assertThat(sent.json().path("station").asText()).isEqualTo(station);
        assertThat(sent.json().path("evse_id").asInt()).isEqualTo(2);
        assertThat(sent.json().path("connector_id").asInt()).isEqualTo(1);
        start.remove("response_url");
        assertThat(sent.json().path("request")).isEqualTo(start);
        assertThat(sent.header("X-Correlation-ID")).isEqualTo(answer.header("X-Correlation-ID"));

        backend("POST", "commands/" + sent.json().path("id").asText() + "/result", "{\"result\":\"ACCEPTED\"}").then().statusCode(200);

        Asked result = alpha.awaits(request -> request.path().equals("/results/backend"));
        assertThat(result.body()).isEqualTo("{\"result\":\"ACCEPTED\"}");
        assertThat(result.route()).isEqualTo("NL*BLT > DE*ALP");
    }

    @Test
    void theCardOfACommandMayChargeAtItsPlaceAndTheEmspIsNotAsked_CMD11_CMD13_SES21() {
        ObjectNode start = start("/results/card").put("authorization_reference", "REF-START");
        emsp().post("receiver/commands/START_SESSION", start).is(200, 1000);
        ObjectNode question = Bodies.object("{\"location_id\":\"%s\",\"evse_uid\":\"E1\"}", location).put("id_token", start.path("token").path("uid").asText());

        JsonNode info = StrictJson.parse(backend("POST", "authorize", question).then().statusCode(200).extract().asString());

        assertThat(info.path("allowed").asText()).isEqualTo("ALLOWED");
        assertThat(info.path("authorization_reference").asText()).isEqualTo("REF-START");
        assertThat(info.path("token")).isEqualTo(start.path("token"));
        backend("POST", "authorize", question.put("evse_uid", "E2")).then().statusCode(404);
        assertThat(alpha.asked(request -> request.path().endsWith("/authorize"))).isEmpty();
    }

    @Test
    void aCommandIsSignedWithTheBackendsToken() throws GeneralSecurityException {
        emsp().post("receiver/commands/START_SESSION", start("/results/signed"));

        Asked sent = awaits("START_SESSION");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(sent.header("X-Hub-Signature")).isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(sent.body().getBytes(StandardCharsets.UTF_8))));
        assertThat(sent.header("Authorization")).isNull();
    }

    @Test
    void aTextAsMessageIsMadeAnOcpiText_CMD27() {
        emsp().post("receiver/commands/START_SESSION", start("/results/text"));

        backend("POST", "commands/" + awaits("START_SESSION").json().path("id").asText() + "/result", "{\"result\":\"FAILED\",\"message\":\"cable missing\"}").then().statusCode(200);

        assertThat(alpha.awaits(request -> request.path().equals("/results/text")).body())
                .isEqualTo("{\"result\":\"FAILED\",\"message\":[{\"language\":\"en\",\"text\":\"cable missing\"}]}");
    }

    @Test
    void aStopNamesTheTransaction() {
        ObjectNode start = start("/results/stop");
        String uid = start.path("token").path("uid").asText();
        Partners221.alpha().put("receiver/tokens/DE/ALP/" + uid, Bodies.token(uid, TIME)).is(201, 1000);
        backend("POST", "events", """
                [{"id":"%1$s-1","type":"transaction.started","station":"%1$s","evse_id":2,"transaction_id":"TX-77","time":"2026-03-02T08:00:00Z",
                  "received_at":"2026-03-02T08:00:01Z","data":{"id_token":"%2$s","meter_start_wh":1000}}]""".formatted(station, uid)).then().statusCode(202);
        await().atMost(Duration.ofSeconds(20)).until(() -> !sessions().isMissingNode() && sessions().size() > 0);
        String session = sessions().path(0).path("id").asText();

        emsp().post("receiver/commands/STOP_SESSION", Bodies.object("{\"response_url\":\"%s\",\"session_id\":\"%s\"}", alpha.url("/r"), session)).is(200, 1000);

        Asked sent = awaits("STOP_SESSION");
        assertThat(sent.json().path("transaction_id").asText()).isEqualTo("TX-77");
        assertThat(sent.json().path("station").asText()).isEqualTo(station);
        assertThat(sent.json().path("evse_id").asInt()).isEqualTo(2);
    }

    private JsonNode sessions() {
        ArrayNode mine = Bodies.object("{}").putArray("mine");
        emsp().get("sender/sessions?limit=500").data().forEach(session -> {
            if (session.path("location_id").asText().equals(location)) {
                mine.add(session);
            }
        });
        return mine;
    }

    @Test
    void aReservationGetsANumberOfItsOwnThatItsCancellationRepeats_CMD17_CMD18_CMD20() {
        String reservation = Bodies.newId("RES");
        ObjectNode reserve = start("/results/reserve").put("reservation_id", reservation).put("expiry_date", Instant.now().plusSeconds(3_600).toString().substring(0, 19) + "Z");
        reserve.remove("connector_id");

        emsp().post("receiver/commands/RESERVE_NOW", reserve).is(200, 1000);
        emsp().post("receiver/commands/RESERVE_NOW", reserve).is(200, 1000);
        emsp().post("receiver/commands/CANCEL_RESERVATION", Bodies.object("{\"response_url\":\"%s\",\"reservation_id\":\"%s\"}", alpha.url("/r"), reservation)).is(200, 1000);

        int number = awaits("RESERVE_NOW").json().path("reservation_number").asInt();
        assertThat(number).isPositive();
        assertThat(backend.asked(command("RESERVE_NOW"))).allMatch(request -> request.json().path("reservation_number").asInt() == number).hasSize(2);
        assertThat(awaits("CANCEL_RESERVATION").json().path("reservation_number").asInt()).isEqualTo(number);
    }

    @Test
    void anUnknownReservationIsToldByTheResult_A74() {
        assertThat(emsp().post("receiver/commands/CANCEL_RESERVATION", Bodies.object("{\"response_url\":\"%s\",\"reservation_id\":\"%s\"}", alpha.url("/results/none"), Bodies.newId("RES")))
                .is(200, 1000).data().path("result").asText()).isEqualTo("ACCEPTED");

        assertThat(alpha.awaits(request -> request.path().equals("/results/none")).body()).isEqualTo("{\"result\":\"UNKNOWN_RESERVATION\"}");
        assertThat(backend.asked(command("CANCEL_RESERVATION"))).isEmpty();
    }

    @Test
    void whatTheHubDoesNotKnowOfTheBackendIsToldForIt_CMD22_CMD24_TRANS43() {
        assertThat(emsp().post("receiver/commands/START_SESSION", start("/r").put("location_id", "NOWHERE")).is(200, 2003).data().path("result").asText()).isEqualTo("REJECTED");
        assertThat(emsp().post("receiver/commands/START_SESSION", start("/r").put("evse_uid", "NONE")).is(200, 2003).data().path("result").asText()).isEqualTo("REJECTED");
        assertThat(emsp().post("receiver/commands/STOP_SESSION", Bodies.object("{\"response_url\":\"%s\",\"session_id\":\"NONE\"}", alpha.url("/r"))).is(200, 1000)
                .data().path("result").asText()).isEqualTo("UNKNOWN_SESSION");
        assertThat(backend.asked(request -> true)).isEmpty();
    }

    @Test
    void anEvseThatNeedsItsConnectorIsNotStartedWithout_CMD16() {
        ObjectNode site = Bodies.location(location, "2026-03-01T11:00:00Z").put("party_id", "BLT");
        ((ObjectNode) site.path("evses").path(0)).putArray("capabilities").add("START_SESSION_CONNECTOR_REQUIRED");
        backend("PUT", "locations/" + location, site).then().statusCode(200);
        ObjectNode start = start("/r");
        start.remove("connector_id");

        assertThat(emsp().post("receiver/commands/START_SESSION", start).is(200, 1000).data().path("result").asText()).isEqualTo("REJECTED");
    }

    @Test
    void aBackendWithoutCommandsUrlSupportsNone_CMD07() {
        Answer answer = Partners221.alpha().route("DE*ALP", "NL*ACM").post("receiver/commands/START_SESSION", start("/r")).is(200, 1000);

        assertThat(answer.data().path("result").asText()).isEqualTo("NOT_SUPPORTED");
    }

    @Test
    void aBackendThatIsAwayIs4003_ROUTE24() {
        backend.close();

        String told = emsp().post("receiver/commands/START_SESSION", start("/r")).is(200, 4003).text();

        assertThat(told).as("addresses of the backend are nothing for the eMSP (D12)").doesNotContain("127.0.0.1").doesNotContain("localhost");
    }

    @Test
    void aSilentBackendIs4002_ROUTE24() {
        backend.answers(Said.bare(200, ACCEPTED).after(Duration.ofSeconds(4)));

        emsp().post("receiver/commands/START_SESSION", start("/r")).is(200, 4002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"result\":\"YES\",\"timeout\":1}", "<html>", "{\"result\":\"ACCEPTED\"}"})
    void whatIsNoCommandResponseIs4000_CMD05(String answer) {
        backend.answers(Said.bare(200, answer));

        emsp().post("receiver/commands/START_SESSION", start("/r")).is(200, 4000).tellsNothingOfTheInside();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"result\":\"MAYBE\"}", "[]", "{\"result\":\"ACCEPTED\",\"result\":\"FAILED\"}"})
    void aFaultyResultIsNamed(String result) {
        emsp().post("receiver/commands/START_SESSION", start("/r"));

        backend("POST", "commands/" + awaits("START_SESSION").json().path("id").asText() + "/result", result).then().statusCode(422);
    }

    @Test
    void onlyTheBackendThatWasAskedMayReportAResult() {
        emsp().post("receiver/commands/START_SESSION", start("/results/other"));
        String id = awaits("START_SESSION").json().path("id").asText();

        RestAssured.given().header("Authorization", "Bearer acme-test-token").contentType("application/json").body("{\"result\":\"ACCEPTED\"}")
                .post("/backend/v1/commands/" + id + "/result").then().statusCode(404);
        backend("POST", "commands/nonsense/result", "{\"result\":\"ACCEPTED\"}").then().statusCode(404);
        backend("POST", "commands/" + id + "/result", "not json").then().statusCode(400);

        assertThat(alpha.asked(request -> request.path().equals("/results/other"))).isEmpty();
    }
}
