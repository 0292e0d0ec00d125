package org.roaminghub.modules.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Answer;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.FakePlatform;
import org.roaminghub.modules.FakePlatform.Asked;
import org.roaminghub.modules.FakePlatform.Said;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;

/** Commands of an eMSP to an OCPI CPO platform through the hub, and their results on the way back (mod_commands). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class CommandsIT {
    private static final String TIME = "2026-03-01T10:00:00Z";

    @Inject
    Partners221 partners;
    @Inject
    Jdbi jdbi;

    private FakePlatform alpha;
    private FakePlatform tcp;
    private String location;

    @BeforeEach
    void connected() {
        partners.connect();
        alpha = FakePlatform.start();
        tcp = FakePlatform.start();
        partners.connect("alpha", alpha, "sender/commands");
        partners.connect("tcp", tcp, "receiver/commands");
        location = Bodies.newId("LOC");
        Partners221.tcp().put("receiver/locations/NL/TCP/" + location, Bodies.location(location, TIME)).is(201, 1000);
        tcp.answers(request -> request.path().contains("/commands/") ? Said.data("{\"result\":\"ACCEPTED\",\"timeout\":30}") : Said.ok());
    }

    @AfterEach
    void stopped() {
        partners.connect();
        alpha.close();
        tcp.close();
    }

    private static Platform emsp() {
        return Partners221.alpha().route("DE*ALP", "NL*TCP");
    }

    private static Platform emspOpen() {
        return Partners221.alpha().route("DE*ALP", null);
    }

    private ObjectNode start(String responsePath) {
        ObjectNode start = Bodies.object("{\"response_url\":\"%s\",\"location_id\":\"%s\",\"evse_uid\":\"E1\",\"authorization_reference\":\"REF-1\",\"x_own\":1.50}",
                alpha.url(responsePath), location);
        start.set("token", Bodies.token(Bodies.newId("UID"), TIME));
        return start;
    }

    private ObjectNode reserve(String reservation, String responsePath) {
        ObjectNode reserve = start(responsePath);
        return reserve.put("expiry_date", Instant.now().plus(Duration.ofHours(1)).toString().substring(0, 19) + "Z").put("reservation_id", reservation);
    }

    private static Predicate<Asked> command(String name) {
        return request -> request.path().equals("/ocpi/receiver/commands/" + name);
    }

    private static Predicate<Asked> at(String path) {
        return request -> request.path().equals(path);
    }

    private static String responseUrl(Asked command) {
        String url = command.json().path("response_url").asText();
        return url.substring(url.indexOf("/ocpi/"));
    }

    @Test
    void aCommandGoesToItsCpoAndTheResultBackToTheEmsp_CMD01_CMD03_CMD28_A31_A32() {
        Answer answer = emsp().with("X-Correlation-ID", "corr-1").post("receiver/commands/START_SESSION", start("/results/1?of=mine")).is(200, 1000);

        assertThat(answer.data().path("result").asText()).isEqualTo("ACCEPTED");
        assertThat(answer.data().path("timeout").asInt()).isEqualTo(30);
        assertThat(answer.header("OCPI-from-party-id")).isEqualTo("TCP");
        Asked sent = tcp.awaits(command("START_SESSION"));
        assertThat(sent.route()).isEqualTo("DE*ALP > NL*TCP");
        assertThat(sent.header("X-Correlation-ID")).isEqualTo("corr-1");
        assertThat(sent.body()).contains("\"x_own\":1.50").doesNotContain(alpha.url(""));
        assertThat(sent.json().path("response_url").asText()).startsWith("http://localhost:").hasSizeLessThanOrEqualTo(255);

        Partners221.tcp().route("NL*TCP", "DE*ALP").post(responseUrl(sent), "{\"result\":\"ACCEPTED\",\"x_digits\":1.10}").is(200, 1000);

        Asked result = alpha.awaits(at("/results/1"));
        assertThat(result.method()).isEqualTo("POST");
        assertThat(result.query()).isEqualTo("of=mine");
        assertThat(result.body()).isEqualTo("{\"result\":\"ACCEPTED\",\"x_digits\":1.10}");
        assertThat(result.route()).isEqualTo("NL*TCP > DE*ALP");
        assertThat(result.header("X-Correlation-ID")).isEqualTo("corr-1");
    }

    @Test
    void twoCommandsGetTwoUrls_CMD04() {
        emsp().post("receiver/commands/START_SESSION", start("/results/a"));
        emsp().post("receiver/commands/START_SESSION", start("/results/b"));

        assertThat(tcp.asked(command("START_SESSION")).stream().map(CommandsIT::responseUrl).distinct()).hasSize(2);
    }

    @Test
    void aWrappedResultIsPassedOnBare_CMD28_A60() {
        emsp().post("receiver/commands/START_SESSION", start("/results/wrapped"));

        Partners221.tcp().post(responseUrl(tcp.awaits(command("START_SESSION"))), "{\"data\":{\"result\":\"FAILED\"},\"status_code\":1000,\"timestamp\":\"2026-01-01T00:00:00Z\"}").is(200, 1000);

        assertThat(alpha.awaits(at("/results/wrapped")).body()).isEqualTo("{\"result\":\"FAILED\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCEPTED", "CANCELED_RESERVATION", "EVSE_OCCUPIED", "EVSE_INOPERATIVE", "FAILED", "NOT_SUPPORTED", "REJECTED", "TIMEOUT", "UNKNOWN_RESERVATION"})
    void everyResultOfTheEnumIsTaken_CMD07(String result) {
        String path = "/results/" + result;
        emsp().post("receiver/commands/START_SESSION", start(path));

        Partners221.tcp().post(responseUrl(tcp.awaits(command("START_SESSION"))), "{\"result\":\"" + result + "\"}").is(200, 1000);

        assertThat(alpha.awaits(at(path)).json().path("result").asText()).isEqualTo(result);
    }

    @Test
    void aMessageInSeveralLanguagesStays_CMD27() {
        String result = "{\"result\":\"REJECTED\",\"message\":[{\"language\":\"en\",\"text\":\"no\"},{\"language\":\"nl\",\"text\":\"nee\"}]}";
        emsp().post("receiver/commands/START_SESSION", start("/results/languages"));

        Partners221.tcp().post(responseUrl(tcp.awaits(command("START_SESSION"))), result).is(200, 1000);

        assertThat(alpha.awaits(at("/results/languages")).body()).isEqualTo(result);
    }

    @Test
    void onlyTheCpoThatWasAskedMayAnswer_A31() {
        emsp().post("receiver/commands/START_SESSION", start("/results/foreign"));
        String url = responseUrl(tcp.awaits(command("START_SESSION")));

        Partners221.alpha().post(url, "{\"result\":\"ACCEPTED\"}").is(404, 2000);
        Partners221.lenient().post(url, "{\"result\":\"ACCEPTED\"}").is(404, 2000);
        Partners221.tcp().post(url.substring(0, url.length() - 3) + "xxx", "{\"result\":\"ACCEPTED\"}").is(404, 2000);

        assertThat(alpha.asked(at("/results/foreign"))).isEmpty();
    }

    @Test
    void aFaultyResultIsNamed_CMD07() {
        emsp().post("receiver/commands/START_SESSION", start("/results/faulty"));

        Partners221.tcp().post(responseUrl(tcp.awaits(command("START_SESSION"))), "{\"result\":\"MAYBE\"}").is(200, 2001).tells("result");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REJECTED", "NOT_SUPPORTED", "UNKNOWN_SESSION"})
    void aRefusedCommandIsAnsweredAndWaitsForNothing_CMD01_CMD05_CMD07(String refusal) {
        tcp.answers(request -> Said.data("{\"result\":\"" + refusal + "\",\"timeout\":1}"));

        assertThat(emsp().post("receiver/commands/START_SESSION", start("/results/" + refusal)).is(200, 1000).data().path("result").asText()).isEqualTo(refusal);

        assertThat(state(responseUrl(tcp.awaits(command("START_SESSION"))))).isEqualTo("CLOSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":{\"result\":\"ACCEPTED\",\"result\":\"REJECTED\",\"timeout\":5},\"status_code\":1000,\"timestamp\":\"2026-01-01T00:00:00Z\"}",
        "{\"data\":[[\"ACCEPTED\"]],\"status_code\":1000,\"timestamp\":\"2026-01-01T00:00:00Z\"}"})
    void anAnswerThatCannotBeReadGoesBackAsItIsAndAcceptsNothing_ROUTE23(String envelope) {
        tcp.answers(Said.bare(200, envelope));

        assertThat(emsp().post("receiver/commands/START_SESSION", start("/results/odd")).text()).isEqualTo(envelope);

        assertThat(state(responseUrl(tcp.awaits(command("START_SESSION"))))).isEqualTo("CLOSED");
    }

    @Test
    void twoResultsAtOnceBothArriveAndTheLastSaysHowItEnded_A22() {
        emsp().post("receiver/commands/START_SESSION", start("/results/twice"));
        String url = responseUrl(tcp.awaits(command("START_SESSION")));
        alpha.answers(request -> request.body().contains("ACCEPTED") ? Said.ok().after(Duration.ofMillis(700)) : Said.bare(500, "no").after(Duration.ofMillis(1500)));

        Partners221.tcp().post(url, "{\"result\":\"ACCEPTED\"}").is(200, 1000);
        alpha.awaits(request -> request.body().contains("ACCEPTED"));
        Partners221.tcp().post(url, "{\"result\":\"FAILED\"}").is(200, 1000);

        alpha.awaits(request -> request.body().contains("FAILED"));
        String id = url.substring(url.lastIndexOf('/') + 1);
        await().until(() -> !forward(id).equals("SENDING"));
        assertThat(forward(id)).isEqualTo("FAILED");
        assertThat(alpha.asked(at("/results/twice"))).hasSize(2);
    }

    private String forward(String id) {
        return jdbi.withHandle(handle -> handle.select("select forward from callback where id = ?", id).mapTo(String.class).one());
    }

    @Test
    void aResultThatNeverComesEndsInTimeout_CMD06() {
        tcp.answers(request -> Said.data("{\"result\":\"ACCEPTED\",\"timeout\":0}"));

        emsp().post("receiver/commands/START_SESSION", start("/results/never")).is(200, 1000);

        Asked told = alpha.awaits(at("/results/never"));
        assertThat(told.body()).isEqualTo("{\"result\":\"TIMEOUT\"}");
        assertThat(told.route()).isEqualTo("NL*TCP > DE*ALP");
        String url = responseUrl(tcp.awaits(command("START_SESSION")));
        Partners221.tcp().post(url, "{\"result\":\"ACCEPTED\"}").is(200, 1000);
        assertThat(state(url)).isEqualTo("TIMED_OUT");
        assertThat(alpha.asked(at("/results/never"))).hasSize(1);
    }

    @Test
    void aResultWaitsForAnEmspThatIsAwayForAMoment_CMD03() {
        emsp().post("receiver/commands/START_SESSION", start("/results/later"));
        String url = responseUrl(tcp.awaits(command("START_SESSION")));
        partners.forget("alpha");

        Partners221.tcp().post(url, "{\"result\":\"ACCEPTED\"}").is(200, 1000);
        partners.connect("alpha", alpha, "sender/commands");

        assertThat(alpha.awaits(at("/results/later")).body()).isEqualTo("{\"result\":\"ACCEPTED\"}");
    }

    @Test
    void aResultThatMayHaveArrivedIsNotSentAgain_A22() {
        alpha.answers(request -> Said.ok().after(Duration.ofSeconds(3)));
        emsp().post("receiver/commands/START_SESSION", start("/results/doubt"));
        String url = responseUrl(tcp.awaits(command("START_SESSION")));

        Partners221.tcp().post(url, "{\"result\":\"ACCEPTED\"}").is(200, 1000);

        awaitForward(url, "FAILED");
        assertThat(alpha.asked(at("/results/doubt"))).hasSize(1);
    }

    @Test
    void aReservationThatIsCancelledLaterIsToldAtTheSameUrl_CMD08() {
        emsp().post("receiver/commands/RESERVE_NOW", reserve(Bodies.newId("RES"), "/results/reserved"));
        String url = responseUrl(tcp.awaits(command("RESERVE_NOW")));
        Partners221.tcp().post(url, "{\"result\":\"ACCEPTED\"}").is(200, 1000);
        alpha.awaits(at("/results/reserved"));

        Partners221.tcp().post(url, "{\"result\":\"CANCELED_RESERVATION\"}").is(200, 1000);

        alpha.awaits(request -> request.path().equals("/results/reserved") && request.body().contains("CANCELED_RESERVATION"));
    }

    @ParameterizedTest
    @EnumSource(CommandType.class)
    void theBodyMustFitTheCommand_CMD02_CMD15_CMD21_CMD23(CommandType type) {
        emsp().post("receiver/commands/" + type, "{\"response_url\":\"https://example.com/x\"}").is(200, 2001);

        assertThat(tcp.asked(command(type.name()))).isEmpty();
    }

    @Test
    void anUnknownCommandDoesNotExist_CMD02() {
        emsp().post("receiver/commands/DANCE", "{}").is(404, 2000);
    }

    @ParameterizedTest
    @CsvSource({"GET", "PUT", "PATCH", "DELETE"})
    void onlyPostExists_CMD26(String method) {
        assertThat(emsp().send(method, "receiver/commands/START_SESSION", method.startsWith("P") ? "{}" : null).http()).isEqualTo(405);
    }

    @Test
    void aConnectorNeedsItsEvse_CMD15() {
        ObjectNode start = start("/results/connector").put("connector_id", "1");
        start.remove("evse_uid");

        emsp().post("receiver/commands/START_SESSION", start).is(200, 2001).tells("evse_uid");
    }

    @Test
    void tokensOfOthersAreRefused_CMD14() {
        ObjectNode start = start("/results/stolen");
        ((ObjectNode) start.path("token")).put("party_id", "OTH");

        emsp().post("receiver/commands/START_SESSION", start).is(200, 2001).tells("token.");
    }

    @Test
    void theTokenIsNotCheckedAndNeedNotBeKnown_CMD10_CMD13() {
        ObjectNode start = start("/results/unknown-token");
        ((ObjectNode) start.path("token")).put("valid", false);

        emsp().post("receiver/commands/START_SESSION", start).is(200, 1000);

        assertThat(Partners221.alpha().get("receiver/tokens/DE/ALP/" + start.path("token").path("uid").asText()).http()).isEqualTo(404);
    }

    @Test
    void anAcceptedCommandLeavesAnAuthorisation_CMD11_CMD25_A62() {
        ObjectNode start = start("/results/authorised");

        emsp().post("receiver/commands/START_SESSION", start).is(200, 1000);

        String given = jdbi.withHandle(handle -> handle.select("select method || ' ' || reference || ' ' || location || ' ' || evse_uid from authorisation where cpo = 'NL*TCP' and uid = ?",
                start.path("token").path("uid").asText().toUpperCase(Locale.ROOT)).mapTo(String.class).one());
        assertThat(given).isEqualTo("COMMAND REF-1 " + location.toUpperCase(Locale.ROOT) + " E1");
    }

    @Test
    void withoutAddressTheLocationTellsTheCpo_ROUTE16() {
        emspOpen().post("receiver/commands/START_SESSION", start("/results/open")).is(200, 1000);

        assertThat(tcp.awaits(command("START_SESSION")).route()).isEqualTo("DE*ALP > NL*TCP");
    }

    @Test
    void anUnknownLocationIsToldOnBothLayers_CMD24_TRANS43() {
        Answer answer = emspOpen().post("receiver/commands/START_SESSION", start("/results/nowhere").put("location_id", "NOWHERE")).is(200, 2003);

        assertThat(answer.data().path("result").asText()).isEqualTo("REJECTED");
    }

    @Test
    void anUnknownSessionIsTold_CMD22() {
        Answer answer = emspOpen().post("receiver/commands/STOP_SESSION", Bodies.object("{\"response_url\":\"%s\",\"session_id\":\"NONE\"}", alpha.url("/r"))).is(200, 1000);

        assertThat(answer.data().path("result").asText()).isEqualTo("UNKNOWN_SESSION");
    }

    @Test
    void aStopFindsItsCpoByTheSession_ROUTE16_CMD22() {
        String session = Bodies.newId("SES");
        Partners221.tcp().put("receiver/sessions/NL/TCP/" + session, Bodies.session(session, TIME)).is(201, 1000);

        emspOpen().post("receiver/commands/STOP_SESSION", Bodies.object("{\"response_url\":\"%s\",\"session_id\":\"%s\"}", alpha.url("/r"), session)).is(200, 1000);

        assertThat(tcp.awaits(command("STOP_SESSION")).json().path("session_id").asText()).isEqualTo(session);
    }

    @Test
    void aCancellationFindsTheCpoOfItsReservation_ROUTE16_CMD17() {
        String reservation = Bodies.newId("RES");
        emsp().post("receiver/commands/RESERVE_NOW", reserve(reservation, "/results/r1")).is(200, 1000);

        emspOpen().post("receiver/commands/CANCEL_RESERVATION", Bodies.object("{\"response_url\":\"%s\",\"reservation_id\":\"%s\"}", alpha.url("/r"), reservation)).is(200, 1000);

        assertThat(tcp.awaits(command("CANCEL_RESERVATION")).json().path("reservation_id").asText()).isEqualTo(reservation);
    }

    @Test
    void aCommandToTheHubIsForNobody_A35() {
        Partners221.alpha().route("DE*ALP", "NL*HUB").post("receiver/commands/START_SESSION", start("/r")).is(200, 2001).tells("OCPI-to");
    }

    @Test
    void aCpoThatIsAwayIs4003_ROUTE24() {
        tcp.close();

        emsp().post("receiver/commands/START_SESSION", start("/r")).is(200, 4003);
    }

    @Test
    void aSilentCpoIs4002AndItsResultIsStillWelcome_ROUTE24() {
        partners.connect("tcp", tcp, "receiver/commands");
        tcp.answers(request -> Said.data("{\"result\":\"ACCEPTED\",\"timeout\":30}").after(Duration.ofSeconds(12)));

        emsp().post("receiver/commands/START_SESSION", start("/results/silent")).is(200, 4002);

        Partners221.tcp().post(responseUrl(tcp.awaits(command("START_SESSION"))), "{\"result\":\"ACCEPTED\"}").is(200, 1000);
        assertThat(alpha.awaits(at("/results/silent")).body()).contains("ACCEPTED");
    }

    @Test
    void theCommandsInterfacesAreListed_A61() {
        JsonNode endpoints = Partners221.alpha().get("/ocpi/2.2.1").data().path("endpoints");

        assertThat(endpoints).anyMatch(endpoint -> endpoint.path("identifier").asText().equals("commands") && endpoint.path("role").asText().equals("RECEIVER"));
    }

    private String state(String responseUrl) {
        return column("state", responseUrl);
    }

    private String column(String column, String responseUrl) {
        String id = responseUrl.substring(responseUrl.lastIndexOf('/') + 1);
        return jdbi.withHandle(handle -> handle.select("select " + column + " from callback where id = ?", id).mapTo(String.class).one());
    }

    private void awaitForward(String responseUrl, String expected) {
        Instant deadline = Instant.now().plusSeconds(15);
        while (!column("forward", responseUrl).equals(expected) && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
        }
        assertThat(column("forward", responseUrl)).isEqualTo(expected);
    }
}
