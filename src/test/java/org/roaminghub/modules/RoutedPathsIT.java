package org.roaminghub.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.FakePlatform.Asked;
import org.roaminghub.modules.FakePlatform.Said;
import org.roaminghub.ocpi.Endpoint;
import org.roaminghub.ocpi.InterfaceRole;

/** A partner that means harm to another behind the hub: it reaches what the agreement is about and nothing else (D12). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class RoutedPathsIT {
    private static final String TIME = "2026-03-01T10:00:00Z";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Inject
    Partners221 partners;
    @Inject
    Jdbi jdbi;

    /** Tells this test's requests from what lanes and pulls bring meanwhile. */
    private final String correlation = Bodies.newId("attack");
    private final Predicate<Asked> mine = request -> correlation.equals(request.header("X-Correlation-ID"));
    private FakePlatform alpha;
    private FakePlatform tcp;
    private FakePlatform stranger;

    @BeforeEach
    void connected() {
        partners.connect();
        alpha = FakePlatform.start();
        tcp = FakePlatform.start();
        stranger = FakePlatform.start();
        partners.connect("alpha", alpha, "receiver/locations", "receiver/tariffs", "receiver/sessions", "receiver/cdrs", "sender/tokens", "sender/commands", "sender/chargingprofiles");
        partners.connect("tcp", tcp, "sender/locations", "sender/tariffs", "sender/sessions", "sender/cdrs", "receiver/tokens", "receiver/commands", "receiver/chargingprofiles");
        partners.connect("stranger", stranger, "receiver/sessions", "receiver/cdrs");
    }

    @AfterEach
    void stopped() {
        partners.connect();
        alpha.close();
        tcp.close();
        stranger.close();
    }

    private Platform cpo() {
        return Partners221.tcp().route("NL*TCP", "DE*ALP").with("X-Correlation-ID", correlation);
    }

    private Platform emsp() {
        return Partners221.alpha().route("DE*ALP", "NL*TCP").with("X-Correlation-ID", correlation);
    }

    /** The path goes out as it is written here. */
    private HttpRequest.Builder raw(String partner, String from, String to, String path) {
        String token = Base64.getEncoder().encodeToString(Partners221.liveToken(partner).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path)).timeout(Duration.ofSeconds(30)).header("Authorization", "Token " + token)
                .header("OCPI-from-country-code", from.substring(0, 2)).header("OCPI-from-party-id", from.substring(3))
                .header("OCPI-to-country-code", to.substring(0, 2)).header("OCPI-to-party-id", to.substring(3)).header("X-Correlation-ID", correlation);
    }

    private static HttpResponse<String> sent(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/NL/TCP/../../../../credentials", "/NL/TCP/%2e%2e/%2e%2e/%2E%2E/credentials", "/NL/TCP/x%2f..%2f..%2f..%2f..%2fcredentials", "/NL/TCP/..%2fcredentials",
        "/NL/TCP/..;/..;x=1/credentials", "/NL/TCP/..%5c..%5ccredentials", "/NL/TCP/%252e%252e/%252e%252e/credentials", "/NL/TCP/.."})
    void aDirectedPathStaysBelowTheInterfaceOfItsModule_D12(String path) {
        HttpResponse<String> answer = sent(raw("tcp", "NL*TCP", "DE*ALP", "/ocpi/2.2.1/receiver/sessions" + path).DELETE().build());

        assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
        assertThat(alpha.asked(mine)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sender/tokens/%2e%2e/authorize", "/sender/tokens/../authorize", "/sender/tokens/..%2f..%2fcredentials%3f/authorize"})
    void theUidOfACardLeadsNowhereElse_D12(String path) {
        HttpResponse<String> answer = sent(raw("tcp", "NL*TCP", "DE*ALP", "/ocpi/2.2.1" + path).POST(BodyPublishers.noBody()).build());

        assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
        assertThat(alpha.asked(mine)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2e%2e", "..%2f..", "."})
    void theSessionOfAProfileLeadsNowhereElse_D12(String session) {
        HttpResponse<String> answer = sent(raw("alpha", "DE*ALP", "NL*TCP", "/ocpi/2.2.1/receiver/chargingprofiles/" + session + "?response_url=https%3A%2F%2Falpha.example%2F1").DELETE().build());

        assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
        assertThat(tcp.asked(mine)).isEmpty();
    }

    @Test
    void anIdMayHaveDotsAndSlashes_A19() {
        HttpResponse<String> answer = sent(raw("tcp", "NL*TCP", "DE*ALP", "/ocpi/2.2.1/receiver/sessions/NL/TCP/a%2Fb..c%20*.%25d...").GET().build());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(alpha.awaits(mine).path()).isEqualTo("/ocpi/receiver/sessions/NL/TCP/a%2Fb..c%20*.%25d...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//ocpi/2.2.1/sender/locations", "/./ocpi/2.2.1/sender/locations", "/x/../ocpi/2.2.1/sender/locations", "/%6Fcpi/2.2.1/sender/locations",
        "/ocpi//2.2.1/sender/locations", "/ocpi;x/2.2.1/sender/locations", "/ocpi/2.2.1/credentials/../sender/locations", "//backend/v1/tokens", "/%62ackend/v1/tokens",
        "//ocpi/versions", "//api/v1/partners", "/%61pi/v1/partners", "/api;x/v1/partners"})
    void noSpellingOfAPathIsAWayInWithoutAToken_D12(String path) {
        HttpResponse<String> answer = sent(HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path)).GET().build());

        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401, 404);
    }

    @Test
    void aModuleWrittenInAnotherWayIsNoWayAround_D12() {
        HttpResponse<String> answer = sent(raw("tcp", "NL*TCP", "DE*ALP", "/ocpi/2.2.1/receiver/session%73/NL/TCP/X").GET().build());

        assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
        assertThat(alpha.asked(mine.and(request -> !request.path().equals("/ocpi/receiver/sessions/NL/TCP/X")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%7C", "|", "%", "%zz", "%C3", "%00", "a#b", "a[b]", "{x}"})
    void anOddPathIsNoFaultOfTheHub(String id) throws IOException {
        String token = Base64.getEncoder().encodeToString(Partners221.liveToken("tcp").getBytes(StandardCharsets.UTF_8));
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(("GET /ocpi/2.2.1/receiver/sessions/NL/TCP/" + id + " HTTP/1.1\r\nHost: hub\r\nAuthorization: Token " + token
                    + "\r\nOCPI-from-country-code: NL\r\nOCPI-from-party-id: TCP\r\nOCPI-to-country-code: DE\r\nOCPI-to-party-id: ALP\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).doesNotStartWith("HTTP/1.1 5").doesNotContain("Exception");
        }
    }

    @ParameterizedTest
    @CsvSource({"POST, /ocpi/routed/2.2.1/sender/commands/START_SESSION/1", "PUT, /ocpi/routed/2.2.1/sender/chargingprofiles/S1", "POST, /ocpi/routed/2.2.1/sender/tokens/U1/authorize",
        "GET, /ocpi/routed/2.2.1/anything/sessions/NL/TCP/1", "GET, /ocpi/routed/2.2.1/sender/credentials", "GET, /ocpi/routed/2.2.1/receiver/sessions/NL/TCP/1"})
    void theInnerPathOfDirectedRequestsIsNotServed_D12(String method, String path) {
        cpo().send(method, path, method.equals("GET") ? null : "{\"result\":\"ACCEPTED\"}").is(404, 2000);

        assertThat(alpha.asked(mine)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"credentials", "hubclientinfo", "commands", "nothing"})
    void nothingIsRelayedOfOtherModules(String module) {
        assertThat(cpo().get("/ocpi/2.2.1/relayed/" + module + "/x").http()).isEqualTo(404);
    }

    @Test
    void aRelayedUrlLeadsNowhereWhenTheAgreementHasEnded_D12() {
        String id = Bodies.newId("REL");
        jdbi.useHandle(handle -> handle.execute("insert into relayed_url (id, kind, module, url, used_by, leads_to) values (?, 'CDR', 'cdrs', ?, 'NL*TCP', 'BE*STR')", id, stranger.url("/cdr/1")));

        Partners221.tcp().get("/ocpi/2.2.1/relayed/cdrs/" + id).is(404, 2000);

        assertThat(stranger.asked(request -> true)).isEmpty();
    }

    @Test
    void aDirectedCdrOfAnotherCpoIsRefused_A20() {
        String id = Bodies.newId("CDR");
        ObjectNode forged = Bodies.cdr(id, TIME).put("country_code", "NL").put("party_id", "ACM");

        cpo().post("receiver/cdrs", forged).is(200, 2001).tells("party_id");

        assertThat(alpha.asked(mine)).isEmpty();
        assertThat(jdbi.<Integer, RuntimeException>withHandle(handle -> handle.select("select count(*) from document where spelled = ?", id).mapTo(Integer.class).one())).isZero();
    }

    @Test
    void theOwnerInTheBodyOfADirectedPushIsTheSender_A20() {
        String id = Bodies.newId("SES");

        cpo().put("receiver/sessions/NL/TCP/" + id, Bodies.session(id, TIME).put("party_id", "ACM")).is(200, 2001).tells("party_id");
        cpo().put("receiver/sessions/NL/TCP/" + id, Bodies.session(id, TIME).put("country_code", "nl").put("party_id", "tcp")).is(200, 1000);
    }

    @Test
    void aCdrThatWasIssuedIsNotOverwrittenByADirectedOne_A44() {
        String id = Bodies.newId("CDR");
        ObjectNode cdr = Bodies.cdr(id, TIME);
        cpo().post("receiver/cdrs", cdr).is(200, 1000);
        ObjectNode other = cdr.deepCopy();
        other.put("remark", "another");

        cpo().post("receiver/cdrs", other).is(200, 1000);

        assertThat(jdbi.<String, RuntimeException>withHandle(handle -> handle.select("select body from document where spelled = ?", id).mapTo(String.class).one()))
                .doesNotContain("another");
    }

    @Test
    void aCdrThatIsSentDirectlyIsNotDeliveredAgain_D4() {
        String id = Bodies.newId("CDR");
        // The eMSP does not take it from the hub.
        alpha.answers(request -> request.route().startsWith("NL*TCP") && request.header("X-Correlation-ID").equals("direct") ? Said.ok() : Said.envelope(500, 3000, null));
        Partners221.tcp().route("NL*TCP", null).post("receiver/cdrs", Bodies.cdr(id, TIME)).is(201, 1000);
        alpha.awaits(request -> request.path().endsWith("/cdrs"));
        await().until(() -> state(id).matches("READY|IN_DOUBT|REJECTED"));

        cpo().with("X-Correlation-ID", "direct").post("receiver/cdrs", Bodies.cdr(id, TIME)).is(200, 1000);

        assertThat(state(id)).isEqualTo("DELIVERED");
    }

    private String state(String cdr) {
        return jdbi.withHandle(handle -> handle.select("select state from cdr_handover where owner = 'NL*TCP' and id = ?", cdr).mapTo(String.class).one());
    }

    @Test
    void ofSeveralLinksTheNextOneIsFollowed_TRANS17() {
        tcp.answers(request -> request.path().equals("/next") ? Said.data("[{\"id\":\"SECOND\"}]")
                : Said.data("[]").with("Link", "<" + tcp.url("/first") + ">; rel=\"first\", <" + tcp.url("/next") + ">; rel=\"next\""));

        String next = emsp().get("sender/locations").is(200, 1000).next().orElseThrow();

        assertThat(emsp().get(URI.create(next).getPath()).is(200, 1000).ids()).containsExactly("SECOND");
    }

    @Test
    void urlsAreKeptForWhatCanBeReadAgain_A31() {
        alpha.answers(Said.ok().with("Location", "/else/where"));

        Answer answer = cpo().get("receiver/sessions/NL/TCP/" + Bodies.newId("SES")).is(200, 1000);

        assertThat(answer.header("Location")).isNull();
        assertThat(jdbi.<Integer, RuntimeException>withHandle(handle -> handle.select("select count(*) from relayed_url where url = ?", alpha.url("/else/where")).mapTo(Integer.class).one())).isZero();
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "307", "308"})
    void aRedirectOfTheReceiverIsNotPassedOn_A13(int http) {
        alpha.answers(Said.envelope(http, 1000, null).with("Location", "http://10.0.0.1/inside"));

        Answer answer = cpo().get("receiver/sessions/NL/TCP/" + Bodies.newId("SES")).is(200, 4000);

        assertThat(answer.header("Location")).isNull();
    }

    @Test
    void nothingOfTheReceiversMachineGoesToTheRequester_D12() {
        alpha.answers(Said.ok().with("Set-Cookie", "session=of-the-hub"));
        assertThat(cpo().get("receiver/sessions/NL/TCP/1").is(200, 1000).header("Set-Cookie")).isNull();
        int port = URI.create(alpha.url("/")).getPort();
        alpha.close();

        assertThat(cpo().get("receiver/tariffs/NL/TCP/1").is(200, 4003).text()).doesNotContain("127.0.0.1").doesNotContain(Integer.toString(port)).doesNotContain("localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001f\u008b\u0008garbage", "<html>", "{\"status_code\":\"1000\"}", "{\"status_code\":1e99}", "{\"status_code\":1000", "[1000]", "\"text\""})
    void anAnswerThatIsNoEnvelopeStaysWithTheHub_TRANS45(String body) {
        alpha.answers(Said.bare(200, body));

        cpo().get("receiver/sessions/NL/TCP/1").is(200, 4000);
    }

    @Test
    void anEndlessOrDeepAnswerStaysWithTheHub_TRANS45() {
        alpha.answers(request -> mine.test(request) ? Said.data("\"" + "x".repeat(5_000_000) + "\"") : Said.ok());
        assertThat(cpo().get("receiver/sessions/NL/TCP/1").http()).isEqualTo(200);
        alpha.answers(request -> mine.test(request) ? Said.data("[".repeat(100_000) + "]".repeat(100_000)) : Said.ok());
        cpo().get("receiver/tariffs/NL/TCP/1").is(200, 4000);
    }

    @Test
    void aSilentPartnerHoldsNobodyElsesRequests() {
        tcp.answers(Said.ok().after(Duration.ofSeconds(3)));
        List<CompletableFuture<HttpResponse<String>>> waiting = IntStream.range(0, 250)
                .mapToObj(number -> HTTP.sendAsync(raw("alpha", "DE*ALP", "NL*TCP", "/ocpi/2.2.1/sender/locations/L" + number).GET().build(), BodyHandlers.ofString())).toList();
        tcp.awaits(request -> request.path().contains("/locations/"));

        for (int number = 0; number < 5; number++) {
            cpo().get("receiver/sessions/NL/TCP/" + number).is(200, 1000);
        }

        assertThat(waiting.stream().filter(asked -> !asked.isDone()).count()).as("others are answered while these still wait").isGreaterThan(200);
        assertThat(waiting.stream().map(CompletableFuture::join).map(HttpResponse::statusCode)).containsOnly(200);
    }

    @Test
    void aCardIsMaskedInTheLogWhateverThePathOfThePartner_D11() {
        partners.connect("tcp", List.of(new Endpoint("tokens", InterfaceRole.RECEIVER, tcp.url("/cards"))));
        String uid = Bodies.newId("UID");

        emsp().put("receiver/tokens/DE/ALP/" + uid, Bodies.token(uid, TIME)).is(200, 1000);
        emsp().get("receiver/tokens/DE/ALP/" + uid).is(200, 1000);

        await().until(() -> logged("/cards/") >= 2);
        assertThat(logged(uid)).isZero();
    }

    private int logged(String part) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from exchange where position(:part in path || coalesce(object, '') || coalesce(request_body, '')) > 0")
                .bind("part", part).mapTo(Integer.class).one());
    }
}
