package org.roaminghub.modules.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Answer;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.FakePlatform;
import org.roaminghub.modules.FakePlatform.Asked;
import org.roaminghub.modules.FakePlatform.Said;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;
import org.roaminghub.modules.tokens.Authorisations.Authorisation;
import org.roaminghub.modules.tokens.Authorisations.Method;
import org.roaminghub.ocpi.PartyId;

/** Real-time authorisation between OCPI platforms (chapter mod_tokens). The CPO platform tcp waits one second, its file says. */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class AuthorizeIT {
    private static final String TIME = "2026-03-01T10:00:00Z";
    private static final PartyId TCP = PartyId.of("NL", "TCP");

    @Inject
    Partners221 partners;
    @Inject
    Authorisations authorisations;
    @Inject
    Jdbi jdbi;

    private final String uid = Bodies.newId("TOK");
    private final String path = "sender/tokens/" + uid + "/authorize";
    private FakePlatform alpha;

    @BeforeEach
    void connected() {
        partners.connect();
        alpha = FakePlatform.start();
        partners.connect("alpha", alpha, "sender/tokens");
        alpha.answers(Said.data(info("ALLOWED", token()).toString()));
    }

    @AfterEach
    void stopped() {
        partners.connect();
        alpha.close();
    }

    private static Platform open() {
        return Partners221.tcp().route("NL*TCP", null);
    }

    private static Platform toAlpha() {
        return Partners221.tcp().route("NL*TCP", "DE*ALP");
    }

    private ObjectNode token() {
        return Bodies.token(uid, TIME);
    }

    private static ObjectNode info(String allowed, ObjectNode token) {
        ObjectNode info = Bodies.object("{\"allowed\":\"%s\",\"authorization_reference\":\"REF-1\",\"extra\":{\"digits\":1.230}}", allowed);
        info.set("token", token);
        return info;
    }

    private void pushed() {
        Partners221.alpha().put("receiver/tokens/DE/ALP/" + uid, token()).is(201, 1000);
    }

    private Asked arrived() {
        return alpha.awaits(request -> request.path().endsWith("/authorize"));
    }

    private List<Asked> asked() {
        return alpha.asked(request -> request.path().endsWith("/authorize"));
    }

    @Test
    void theRequestGoesToTheEmspThatPushedTheToken_TOK08_TOK16_A37() {
        pushed();

        Answer answer = open().post(path, null).is(200, 1000);

        assertThat(arrived().path()).isEqualTo("/ocpi/sender/tokens/" + uid + "/authorize");
        assertThat(arrived().query()).isEqualTo("type=RFID");
        assertThat(arrived().body()).isEmpty();
        assertThat(arrived().route()).isEqualTo("NL*TCP > DE*ALP");
        assertThat(answer.text()).contains("\"extra\":{\"digits\":1.230}");
        assertThat(answer.header("OCPI-from-party-id") + " > " + answer.header("OCPI-to-party-id")).isEqualTo("ALP > TCP");
    }

    @Test
    void withoutAnyRoutingHeaderItIsTheSame_ROUTE03_TOK08() {
        pushed();

        Partners221.tcp().post(path, null).is(200, 1000);
    }

    @Test
    void theTypeChoosesAmongTokensOfOneUidAndGoesOn_TOK08_TOK07() {
        Partners221.alpha().put("receiver/tokens/DE/ALP/" + uid + "?type=APP_USER", token().put("type", "APP_USER")).is(201, 1000);

        open().post(path, null).is(404, 2004);
        open().post(path + "?type=APP_USER", null).is(200, 1000);

        assertThat(arrived().query()).isEqualTo("type=APP_USER");
        open().post(path + "?type=CARD", null).is(200, 2001).tells("type: expected one of");
    }

    @Test
    void thePlaceGoesOnAsItWasSent_TOK09_TOK13() {
        pushed();
        String place = "{ \"location_id\": \"LOC1\", \"evse_uids\": [\"E1\"], \"x\": 1.50 }";

        open().post(path, place).is(200, 1000);

        assertThat(arrived().body()).isEqualTo(place);
    }

    @Test
    void aPlaceThatIsNoneIs2001AndNobodyIsAsked_TOK09() {
        pushed();

        open().post(path, "{\"evse_uids\":[\"E1\", 7]}").is(200, 2001).tells("location_id").tells("evse_uids[1]");
        open().post(path, "[]").is(200, 2001);
        open().post(path, "{\"location_id\":").is(400, 2001);

        assertThat(asked()).isEmpty();
    }

    @Test
    void aUidIsPercentEncoded_A19() {
        toAlpha().post("sender/tokens/A%20B%2BC%25/authorize", null).is(200, 1000);

        assertThat(arrived().path()).isEqualTo("/ocpi/sender/tokens/A%20B%2BC%25/authorize");
    }

    @ParameterizedTest
    @CsvSource({"200, 2002", "404, 2004", "200, 2004", "200, 2001", "200, 3000"})
    void whatTheEmspSaysGoesBackAsItIs_TOK10_TOK11_TRANS42_TRANS43_A58(int http, int code) {
        pushed();
        alpha.answers(Said.envelope(http, code, null));

        open().post(path, null).is(http, code);

        assertThat(remembered()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"BLOCKED", "EXPIRED", "NO_CREDIT", "NOT_ALLOWED"})
    void aRefusalNamesTheTokenAndIsNoError_TOK12(String allowed) {
        pushed();
        alpha.answers(Said.data(info(allowed, token()).toString()));

        Answer answer = open().post(path, null).is(200, 1000);

        assertThat(answer.data().path("allowed").asText()).isEqualTo(allowed);
        assertThat(answer.data().path("token")).isEqualTo(token());
        assertThat(remembered()).isEmpty();
    }

    @Test
    void aBare404MeansAnUnknownToken_TOK10_A58() {
        pushed();
        alpha.answers(Said.bare(404, null));

        Answer answer = open().post(path, null).is(404, 2004);

        assertThat(answer.data().isMissingNode()).isTrue();
    }

    @Test
    void aTokenThatNobodyPushedIs404And2004WithoutDataAndNobodyIsAsked_TOK10_TRANS43_A37() {
        Answer answer = open().post(path, null).is(404, 2004);

        assertThat(answer.data().isMissingNode()).isTrue();
        assertThat(asked()).isEmpty();
    }

    @Test
    void aTokenOfAnEmspWithoutAgreementIsUnknown_D12() {
        Partners221.beta().put("receiver/tokens/FR/BET/" + uid, token().put("country_code", "FR").put("party_id", "BET")).is(201, 1000);

        open().post(path, null).is(404, 2004);
    }

    @Test
    void aTokenThatTwoEmspsPushedIs2002UnlessTheCpoNamesOne_TRANS42() {
        partners.connect("twin-cpo", alpha);
        partners.connect("twins", alpha, "sender/tokens");
        Platform twins = Platform.withToken(Partners221.liveToken("twins"));
        for (String party : List.of("ONE", "TWO")) {
            twins.put("receiver/tokens/IT/" + party + "/" + uid, token().put("country_code", "IT").put("party_id", party)).is(201, 1000);
        }
        Platform cpo = Platform.withToken(Partners221.liveToken("twin-cpo"));

        cpo.post(path, null).is(200, 2002);
        assertThat(asked()).isEmpty();
        cpo.route("NL*TWN", "IT*TWO").post(path, null).is(200, 1000);

        assertThat(arrived().route()).isEqualTo("NL*TWN > IT*TWO");
    }

    @Test
    void anEmspThatPushesNoTokensIsAskedByItsName_TOK24() {
        toAlpha().post(path, null).is(200, 1000);

        assertThat(arrived().route()).isEqualTo("NL*TCP > DE*ALP");
    }

    @Test
    void aCardConcernsOneEmspAndIsNotBroadcast_A35() {
        pushed();

        Partners221.tcp().route("NL*TCP", "NL*HUB").post(path, null).is(200, 2001).tells("not broadcast");

        assertThat(asked()).isEmpty();
    }

    @Test
    void anEmspWithoutAgreementLooksLikeAnUnknownOne_D12() {
        Partners221.tcp().route("NL*TCP", "FR*BET").post(path, null).is(200, 4001);
    }

    @Test
    void onlyACpoAsks_TOK08() {
        pushed();

        Partners221.alpha().post(path, null).is(200, 2001).tells("OCPI-from");
    }

    @Test
    void anEmspThatIsSilentIs4002WithinTheTimeOfTheCpo_TOK27() {
        pushed();
        alpha.answers(Said.ok().after(Duration.ofSeconds(6)));
        Instant before = Instant.now();

        open().post(path, null).is(200, 4002);

        assertThat(Duration.between(before, Instant.now())).as("the eMSP's own timeout is two seconds").isLessThan(Duration.ofMillis(1_900));
    }

    @Test
    void anEmspThatIsAwayIs4003_TRANS45() {
        pushed();
        alpha.close();

        open().post(path, null).is(200, 4003);
    }

    @Test
    void aPermissionIsRememberedWithItsReferenceAndPlace_TOK25() {
        pushed();

        open().post(path, "{\"location_id\":\"Loc1\",\"evse_uids\":[\"e1\"]}").is(200, 1000);

        assertThat(remembered()).singleElement().satisfies(given -> {
            assertThat(given.method()).isEqualTo(Method.AUTH_REQUEST);
            assertThat(given.reference()).isEqualTo("REF-1");
            assertThat(given.emsp()).isEqualTo(PartyId.of("DE", "ALP"));
            assertThat(given.location() + "/" + given.evseUid()).isEqualTo("LOC1/E1");
            assertThat(given.token()).isEqualTo(token().toString());
        });
    }

    @Test
    void aTokenOfSomebodyElseInTheAnswerIsNotTaken_D12() {
        pushed();
        alpha.answers(Said.data(info("ALLOWED", token().put("party_id", "XXX")).toString()));

        open().post(path, null).is(200, 1000);

        assertThat(remembered()).singleElement().satisfies(given -> assertThat(given.token()).isEqualTo(token().toString()));
    }

    @Test
    void theCardIsMaskedInTheExchangeLog_D11() {
        pushed();

        open().post(path, null).is(200, 1000);

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(jdbi.<List<String>, RuntimeException>withHandle(handle -> handle.select(
                        "select direction || ' ' || path || coalesce(request_body, '') || coalesce(response_body, '') from exchange where path like '%/***' || ? || '/authorize%'",
                        uid.substring(uid.length() - 2)).mapTo(String.class).list()))
                .anyMatch(row -> row.startsWith("IN ")).anyMatch(row -> row.startsWith("OUT ")).noneMatch(row -> row.contains(uid)));
    }

    private List<Authorisation> remembered() {
        return authorisations.of(TCP, uid, Instant.EPOCH, Instant.now().plusSeconds(60));
    }
}
