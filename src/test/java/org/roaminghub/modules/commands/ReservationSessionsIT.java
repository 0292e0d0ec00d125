package org.roaminghub.modules.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.FakePlatform;
import org.roaminghub.modules.FakePlatform.Asked;
import org.roaminghub.modules.FakePlatform.Said;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.SchemaCheck;

/** A reservation at a backend's charger is a Session, which charges or ends (decision 0022). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class ReservationSessionsIT {
    private static final String TIME = "2026-03-01T10:00:00Z";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    Partners221 partners;

    @Inject
    Jdbi jdbi;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final String location = Bodies.newId("BLT");
    private final String station = "CP-" + location;
    private final String uid = Bodies.newId("UID");
    private final String reservation = Bodies.newId("RES");
    private FakePlatform alpha;
    private FakePlatform backend;

    @BeforeEach
    void connected() throws IOException {
        partners.connect();
        alpha = FakePlatform.start();
        backend = FakePlatform.start(URI.create(Files.readString(PostgresForTests.COMMANDS_URL)).getPort());
        backend.answers(Said.bare(200, "{\"result\":\"ACCEPTED\",\"timeout\":30}"));
        partners.connect("alpha", alpha, "sender/commands", "receiver/sessions");
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
        return RestAssured.given().header("Authorization", "Bearer secret-of-bolt").contentType("application/json").body(body.toString()).request(method, "/backend/v1/" + path);
    }

    private static Platform emsp() {
        return Partners221.alpha().route("DE*ALP", "NL*BLT");
    }

    private ObjectNode reserve() {
        ObjectNode reserve = Bodies.object("{\"response_url\":\"%s\",\"reservation_id\":\"%s\",\"expiry_date\":\"%s\",\"location_id\":\"%s\",\"evse_uid\":\"E1\",\"authorization_reference\":\"REF-R\"}",
                alpha.url("/results/" + reservation), reservation, now.plusSeconds(3_600), location);
        reserve.set("token", Bodies.token(uid, TIME));
        return reserve;
    }

    /** Sends a command and lets the backend report its result. @return the id under which the backend knows it */
    private String carriedOut(String name, ObjectNode command, String result) {
        int before = backend.asked(request -> true).size();
        emsp().post("receiver/commands/" + name, command).is(200, 1000);
        List<Asked> asked = backend.asked(request -> true);
        assertThat(asked).hasSize(before + 1);
        String id = asked.get(before).json().path("id").asText();
        reported(id, result);
        return id;
    }

    private static void reported(String id, String result) {
        backend("POST", "commands/" + id + "/result", "{\"result\":\"" + result + "\"}").then().statusCode(200);
    }

    private void cancelled(String result) {
        carriedOut("CANCEL_RESERVATION", Bodies.object("{\"response_url\":\"%s\",\"reservation_id\":\"%s\"}", alpha.url("/r"), reservation), result);
    }

    private void event(String type, String transaction, Instant at, String data) {
        backend("POST", "events", """
                [{"id":"%s","type":"transaction.%s","station":"%s","evse_id":2,"transaction_id":"%s","time":"%s","received_at":"%s","data":%s}]"""
                .formatted(Bodies.newId("EV"), type, station, transaction, at, at, data)).then().statusCode(202);
    }

    private void started(String transaction, String card, Instant at) {
        event("started", transaction, at, "{\"id_token\":\"" + card + "\",\"meter_start_wh\":1000}");
    }

    private void ended(String transaction, Instant at) {
        event("ended", transaction, at, "{\"meter_stop_wh\":12000,\"reason\":\"Local\"}");
    }

    /** The newest Session of this status that was pushed to the eMSP. */
    private JsonNode pushed(String status) {
        return alpha.awaits(request -> request.path().startsWith("/ocpi/receiver/sessions/NL/BLT/") && request.json().path("status").asText().equals(status)
                && request.json().path("location_id").asText().equals(location)).json();
    }

    private List<JsonNode> listed(String module) {
        List<JsonNode> mine = new ArrayList<>();
        emsp().get("sender/" + module + "?limit=500&date_from=" + now.minusSeconds(60)).data().forEach(object -> {
            if (object.path("location_id").asText().equals(location) || object.at("/cdr_location/id").asText().equals(location)) {
                mine.add(object);
            }
        });
        return mine;
    }

    private JsonNode onlySession(String status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(listed("sessions")).singleElement().satisfies(session -> assertThat(session.path("status").asText()).isEqualTo(status)));
        return listed("sessions").get(0);
    }

    private void moved(String assignment) {
        jdbi.useHandle(handle -> handle.execute("update reservation set " + assignment + " where reservation = ?", reservation.toUpperCase()));
    }

    @Test
    void aReservationIsASessionThatIsSent_CMD19_SES03() {
        carriedOut("RESERVE_NOW", reserve(), "ACCEPTED");

        JsonNode session = pushed("RESERVATION");
        assertThat(SchemaCheck.check("Session", session, Mode.FULL)).isEmpty();
        assertThat(session.path("cdr_token").toString()).isEqualTo("""
                {"country_code":"DE","party_id":"ALP","uid":"%s","type":"RFID","contract_id":"DE-ALP-C12345678"}""".formatted(uid));
        assertThat(session.path("auth_method").asText()).isEqualTo("COMMAND");
        assertThat(session.path("authorization_reference").asText()).isEqualTo("REF-R");
        assertThat(List.of(session.path("evse_uid").asText(), session.path("connector_id").asText(), session.path("currency").asText())).containsExactly("E1", "1", "EUR");
        assertThat(session.path("kwh").decimalValue()).isZero();
        assertThat(session.has("end_date_time")).isFalse();
        assertThat(onlySession("RESERVATION")).isEqualTo(session);
    }

    @Test
    void aReservationThatIsNotGrantedIsNoSession_CMD19() {
        String id = carriedOut("RESERVE_NOW", reserve(), "EVSE_OCCUPIED");

        alpha.awaits(request -> request.path().equals("/results/" + reservation));
        reported(id, "CANCELED_RESERVATION");
        assertThat(listed("sessions")).isEmpty();
    }

    @Test
    void chargingGoesOnUnderTheReservationsIdUntilTheCdr_CMD19_SES04() {
        carriedOut("RESERVE_NOW", reserve(), "ACCEPTED");
        JsonNode reserved = pushed("RESERVATION");
        String id = reserved.path("id").asText();

        started("TX-1", uid, now.plusSeconds(10));

        JsonNode active = pushed("ACTIVE");
        assertThat(active.path("id").asText()).isEqualTo(id);
        assertThat(active.path("start_date_time").asText()).isEqualTo(now.plusSeconds(10).toString());
        assertThat(active.path("authorization_reference").asText()).isEqualTo("REF-R");
        assertThat(Instant.parse(active.path("last_updated").asText())).isAfterOrEqualTo(Instant.parse(reserved.path("last_updated").asText()));
        emsp().post("receiver/commands/STOP_SESSION", Bodies.object("{\"response_url\":\"%s\",\"session_id\":\"%s\"}", alpha.url("/r"), id)).is(200, 1000);
        assertThat(backend.awaits(request -> request.json().path("command").asText().equals("STOP_SESSION")).json().path("transaction_id").asText()).isEqualTo("TX-1");

        ended("TX-1", now.plusSeconds(50));
        // It is older than what is folded: everything is folded again.
        event("updated", "TX-1", now.plusSeconds(30), "{\"readings\":[]}");

        assertThat(pushed("COMPLETED").path("id").asText()).isEqualTo(id);
        assertThat(onlySession("COMPLETED").path("kwh").decimalValue()).isEqualByComparingTo("11");
        await().atMost(SOON).untilAsserted(() -> assertThat(listed("cdrs")).singleElement().satisfies(cdr -> {
            assertThat(cdr.path("session_id").asText()).isEqualTo(id);
            assertThat(cdr.path("authorization_reference").asText()).isEqualTo("REF-R");
        }));

        started("TX-2", uid, now.plusSeconds(60));
        await().atMost(SOON).untilAsserted(() -> assertThat(listed("sessions")).hasSize(2)
                .anySatisfy(session -> assertThat(session.path("status").asText()).isEqualTo("ACTIVE")));
        assertThat(listed("sessions")).filteredOn(session -> session.path("id").asText().equals(id)).singleElement()
                .satisfies(session -> assertThat(session.path("status").asText()).isEqualTo("COMPLETED"));
    }

    @Test
    void anyEvseOfTheLocationWillDoWhereNoneWasNamed_SES22_CMD21() {
        ObjectNode reserve = reserve();
        reserve.remove("evse_uid");
        carriedOut("RESERVE_NOW", reserve, "ACCEPTED");
        JsonNode reserved = pushed("RESERVATION");
        assertThat(List.of(reserved.path("evse_uid").asText(), reserved.path("connector_id").asText())).containsExactly("#NA", "#NA");
        // Reserved long ahead: the command alone would not count any more (decision 0018).
        jdbi.useHandle(handle -> handle.execute("update authorisation set at = at - interval '2 hours' where uid = ?", uid.toUpperCase()));
        moved("held_since = held_since - interval '2 hours'");

        started("TX-1", uid, now);

        JsonNode active = pushed("ACTIVE");
        assertThat(active.path("id")).isEqualTo(reserved.path("id"));
        assertThat(List.of(active.path("evse_uid").asText(), active.path("connector_id").asText())).containsExactly("E1", "1");
        assertThat(active.path("auth_method").asText()).isEqualTo("COMMAND");
        assertThat(active.path("authorization_reference").asText()).isEqualTo("REF-R");
    }

    @Test
    void anotherCardChargesUnderAnIdOfItsOwn_SES04() {
        carriedOut("RESERVE_NOW", reserve(), "ACCEPTED");
        String id = pushed("RESERVATION").path("id").asText();
        String other = Bodies.newId("UID");
        Partners221.alpha().put("receiver/tokens/DE/ALP/" + other, Bodies.token(other, TIME)).is(201, 1000);

        started("TX-1", other, now);

        assertThat(pushed("ACTIVE").path("id").asText()).isNotEqualTo(id);
        assertThat(listed("sessions")).filteredOn(session -> session.path("id").asText().equals(id)).singleElement()
                .satisfies(session -> assertThat(session.path("status").asText()).isEqualTo("RESERVATION"));
    }

    @Test
    void aReservationThatReplacesAnotherIsTheSameSession_CMD18_CMD19() {
        String first = carriedOut("RESERVE_NOW", reserve(), "ACCEPTED");
        JsonNode before = onlySession("RESERVATION");

        carriedOut("RESERVE_NOW", reserve().put("authorization_reference", "REF-2"), "ACCEPTED");

        await().atMost(SOON).untilAsserted(() -> assertThat(onlySession("RESERVATION").path("authorization_reference").asText()).isEqualTo("REF-2"));
        assertThat(onlySession("RESERVATION").path("id")).isEqualTo(before.path("id"));
        // The first is no reservation any more: that it ends says nothing about the second.
        reported(first, "CANCELED_RESERVATION");
        assertThat(onlySession("RESERVATION").path("id")).isEqualTo(before.path("id"));
    }

    @Test
    void aCancelledReservationIsCompleted_SES05() {
        carriedOut("RESERVE_NOW", reserve(), "ACCEPTED");
        String id = pushed("RESERVATION").path("id").asText();
        cancelled("FAILED");
        onlySession("RESERVATION");

        cancelled("ACCEPTED");

        JsonNode over = pushed("COMPLETED");
        assertThat(over.path("id").asText()).isEqualTo(id);
        assertThat(over.has("end_date_time")).isTrue();
        assertThat(SchemaCheck.check("Session", over, Mode.FULL)).isEmpty();
        assertThat(listed("cdrs")).isEmpty();
        started("TX-1", uid, now);
        assertThat(pushed("ACTIVE").path("id").asText()).isNotEqualTo(id);
    }

    @Test
    void aReservationThatTheCpoCancelsIsCompleted_SES05_CMD08() {
        String command = carriedOut("RESERVE_NOW", reserve(), "ACCEPTED");
        String id = pushed("RESERVATION").path("id").asText();

        reported(command, "CANCELED_RESERVATION");

        assertThat(pushed("COMPLETED").path("id").asText()).isEqualTo(id);
        reported(command, "ACCEPTED");
        assertThat(onlySession("COMPLETED").path("id").asText()).isEqualTo(id);
    }

    @Test
    void anExpiredReservationIsCompleted_SES05() {
        carriedOut("RESERVE_NOW", reserve(), "ACCEPTED");
        String id = pushed("RESERVATION").path("id").asText();

        moved("until = now() - interval '2 minutes'");

        assertThat(pushed("COMPLETED").path("id").asText()).isEqualTo(id);
    }
}
