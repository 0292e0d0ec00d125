package org.roaminghub.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.FakePlatform.Asked;
import org.roaminghub.modules.FakePlatform.Said;
import org.roaminghub.ocpi.PartyId;

/** Requests for other parties: directed, broadcast, open routing, GET ALL (chapter transport_and_format, message routing). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class RoutingIT {
    private static final String TIME = "2026-03-01T10:00:00Z";

    @Inject
    Partners221 partners;
    @Inject
    Jdbi jdbi;

    private FakePlatform alpha;
    private FakePlatform tcp;

    @BeforeEach
    void connected() {
        partners.connect();
        alpha = FakePlatform.start();
        tcp = FakePlatform.start();
        partners.connect("alpha", alpha, "receiver/locations", "receiver/tariffs", "receiver/sessions", "receiver/cdrs", "sender/tokens");
        partners.connect("tcp", tcp, "sender/locations", "sender/tariffs", "sender/sessions", "sender/cdrs", "receiver/tokens");
    }

    @AfterEach
    void stopped() {
        // Others must not find a hub that pushes to servers that are gone.
        partners.connect();
        alpha.close();
        tcp.close();
    }

    private static Platform cpo() {
        return Partners221.tcp().route("NL*TCP", "DE*ALP");
    }

    private static Platform emsp() {
        return Partners221.alpha().route("DE*ALP", "NL*TCP");
    }

    @Test
    void aDirectedPushIsForwardedWithBothPartiesUnchanged_ROUTE04_ROUTE05_ROUTE06() {
        String id = Bodies.newId("SES");
        ObjectNode session = Bodies.session(id, TIME).put("kwh", 1);

        Answer answer = cpo().put("receiver/sessions/NL/TCP/" + id, session).is(200, 1000);

        Asked arrived = alpha.awaits(request -> request.path().endsWith(id));
        assertThat(arrived.route()).isEqualTo("NL*TCP > DE*ALP");
        assertThat(arrived.path()).isEqualTo("/ocpi/receiver/sessions/NL/TCP/" + id);
        assertThat(arrived.body()).isEqualTo(session.toString());
        assertThat(answer.header("OCPI-from-country-code") + "*" + answer.header("OCPI-from-party-id")).isEqualTo("DE*ALP");
        assertThat(answer.header("OCPI-to-country-code") + "*" + answer.header("OCPI-to-party-id")).isEqualTo("NL*TCP");
    }

    @Test
    void eachLegHasItsOwnTokenAndRequestIdAndBothTheSameCorrelation_TRANS50_TRANS51() {
        String id = Bodies.newId("SES");

        Answer answer = cpo().with("X-Request-ID", "req-" + id).with("X-Correlation-ID", "cor-" + id).put("receiver/sessions/NL/TCP/" + id, Bodies.session(id, TIME));

        Asked arrived = alpha.awaits(request -> request.path().endsWith(id));
        assertThat(arrived.header("X-Correlation-ID")).isEqualTo("cor-" + id);
        assertThat(arrived.header("X-Request-ID")).isNotEqualTo("req-" + id).matches("[0-9a-f-]{36}");
        assertThat(arrived.header("Authorization")).doesNotContain(Partners221.liveToken("tcp")).startsWith("Token ");
        assertThat(answer.header("X-Request-ID")).isEqualTo("req-" + id);
        assertThat(answer.header("X-Correlation-ID")).isEqualTo("cor-" + id);
    }

    @ParameterizedTest
    @CsvSource({"200, 2001", "200, 2003", "200, 3000", "404, 2003", "201, 1000", "200, 1000"})
    void theReceiversAnswerGoesBackAsItIs_ROUTE23(int http, int code) {
        alpha.answers(Said.envelope(http, code, "{\"said\":\"by the receiver\",\"digits\":1234.567891}"));

        Answer answer = cpo().get("receiver/sessions/NL/TCP/" + Bodies.newId("SES")).is(http, code);

        assertThat(answer.text()).contains("\"said\":\"by the receiver\",\"digits\":1234.567891");
    }

    @Test
    void lastUpdatedPassesUntouched_ROUTE22() {
        String id = Bodies.newId("SES");

        cpo().patch("receiver/sessions/NL/TCP/" + id, "{\"kwh\":2.50,\"last_updated\":\"2026-03-01T10:00:00.120Z\"}").is(200, 1000);

        assertThat(alpha.awaits(request -> request.method().equals("PATCH")).body()).isEqualTo("{\"kwh\":2.50,\"last_updated\":\"2026-03-01T10:00:00.120Z\"}");
    }

    @Test
    void anUnknownReceiverIs4001_TRANS45_ROUTE24_A36() {
        String id = Bodies.newId("SES");

        Partners221.tcp().route("NL*TCP", "FR*XXX").put("receiver/sessions/NL/TCP/" + id, Bodies.session(id, TIME)).is(200, 4001);
    }

    @Test
    void aReceiverWithoutAgreementLooksLikeAnUnknownOne_D12() {
        String id = Bodies.newId("SES");

        String foreign = Partners221.tcp().route("NL*TCP", "BE*STR").put("receiver/sessions/NL/TCP/" + id, Bodies.session(id, TIME)).is(200, 4001).message();
        String absent = Partners221.tcp().route("NL*TCP", "BE*XXX").put("receiver/sessions/NL/TCP/" + id, Bodies.session(id, TIME)).is(200, 4001).message();

        assertThat(foreign.replace("BE*STR", "?")).isEqualTo(absent.replace("BE*XXX", "?"));
    }

    @Test
    void aReceiverThatDoesNotAnswerIs4002_TRANS45() {
        alpha.answers(Said.ok().after(Duration.ofSeconds(4)));

        cpo().get("receiver/sessions/NL/TCP/" + Bodies.newId("SES")).is(200, 4002);
    }

    @Test
    void aReceiverThatIsNotThereIs4003_TRANS45() {
        alpha.close();

        cpo().get("receiver/sessions/NL/TCP/" + Bodies.newId("SES")).is(200, 4003);
    }

    @Test
    void aReceiverThatNeverRegisteredIs4003_TRANS45() {
        partners.forget("alpha");

        cpo().get("receiver/sessions/NL/TCP/" + Bodies.newId("SES")).is(200, 4003);
    }

    @Test
    void aReceiverThatRefusesTheHubsTokenIsNotTheRequestersFault_ROUTE24() {
        alpha.answers(Said.envelope(401, 2000, null));

        cpo().get("receiver/sessions/NL/TCP/" + Bodies.newId("SES")).is(200, 4003);
    }

    @Test
    void anAnswerThatIsNoOcpiIs4000_TRANS45() {
        alpha.answers(Said.bare(500, "<html>"));

        cpo().get("receiver/sessions/NL/TCP/" + Bodies.newId("SES")).is(200, 4000).tellsNothingOfTheInside();
    }

    @Test
    void anInterfaceThatTheReceiverDoesNotHaveIs4000_ROUTE27() {
        Partners221.alpha().route("DE*ALP", "NL*TCP").get("receiver/tokens/DE/ALP/X").is(200, 1000);
        partners.connect("tcp", tcp, "sender/locations");

        Partners221.alpha().route("DE*ALP", "NL*TCP").get("receiver/tokens/DE/ALP/X").is(200, 4000);
    }

    @Test
    void fromMustBeAPartyOfTheCaller_A20() {
        Partners221.tcp().route("DE*ALP", "NL*HUB").get("sender/tokens").is(200, 2001).tells("OCPI-from");
    }

    @Test
    void theOwnerInTheUrlOfADirectedPushIsTheSender_A20() {
        String id = Bodies.newId("SES");

        cpo().put("receiver/sessions/NL/ACM/" + id, Bodies.session(id, TIME)).is(200, 2001).tells("country_code, party_id");

        assertThat(alpha.asked(request -> request.path().contains(id))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OCPI-to-party-id, ALP", "OCPI-to-country-code, DE"})
    void halfAnAddressIsNone_A27(String header, String value) {
        Partners221.tcp().with(header, value).get("sender/tokens").is(200, 2001).tells("is missing");
    }

    @Test
    void errorsCarryRoutingHeadersToo_ROUTE26() {
        Answer answer = Partners221.tcp().route("NL*TCP", "FR*XXX").get("sender/tokens").is(200, 4001);

        assertThat(answer.header("OCPI-to-party-id")).isEqualTo("TCP");
        assertThat(answer.header("OCPI-from-party-id")).isEqualTo("HUB");
    }

    @Test
    void cdrsAndSessionsAreNotBroadcast_ROUTE13_A35() {
        String id = Bodies.newId("SES");

        Partners221.tcp().route("NL*TCP", "NL*HUB").put("receiver/sessions/NL/TCP/" + id, Bodies.session(id, TIME)).is(200, 2001);
        Partners221.tcp().route("NL*TCP", "NL*HUB").post("receiver/cdrs", Bodies.cdr(id, TIME)).is(200, 2001);

        assertThat(alpha.asked(request -> request.path().contains("sessions") || request.path().contains("cdrs"))).isEmpty();
    }

    @Test
    void aBroadcastIsAnsweredByTheHubAndSentToTheOtherSide_ROUTE07_ROUTE08_ROUTE09_ROUTE12_ROUTE14() {
        String id = Bodies.newId("TAR");

        Answer answer = Partners221.tcp().route("NL*TCP", "NL*HUB").put("receiver/tariffs/NL/TCP/" + id, Bodies.tariff(id, TIME)).is(201, 1000);

        assertThat(answer.header("OCPI-from-party-id")).isEqualTo("HUB");
        assertThat(answer.header("OCPI-to-party-id")).isEqualTo("TCP");
        Asked arrived = alpha.awaits(request -> request.path().endsWith(id));
        assertThat(arrived.route()).isEqualTo("NL*HUB > DE*ALP");
        assertThat(arrived.path()).isEqualTo("/ocpi/receiver/tariffs/NL/TCP/" + id);
        assertThat(tcp.asked(request -> request.path().contains(id))).isEmpty();
    }

    @Test
    void anOpenPushIsBroadcastTheSameWay_ROUTE15_ROUTE16() {
        String id = Bodies.newId("TAR");

        Partners221.tcp().route("NL*TCP", null).put("receiver/tariffs/NL/TCP/" + id, Bodies.tariff(id, TIME)).is(201, 1000);

        assertThat(alpha.awaits(request -> request.path().endsWith(id)).route()).isEqualTo("NL*HUB > DE*ALP");
    }

    @Test
    void anOpenSessionGoesToTheEmspOfItsTokenFromItsCpo_ROUTE16() {
        String id = Bodies.newId("SES");

        Partners221.tcp().route("NL*TCP", null).put("receiver/sessions/NL/TCP/" + id, Bodies.session(id, TIME)).is(201, 1000);

        assertThat(alpha.awaits(request -> request.path().endsWith(id)).route()).isEqualTo("NL*TCP > DE*ALP");
    }

    @Test
    void aBroadcastThatFailsIsNotTheSendersProblem_A34_ROUTE23() {
        String id = Bodies.newId("TAR");
        alpha.answers(Said.envelope(200, 2001, null));

        Partners221.tcp().route("NL*TCP", "NL*HUB").put("receiver/tariffs/NL/TCP/" + id, Bodies.tariff(id, TIME)).is(201, 1000);
        alpha.awaits(request -> request.path().endsWith(id));
    }

    @Test
    void getAllMergesWhatTheHubHolds_ROUTE19_ROUTE20_ROUTE21() {
        String id = Bodies.newId("TAR");
        Partners221.tcp().put("receiver/tariffs/NL/TCP/" + id, Bodies.tariff(id, Bodies.newDay().toString()));

        Answer answer = Partners221.alpha().route("DE*ALP", "NL*HUB").get("sender/tariffs?limit=500").is(200, 1000);

        assertThat(answer.ids()).contains(id);
        assertThat(answer.data()).allMatch(tariff -> tariff.has("country_code") && tariff.has("party_id"));
        assertThat(answer.header("OCPI-from-party-id")).isEqualTo("HUB");
    }

    @Test
    void aListIsNotAskedOpenly_ROUTE17_ROUTE18() {
        Partners221.alpha().route("DE*ALP", null).get("sender/tariffs").is(200, 2001).tells("OCPI-to");
    }

    @Test
    void aListOfOneCpoIsAskedOfThatCpoAndWalkedThroughTheHub_ROUTE05_A31() {
        tcp.answers(request -> request.path().equals("/ocpi/sender/locations")
                ? Said.data("[{\"id\":\"FIRST\"}]").with("Link", "<" + tcp.url("/next/page?of=theirs&limit=1") + ">; rel=\"next\"")
                : Said.data("[{\"id\":\"SECOND\"}]"));

        Answer first = emsp().get("sender/locations?limit=1&date_from=2026-01-01T00:00:00Z").is(200, 1000);

        assertThat(first.ids()).containsExactly("FIRST");
        assertThat(tcp.awaits(request -> request.path().equals("/ocpi/sender/locations")).query()).isEqualTo("limit=1&date_from=2026-01-01T00:00:00Z");
        String next = first.next().orElseThrow();
        assertThat(next).startsWith("http://localhost:").contains("/ocpi/2.2.1/relayed/locations/").doesNotContain("theirs");
        assertThat(emsp().get(path(next)).is(200, 1000).ids()).containsExactly("SECOND");
        assertThat(tcp.awaits(request -> request.path().equals("/next/page")).query()).isEqualTo("of=theirs&limit=1");
        Partners221.beta().get(path(next)).is(404, 2003);
    }

    @Test
    void aDirectedCdrIsReadableAtTheHubsUrlByItsCpoAlone_CDR08_CDR09_A31() {
        String id = Bodies.newId("CDR");
        ObjectNode cdr = Bodies.cdr(id, TIME);
        alpha.answers(request -> request.method().equals("POST") ? Said.envelope(201, 1000, null).with("Location", "/mine/" + id) : Said.data(cdr.toString()));

        Answer posted = cpo().post("receiver/cdrs", cdr).is(201, 1000);

        String url = posted.header("Location");
        assertThat(url).contains("/ocpi/2.2.1/relayed/cdrs/").doesNotContain("/mine/");
        assertThat(cpo().get(path(url)).is(200, 1000).data()).isEqualTo(cdr);
        assertThat(alpha.awaits(request -> request.path().equals("/mine/" + id)).route()).isEqualTo("NL*TCP > DE*ALP");
        Partners221.alpha().get(path(url)).is(404, 2000);
    }

    @Test
    void aDirectedCdrIsKeptAsDelivered_D4() {
        String id = Bodies.newId("CDR");
        alpha.answers(request -> Said.envelope(201, 1000, null).with("Location", alpha.url("/stored/" + id)));

        cpo().post("receiver/cdrs", Bodies.cdr(id, TIME)).is(201, 1000);

        String state = jdbi.withHandle(handle -> handle.select("select state || ' ' || url_at_partner from cdr_handover where owner = 'NL*TCP' and id = ?", id).mapTo(String.class).one());
        assertThat(state).isEqualTo("DELIVERED " + alpha.url("/stored/" + id));
        assertThat(Partners221.alpha().route("DE*ALP", "NL*HUB").get("sender/cdrs?limit=500").ids()).contains(id);
        assertThat(alpha.asked(request -> request.method().equals("POST"))).hasSize(1);
    }

    @Test
    void aDirectedCdrThatIsRefusedIsNotKept_ROUTE23() {
        String id = Bodies.newId("CDR");
        alpha.answers(Said.envelope(200, 2001, null));

        cpo().post("receiver/cdrs", Bodies.cdr(id, TIME)).is(200, 2001);

        assertThat(jdbi.<Integer, RuntimeException>withHandle(handle -> handle.select("select count(*) from document where spelled = ?", id).mapTo(Integer.class).one())).isZero();
    }

    @Test
    void aDirectedLocationIsNotInTheSharedStore_A28() {
        String id = Bodies.newId("LOC");

        cpo().put("receiver/locations/NL/TCP/" + id, Bodies.location(id, TIME)).is(200, 1000);

        alpha.awaits(request -> request.path().endsWith(id));
        Partners221.alpha().route("DE*ALP", null).get("sender/locations/" + id).is(404, 2003);
    }

    @Test
    void aCpoWithoutOcpiIsServedByTheHub_ROUTE05_ROUTE25() {
        Answer answer = Partners221.alpha().route("DE*ALP", "NL*ACM").get("sender/locations").is(200, 1000);

        assertThat(answer.data()).allMatch(location -> PartyId.of(location.path("country_code").asText(), location.path("party_id").asText()).equals(PartyId.of("NL", "ACM")));
    }

    @Test
    void malformedJsonGoesNowhere_TRANS33() {
        cpo().put("receiver/sessions/NL/TCP/BROKEN", "{\"id\":").is(400, 2001);

        assertThat(alpha.asked(request -> request.path().endsWith("BROKEN"))).isEmpty();
    }

    private static String path(String url) {
        return url.substring(url.indexOf("/ocpi/"));
    }
}
