package org.roaminghub.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
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
import org.roaminghub.modules.FakePlatform.Said;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;
import org.roaminghub.modules.core.ObjectService;
import org.roaminghub.modules.tokens.Authorisations;
import org.roaminghub.modules.tokens.Authorisations.Authorisation;
import org.roaminghub.modules.tokens.Authorisations.Method;
import org.roaminghub.modules.tokens.TokensReceiver;
import org.roaminghub.ocpi.PartyId;

/** Cards at the stations of a CPO whose backend speaks no OCPI (contracts §4). It waits one second, its file says. */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class BackendTokensIT {
    private static final String TIME = "2026-03-01T10:00:00Z";
    private static final String LATER = "2026-03-01T11:00:00Z";
    private static final PartyId ACM = PartyId.of("NL", "ACM");
    private static final PartyId ALP = PartyId.of("DE", "ALP");

    @Inject
    Partners221 partners;
    @Inject
    Authorisations authorisations;
    @Inject
    ObjectService objects;
    @Inject
    Jdbi jdbi;

    private final Platform backend = Platform.withAuthorization("Bearer acme-test-token");
    private final String uid = Bodies.newId("TOK");
    private FakePlatform alpha;

    @BeforeEach
    void connected() {
        partners.connect();
        alpha = FakePlatform.start();
        partners.connect("alpha", alpha, "sender/tokens");
        alpha.answers(Said.data(info("ALLOWED").toString()));
    }

    @AfterEach
    void stopped() {
        partners.connect();
        alpha.close();
    }

    private ObjectNode token(String whitelist, boolean valid) {
        return Bodies.token(uid, TIME).put("whitelist", whitelist).put("valid", valid).put("default_profile_type", "GREEN");
    }

    private ObjectNode info(String allowed) {
        ObjectNode info = Bodies.object("{\"allowed\":\"%s\",\"authorization_reference\":\"REF-1\"}", allowed);
        info.set("token", token("NEVER", true));
        return info;
    }

    private void pushed(String whitelist, boolean valid) {
        Partners221.alpha().put("receiver/tokens/DE/ALP/" + uid, token(whitelist, valid)).is(201, 1000);
    }

    private Answer ask(String more) {
        return backend.post("/backend/v1/authorize", "{\"id_token\":\"" + uid.toLowerCase(java.util.Locale.ROOT) + "\"" + more + "}");
    }

    private JsonNode decided(String more) {
        Answer answer = ask(more);
        assertThat(answer.http()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private int questions() {
        return alpha.asked(request -> request.path().endsWith("/authorize")).size();
    }

    // --- POST authorize

    @ParameterizedTest
    @CsvSource({
            "ALWAYS,          true,  ALLOWED,     0",
            "ALWAYS,          false, NOT_ALLOWED, 0",
            "ALLOWED,         true,  ALLOWED,     0",
            "ALLOWED,         false, BLOCKED,     1",
            "ALLOWED_OFFLINE, true,  BLOCKED,     1",
            "ALLOWED_OFFLINE, false, BLOCKED,     1",
            "NEVER,           true,  BLOCKED,     1"})
    void theWhitelistTypeSaysWhoDecides_TOK17_TOK18_TOK19_TOK20_TOK21_A59(String whitelist, boolean valid, String allowed, int questions) {
        pushed(whitelist, valid);
        alpha.answers(Said.data(info("BLOCKED").toString()));

        JsonNode info = decided("");

        assertThat(info.path("allowed").asText()).isEqualTo(allowed);
        assertThat(info.path("token").path("uid").asText()).isEqualTo(uid);
        assertThat(questions()).isEqualTo(questions);
    }

    @ParameterizedTest
    @CsvSource({
            "ALLOWED_OFFLINE, true,  ALLOWED",
            "ALLOWED_OFFLINE, false, NOT_ALLOWED",
            "ALLOWED,         false, NOT_ALLOWED",
            "NEVER,           true,  NOT_ALLOWED"})
    void whatIsAnsweredWhileTheEmspIsAway_TOK19_TOK20(String whitelist, boolean valid, String allowed) {
        pushed(whitelist, valid);
        alpha.close();

        JsonNode info = decided("");

        assertThat(info.path("allowed").asText()).isEqualTo(allowed);
        if (allowed.equals("NOT_ALLOWED")) {
            assertThat(info.path("info").path("text").asText()).contains("cannot be reached");
        }
    }

    @Test
    void aSilentEmspIsAwayWithinTheTimeOfTheBackend_TOK27() {
        pushed("NEVER", true);
        alpha.answers(Said.ok().after(Duration.ofSeconds(6)));
        Instant before = Instant.now();

        assertThat(decided("").path("info").path("text").asText()).contains("no answer in time");

        assertThat(Duration.between(before, Instant.now())).as("the eMSP's own timeout is two seconds").isLessThan(Duration.ofMillis(1_900));
    }

    @ParameterizedTest
    @CsvSource({"404, 2004, does not know", "200, 2002, send location_id"})
    void anEmspThatCannotDecideIsARefusalThatSaysWhy_TOK10_TOK11(int http, int code, String why) {
        pushed("NEVER", true);
        alpha.answers(Said.envelope(http, code, null));

        JsonNode info = decided("");

        assertThat(info.path("allowed").asText()).isEqualTo("NOT_ALLOWED");
        assertThat(info.path("info").path("text").asText()).contains(why);
    }

    @Test
    void theAnswerIsThatOfTheEmspWithTheWholeToken_TOK12_TOK28() {
        pushed("NEVER", true);

        JsonNode info = decided("");

        assertThat(info).isEqualTo(info("ALLOWED"));
        assertThat(info.path("token").path("default_profile_type").asText()).isEqualTo("GREEN");
    }

    @Test
    void thePlaceGoesOnWhateverItsStateIs_TOK09_TOK13_TOK14_TOK15() {
        pushed("NEVER", true);

        decided(",\"location_id\":\"NOT-PUBLISHED\",\"evse_uid\":\"CHARGING\"");

        assertThat(alpha.awaits(request -> request.path().endsWith("/authorize")).json())
                .isEqualTo(Bodies.object("{\"location_id\":\"NOT-PUBLISHED\",\"evse_uids\":[\"CHARGING\"]}"));
    }

    @Test
    void thePlaceIsInTheAnswerOnlyIfItWasAskedFor_TOK13() {
        pushed("ALWAYS", true);

        assertThat(decided("").has("location")).isFalse();
        assertThat(decided(",\"location_id\":\"L\"").path("location")).isEqualTo(Bodies.object("{\"location_id\":\"L\"}"));
    }

    @Test
    void aPermissionInRealTimeIsRemembered_TOK25() {
        pushed("NEVER", true);

        decided(",\"location_id\":\"L\",\"evse_uid\":\"E\"");

        assertThat(authorisations.of(ACM, uid, Instant.EPOCH, Instant.now().plusSeconds(60))).singleElement()
                .satisfies(given -> assertThat(given.method() + " " + given.reference() + " " + given.location() + "/" + given.evseUid()).isEqualTo("AUTH_REQUEST REF-1 L/E"));
    }

    @Test
    void aCardThatNobodyPushedIs404AndNobodyIsAsked_A37() {
        Answer answer = ask("");

        assertThat(answer.http()).isEqualTo(404);
        assertThat(answer.json().path("title").asText()).isEqualTo("Unknown token");
        assertThat(questions()).isZero();
    }

    @Test
    void aCardThatTwoEmspsPushedIs409() {
        pushed("ALWAYS", true);
        Partners221.beta().put("receiver/tokens/FR/BET/" + uid, Bodies.token(uid, TIME).put("country_code", "FR").put("party_id", "BET")).is(201, 1000);

        assertThat(ask("").http()).isEqualTo(409);
    }

    @Test
    void everyFaultIsNamed() {
        Answer answer = backend.post("/backend/v1/authorize", "{\"id_token\":\"\",\"type\":\"CARD\",\"evse_uid\":\"E\"}");

        assertThat(answer.http()).isEqualTo(422);
        assertThat(answer.json().path("faults").findValuesAsText("path")).containsExactly("id_token", "location_id", "type");
        assertThat(backend.post("/backend/v1/authorize", "{}").http()).isEqualTo(422);
        assertThat(backend.post("/backend/v1/authorize", "[]").http()).isEqualTo(400);
        assertThat(Platform.withoutToken().post("/backend/v1/authorize", "{}").http()).isEqualTo(401);
    }

    // --- commands

    private void commanded(String type, Duration ago, String evse) {
        authorisations.add(new Authorisation(ACM, ALP, uid, type, "L", evse, Method.COMMAND, "REF-C", token("NEVER", true).put("type", type).toString(), Instant.now().minus(ago)));
    }

    @Test
    void afterACommandNobodyIsAskedForFifteenMinutes_CMD11_CMD13_A62() {
        commanded("RFID", Duration.ofMinutes(14), "E");

        JsonNode info = decided(",\"location_id\":\"l\",\"evse_uid\":\"e\"");

        assertThat(info.path("allowed").asText()).isEqualTo("ALLOWED");
        assertThat(info.path("authorization_reference").asText()).isEqualTo("REF-C");
        assertThat(questions()).isZero();
    }

    @Test
    void laterOrElsewhereTheEmspIsAskedAgain_CMD12_A62() {
        pushed("NEVER", true);
        commanded("RFID", Duration.ofMinutes(16), "E");
        decided(",\"location_id\":\"L\",\"evse_uid\":\"E\"");
        assertThat(questions()).isEqualTo(1);
        commanded("RFID", Duration.ofMinutes(1), "E");

        decided(",\"location_id\":\"L\",\"evse_uid\":\"OTHER\"");
        decided(",\"location_id\":\"OTHER\",\"evse_uid\":\"E\"");
        decided("");

        assertThat(questions()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"APP_USER", "AD_HOC_USER"})
    void tokensThatComeWithCommandsAreNeverAskedFor_CMD11(String type) {
        commanded(type, Duration.ofHours(3), null);

        assertThat(decided(",\"type\":\"" + type + "\",\"location_id\":\"L\",\"evse_uid\":\"E\"").path("allowed").asText()).isEqualTo("ALLOWED");

        assertThat(questions()).isZero();
        assertThat(ask(",\"location_id\":\"L\"").http()).as("another type is another token").isEqualTo(404);
    }

    // --- GET tokens

    private record Walked(List<String> items, List<String> removed, List<String> parties, String since, int pages) {
    }

    private Walked walk(String since, int limit) {
        List<String> items = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        List<String> parties = new ArrayList<>();
        String query = since == null ? "" : "&since=" + since;
        int pages = 0;
        while (true) {
            Answer answer = backend.get("/backend/v1/tokens?limit=" + limit + query);
            assertThat(answer.http()).as(answer.text()).isEqualTo(200);
            pages++;
            JsonNode page = answer.json();
            page.path("items").forEach(token -> items.add(token.path("uid").asText()));
            page.path("removed").forEach(token -> removed.add(token.path("uid").asText()));
            page.path("removed_parties").forEach(party -> parties.add(party.path("country_code").asText() + "*" + party.path("party_id").asText()));
            if (page.path("next").isNull()) {
                return new Walked(items, removed, parties, page.path("since").asText(), pages);
            }
            assertThat(page.path("since").isNull()).as("a walk that was broken off is not a walk").isTrue();
            query = "&cursor=" + page.path("next").asText();
        }
    }

    /** A change is handed out once everything before it is decided: soon, not at once. */
    private Walked awaits(String since, int limit, Predicate<Walked> which) {
        return await().atMost(Duration.ofSeconds(5)).until(() -> walk(since, limit), which);
    }

    private String sinceItIsThere() {
        return awaits(null, 1_000, everything -> everything.items().contains(uid)).since();
    }

    @Test
    void stationsMayKeepWhatIsValidAndNotToBeAskedFor_TOK17_TOK20() {
        pushed("ALLOWED_OFFLINE", true);
        String asked = Bodies.newId("TOK");
        Partners221.alpha().put("receiver/tokens/DE/ALP/" + asked, Bodies.token(asked, TIME).put("whitelist", "NEVER")).is(201, 1000);
        String invalid = Bodies.newId("TOK");
        Partners221.alpha().put("receiver/tokens/DE/ALP/" + invalid, Bodies.token(invalid, TIME).put("valid", false)).is(201, 1000);

        Walked everything = awaits(null, 1_000, walked -> walked.items().contains(uid));

        assertThat(everything.items()).doesNotContain(asked, invalid);
        assertThat(everything.removed()).as("who knows nothing has nothing to remove").isEmpty();
    }

    @Test
    void aRevokedTokenIsToBeRemoved_TOK02() {
        pushed("ALWAYS", true);
        String since = sinceItIsThere();
        assertThat(walk(since, 10).items()).doesNotContain(uid);

        Partners221.alpha().patch("receiver/tokens/DE/ALP/" + uid, Bodies.object("{\"valid\":false,\"last_updated\":\"%s\"}", LATER)).is(200, 1000);

        Walked delta = awaits(since, 10, walked -> walked.removed().contains(uid));
        assertThat(delta.items()).doesNotContain(uid);
        assertThat(walk(delta.since(), 10).removed()).doesNotContain(uid);
    }

    @Test
    void aTokenThatIsToBeAskedForFromNowOnIsToBeRemoved_TOK20() {
        pushed("ALWAYS", true);
        String since = sinceItIsThere();

        Partners221.alpha().patch("receiver/tokens/DE/ALP/" + uid, Bodies.object("{\"whitelist\":\"NEVER\",\"last_updated\":\"%s\"}", LATER)).is(200, 1000);

        assertThat(awaits(since, 10, walked -> walked.removed().contains(uid)).items()).doesNotContain(uid);
    }

    @Test
    void pagesMissNothingAndEnd() {
        String since = walk(null, 1_000).since();
        List<String> pushed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String next = Bodies.newId("TOK");
            pushed.add(next);
            boolean alphas = i % 2 == 0;
            (alphas ? Partners221.alpha() : Partners221.beta()).put("receiver/tokens/" + (alphas ? "DE/ALP/" : "FR/BET/") + next,
                    Bodies.token(next, TIME).put("country_code", alphas ? "DE" : "FR").put("party_id", alphas ? "ALP" : "BET")).is(201, 1000);
        }

        Walked delta = awaits(since, 2, walked -> walked.items().containsAll(pushed));

        assertThat(delta.items()).doesNotHaveDuplicates();
        assertThat(delta.pages()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void whatIsCommittedLateWithAnOldTimeIsNotMissed() {
        String since = walk(null, 1_000).since();
        String other = Bodies.newId("TOK");

        Walked first = jdbi.inTransaction(late -> {
            ObjectNode old = Bodies.token(uid, "2020-01-01T00:00:00Z");
            objects.write(late, TokensReceiver.TOKENS, ALP, "alpha", old.toString(), old, false);
            Partners221.alpha().put("receiver/tokens/DE/ALP/" + other, Bodies.token(other, TIME)).is(201, 1000);
            return walk(since, 10);
        });

        assertThat(first.items()).doesNotContain(uid);
        awaits(first.since(), 10, second -> second.items().contains(uid) && (first.items().contains(other) || second.items().contains(other)));
    }

    @Test
    void allTokensOfAnEmspWithoutAgreementAreToBeRemovedAndNoneAreShown_D12() {
        String strangers = Bodies.newId("TOK");
        Partners221.stranger().put("receiver/tokens/BE/STR/" + strangers, Bodies.token(strangers, TIME).put("country_code", "BE").put("party_id", "STR")).is(201, 1000);
        // As if there had been an agreement with it at the last call.
        String since = Base64.getUrlEncoder().withoutPadding().encodeToString(
                (new String(Base64.getUrlDecoder().decode(walk(null, 1_000).since()), StandardCharsets.US_ASCII) + ",BE*STR").getBytes(StandardCharsets.US_ASCII));

        Walked delta = walk(since, 10);

        assertThat(delta.parties()).containsExactly("BE*STR");
        assertThat(delta.items()).doesNotContain(strangers);
        assertThat(delta.removed()).doesNotContain(strangers);
        assertThat(walk(delta.since(), 10).parties()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"since=2026-01-01T00:00:00Z", "since=xyz", "cursor=xyz", "limit=0", "limit=1001", "limit=x"})
    void whatIsNotOursIs422(String query) {
        assertThat(backend.get("/backend/v1/tokens?" + query).http()).isEqualTo(422);
    }
}
