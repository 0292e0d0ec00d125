package org.roaminghub.modules.chargingprofiles;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Answer;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.FakePlatform;
import org.roaminghub.modules.FakePlatform.Asked;
import org.roaminghub.modules.FakePlatform.Said;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.ObjectService;
import org.roaminghub.modules.sessions.SessionsReceiver;
import org.roaminghub.ocpi.PartyId;

/** Charging profiles between an eMSP and a CPO platform (chapter mod_charging_profiles). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class ChargingProfilesIT {
    private static final String TIME = "2026-03-01T10:00:00Z";
    private static final Pattern OURS = Pattern.compile("response_url=([^&]*)");
    private static final String ACTIVE = """
            {"start_date_time":"2026-03-01T10:00:00Z","charging_profile":{"charging_rate_unit":"W","charging_profile_period":[{"start_period":0,"limit":11000.0}]}}""";

    @Inject
    Partners221 partners;
    @Inject
    Jdbi jdbi;
    @Inject
    ObjectService objects;

    private final String session = Bodies.newId("SES");
    private final String path = "receiver/chargingprofiles/" + session;
    private FakePlatform alpha;
    private FakePlatform tcp;

    @BeforeEach
    void aSessionOfAlphaAtTcp() {
        partners.connect();
        alpha = FakePlatform.start();
        tcp = FakePlatform.start();
        connectAlpha();
        partners.connect("tcp", tcp, "receiver/chargingprofiles");
        tcp.answers(Said.data("{\"result\":\"ACCEPTED\",\"timeout\":30}"));
        cpo().put("receiver/sessions/NL/TCP/" + session, Bodies.session(session, TIME)).is(201, 1000);
    }

    @AfterEach
    void stopped() {
        partners.connect();
        alpha.close();
        tcp.close();
    }

    private void connectAlpha() {
        partners.connect("alpha", alpha, "sender/chargingprofiles");
    }

    private static Platform cpo() {
        return Partners221.tcp().route("NL*TCP", null);
    }

    private static Platform emsp() {
        return Partners221.alpha().route("DE*ALP", null);
    }

    @Test
    void aProfileIsSetAtTheCpoOfTheSession_CP02_CP17_CP18_A31() {
        ObjectNode set = profile(callback()).put("x_theirs", "kept");

        Answer answer = emsp().put(path, set).is(200, 1000);

        assertThat(answer.text()).contains("\"data\":{\"result\":\"ACCEPTED\",\"timeout\":30}");
        assertThat(answer.header("OCPI-from-party-id") + " > " + answer.header("OCPI-to-party-id")).isEqualTo("TCP > ALP");
        Asked arrived = asked("PUT");
        assertThat(arrived.route()).isEqualTo("DE*ALP > NL*TCP");
        assertThat(arrived.path()).isEqualTo("/ocpi/receiver/chargingprofiles/" + session);
        String ours = arrived.json().path("response_url").asText();
        assertThat(ours).startsWith("http://localhost").contains("/ocpi/2.2.1/sender/chargingprofiles/").hasSizeLessThanOrEqualTo(255);
        assertThat(arrived.body()).as("nothing else has changed, 11.50 included").isEqualTo(set.put("response_url", ours).toString());
    }

    @Test
    void theResultGoesToTheRequesterFromTheCpo_CP06_CP13_A32() {
        emsp().with("X-Correlation-ID", "cor-" + session).put(path, profile(callback())).is(200, 1000);

        Answer answer = cpo().post(ours(), "{\"result\": \"ACCEPTED\"}").is(200, 1000);

        assertThat(answer.json().has("data")).isFalse();
        Asked result = alpha.awaits(request -> request.method().equals("POST"));
        assertThat(result.path() + "?" + result.query()).isEqualTo("/results/" + session + "?of=us&and=b%26c");
        assertThat(result.body()).isEqualTo("{\"result\": \"ACCEPTED\"}");
        assertThat(result.route()).isEqualTo("NL*TCP > DE*ALP");
        assertThat(result.header("X-Correlation-ID")).isEqualTo("cor-" + session);
        awaitForward("DONE");
    }

    @Test
    void theActiveProfileIsAskedWithAnEncodedUrlThatHasAQueryItself_CP01_CP04() {
        emsp().get(path + "?duration=900&response_url=" + encoded(callback()) + "&x=a%2Fb").is(200, 1000);

        Asked arrived = asked("GET");
        assertThat(arrived.query()).matches("duration=900&response_url=http%3A%2F%2Flocalhost[^&]*&x=a%2Fb");
        cpo().post(ours(), "{\"result\":\"ACCEPTED\",\"profile\":" + ACTIVE + "}").is(200, 1000);
        Asked result = alpha.awaits(request -> request.method().equals("POST"));
        assertThat(result.path() + "?" + result.query()).isEqualTo("/results/" + session + "?of=us&and=b%26c");
        assertThat(result.body()).isEqualTo("{\"result\":\"ACCEPTED\",\"profile\":" + ACTIVE + "}");
    }

    @Test
    void aProfileIsCleared_CP03_CP04() {
        emsp().delete(path + "?response_url=" + encoded(callback())).is(200, 1000);

        assertThat(asked("DELETE").query()).startsWith("response_url=http%3A%2F%2Flocalhost");
        cpo().post(ours(), "{\"result\":\"UNKNOWN\"}").is(200, 1000);
        assertThat(alpha.awaits(request -> request.method().equals("POST")).body()).isEqualTo("{\"result\":\"UNKNOWN\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?duration=900", "?response_url=http%3A%2F%2Fa.example%2F", "?duration=soon&response_url=http%3A%2F%2Fa.example%2F",
            "?duration=900&response_url=", "?duration=900&response_url=ftp%3A%2F%2Fa.example", "?duration=900&response_url=http%3A%2F%2Fa.example%2F%7Bid%7D",
            "?duration=900&response_url=http%3A%2F%2Fa.example&response_url=http%3A%2F%2Fb.example"})
    void aQueryWithoutWhatTheCpoNeedsIs2001_CP01_CP04(String query) {
        emsp().get(path + query).is(200, 2001).tellsNothingOfTheInside();

        assertThat(tcp.asked(request -> true)).isEmpty();
    }

    @Test
    void aUrlThatIsTooLongIs2001_CP04() {
        emsp().delete(path + "?response_url=" + encoded("https://a.example/" + "x".repeat(240))).is(200, 2001).tells("response_url");
    }

    @Test
    void aProfileMustFitTheTables_CP17_CP18() {
        ObjectNode set = profile(callback());
        ((ObjectNode) set.path("charging_profile")).put("charging_rate_unit", "kW");
        ((ObjectNode) set.at("/charging_profile/charging_profile_period/0")).put("limit", 11.25);

        emsp().put(path, set).is(200, 2001).tells("charging_profile.charging_rate_unit").tells("charging_profile.charging_profile_period[0].limit");
        emsp().put(path, profile("nowhere")).is(200, 2001).tells("response_url");
        emsp().put(path, "{\"charging_profile\":").is(400, 2001);

        assertThat(tcp.asked(request -> true)).isEmpty();
    }

    @Test
    void aProfileWithoutPeriodsIsRejected_A73() {
        ObjectNode set = profile(callback());
        ((ObjectNode) set.path("charging_profile")).putArray("charging_profile_period");

        Answer answer = emsp().put(path, set).is(200, 1000);

        assertThat(answer.data().toString()).isEqualTo("{\"result\":\"REJECTED\",\"timeout\":0}");
        assertThat(tcp.asked(request -> true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"REJECTED", "TOO_OFTEN", "NOT_SUPPORTED", "UNKNOWN_SESSION"})
    void whatTheCpoDoesNotAcceptHasNoResult_CP05_CP14_CP15_CP24(String response) {
        tcp.answers(Said.data("{\"result\":\"" + response + "\",\"timeout\":0}"));

        Answer answer = emsp().put(path, profile(callback())).is(200, 1000);

        assertThat(answer.data().path("result").asText()).isEqualTo(response);
        assertThat(state()).isEqualTo("CLOSED");
        cpo().post(ours(), "{\"result\":\"ACCEPTED\"}").is(200, 1000);
        assertThat(forward()).isEqualTo("NONE");
    }

    @Test
    void anErrorOfTheCpoGoesBackAndHasNoResult_CP05_ROUTE23() {
        tcp.answers(Said.envelope(200, 2001, null));

        emsp().put(path, profile(callback())).is(200, 2001);

        assertThat(state()).isEqualTo("CLOSED");
    }

    @Test
    void aCpoThatIsAwayIs4003AndNothingIsAwaited_TRANS45() {
        tcp.close();

        emsp().put(path, profile(callback())).is(200, 4003);

        assertThat(state()).isEqualTo("CLOSED");
    }

    @Test
    void theResultOfACpoThatAnsweredTooLateIsStillPassedOn_TRANS45_CP06() {
        tcp.answers(Said.data("{\"result\":\"ACCEPTED\",\"timeout\":30}").after(Duration.ofSeconds(3)));

        emsp().put(path, profile(callback())).is(200, 4002);

        cpo().post(ours(), "{\"result\":\"ACCEPTED\"}").is(200, 1000);
        alpha.awaits(request -> request.method().equals("POST"));
    }

    @Test
    void everyRequestHasAUrlOfItsOwn_CP07() {
        emsp().put(path, profile(callback())).is(200, 1000);
        String first = ours();
        emsp().put(path, profile(callback())).is(200, 1000);

        assertThat(ours()).isNotEqualTo(first);
    }

    @Test
    void aResultInAnEnvelopeGoesOnBare_A60() {
        emsp().put(path, profile(callback())).is(200, 1000);

        cpo().post(ours(), "{\"data\":{\"result\":\"REJECTED\"},\"status_code\":1000,\"timestamp\":\"2026-03-01T10:00:00Z\"}").is(200, 1000);

        assertThat(alpha.awaits(request -> request.method().equals("POST")).body()).isEqualTo("{\"result\":\"REJECTED\"}");
    }

    @Test
    void onlyTheExecutorCanSendAResult_A31_D12() {
        emsp().put(path, profile(callback())).is(200, 1000);
        String ours = ours();

        Answer foreign = Partners221.lenient().post(ours, "{\"result\":\"ACCEPTED\"}").is(404, 2000);
        Answer absent = Partners221.lenient().post("sender/chargingprofiles/AAAAAAAAAAAAAAAAAAAAAA", "{\"result\":\"ACCEPTED\"}").is(404, 2000);
        Partners221.alpha().post(ours, "{\"result\":\"ACCEPTED\"}").is(404, 2000);

        assertThat(foreign.message()).isEqualTo(absent.message());
        assertThat(state()).isEqualTo("WAITING");
    }

    @Test
    void anIdThatIsOverIsUnknown_A31() {
        emsp().put(path, profile(callback())).is(200, 1000);
        jdbi.useHandle(handle -> handle.execute("update callback set expires_at = '2026-01-01T00:00:00Z' where object = ?", Document.fold(session)));

        cpo().post(ours(), "{\"result\":\"ACCEPTED\"}").is(404, 2000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"result":"PERHAPS"}  | result
            {}                    | result
            {"result":"ACCEPTED"} | profile
            """)
    void aResultMustFitTheTables_CP22_CP24(String result, String field) {
        emsp().get(path + "?duration=900&response_url=" + encoded(callback())).is(200, 1000);

        cpo().post(ours(), result).is(200, 2001).tells(field);

        assertThat(state()).isEqualTo("WAITING");
    }

    @Test
    void aResultForAnEmspThatIsAwayIsDeliveredOnceWhenItIsBack_A22() {
        emsp().put(path, profile(callback())).is(200, 1000);
        partners.forget("alpha");

        cpo().post(ours(), "{\"result\":\"ACCEPTED\"}").is(200, 1000);
        // Nothing of it is in memory now: the row alone brings it on its way, as after a restart.
        awaitForward("DUE");
        connectAlpha();

        alpha.awaits(request -> request.method().equals("POST"));
        awaitForward("DONE");
        assertThat(alpha.asked(request -> request.method().equals("POST"))).hasSize(1);
    }

    @Test
    void aResultThatTheHubMayHaveSentBeforeItStoppedIsNotSentAgain_A22() {
        emsp().put(path, profile(callback())).is(200, 1000);
        jdbi.useHandle(handle -> handle.execute("update callback set state = 'ANSWERED', result = '{}', forward = 'SENDING', forward_at = now() - interval '2 minutes' where object = ?", Document.fold(session)));

        awaitForward("FAILED");

        assertThat(alpha.asked(request -> request.method().equals("POST"))).isEmpty();
    }

    @Test
    void aResultThatDoesNotComeEndsTheWaitAndTheRequesterIsToldNothing_CP16() {
        tcp.answers(Said.data("{\"result\":\"ACCEPTED\",\"timeout\":0}"));
        emsp().put(path, profile(callback())).is(200, 1000);

        await("TIMED_OUT", this::state);

        cpo().post(ours(), "{\"result\":\"ACCEPTED\"}").is(200, 1000);
        assertThat(forward()).isEqualTo("NONE");
        cpo().put("sender/chargingprofiles/" + session, ACTIVE).is(200, 2001);
    }

    @Test
    void changesGoToThePartyWhoseProfileWasSet_CP08_CP12_CP25() {
        succeed();
        emsp().put(path, profile(callback())).is(200, 1000);
        cpo().post(ours(), "{\"result\":\"REJECTED\"}").is(200, 1000);

        Answer answer = cpo().put("sender/chargingprofiles/" + session, ACTIVE).is(200, 1000);

        Asked update = alpha.awaits(request -> request.method().equals("PUT"));
        assertThat(update.path()).isEqualTo("/ocpi/sender/chargingprofiles/" + session);
        assertThat(update.body()).isEqualTo(ACTIVE);
        assertThat(update.route()).isEqualTo("NL*TCP > DE*ALP");
        assertThat(answer.json().has("data")).isFalse();
        assertThat(answer.header("OCPI-from-party-id") + " > " + answer.header("OCPI-to-party-id")).isEqualTo("ALP > TCP");
        Partners221.tcp().route("NL*TCP", "DE*ALP").put("sender/chargingprofiles/" + session.toLowerCase(Locale.ROOT), ACTIVE).is(200, 1000);
    }

    @Test
    void aSessionWithoutASuccessfulProfileHasNoChanges_CP09() {
        cpo().put("sender/chargingprofiles/" + session, ACTIVE).is(200, 2001).tells("session_id");
        emsp().put(path, profile(callback())).is(200, 1000);
        cpo().put("sender/chargingprofiles/" + session, ACTIVE).is(200, 2001);
        cpo().post(ours(), "{\"result\":\"REJECTED\"}").is(200, 1000);
        cpo().put("sender/chargingprofiles/" + session, ACTIVE).is(200, 2001);

        assertThat(alpha.asked(request -> request.method().equals("PUT"))).isEmpty();
    }

    @Test
    void changesOfAnotherCposSessionAreNone_CP09_D12() {
        succeed();

        Partners221.lenient().put("sender/chargingprofiles/" + session, ACTIVE).is(200, 2001);
        cpo().put("sender/chargingprofiles/" + session, "{\"charging_profile\":{}}").is(200, 2001).tells("start_date_time");
    }

    @Test
    void aSessionThatNobodyHasIsUnknown_CP24() {
        String sessions = betasSession();

        for (String unknown : List.of(Bodies.newId("SES"), sessions)) {
            Answer answer = emsp().put("receiver/chargingprofiles/" + unknown, profile(callback())).is(200, 1000);
            assertThat(answer.data().toString()).isEqualTo("{\"result\":\"UNKNOWN_SESSION\",\"timeout\":0}");
        }
        assertThat(tcp.asked(request -> true)).isEmpty();
    }

    @Test
    void aNamedCpoJudgesItselfWhichSessionsItHas_CP15_CP20() {
        tcp.answers(Said.data("{\"result\":\"UNKNOWN_SESSION\",\"timeout\":0}"));
        String theirs = "its own/id";

        emsp().route(null, "NL*TCP").delete("receiver/chargingprofiles/" + encoded(theirs).replace("+", "%20") + "?response_url=" + encoded(callback())).is(200, 1000);

        assertThat(asked("DELETE").path()).isEqualTo("/ocpi/receiver/chargingprofiles/its%20own%2Fid");
    }

    @Test
    void aSessionThatTwoCposHaveIs2002_ROUTE16() {
        acmesSession(session);

        emsp().put(path, profile(callback())).is(200, 2002);
        emsp().route(null, "NL*TCP").put(path, profile(callback())).is(200, 1000);
    }

    @Test
    void aBackendWithoutOcpiTakesNoProfiles_CP24() {
        String theirs = Bodies.newId("SES");
        acmesSession(theirs);

        Answer answer = emsp().put("receiver/chargingprofiles/" + theirs, profile(callback())).is(200, 1000);

        assertThat(answer.data().toString()).isEqualTo("{\"result\":\"NOT_SUPPORTED\",\"timeout\":0}");
    }

    @Test
    void profilesConcernOnePartyAndAreNotAskedOfTheHub_ROUTE13_A35() {
        Platform toHub = emsp().route(null, "NL*HUB");

        toHub.put(path, profile(callback())).is(200, 2001);
        toHub.get(path + "?duration=900&response_url=" + encoded(callback())).is(200, 2001);
        toHub.delete(path + "?response_url=" + encoded(callback())).is(200, 2001);

        assertThat(tcp.asked(request -> true)).isEmpty();
    }

    @Test
    void whoHasNoAgreementReachesNobody_D12() {
        Partners221.beta().route("FR*BET", "NL*TCP").put(path, profile(callback())).is(200, 4001);
        assertThat(Partners221.stranger().put(path, profile(callback())).is(200, 1000).data().path("result").asText()).isEqualTo("UNKNOWN_SESSION");
    }

    /** Alpha's profile was set. */
    private void succeed() {
        emsp().put(path, profile(callback())).is(200, 1000);
        cpo().post(ours(), "{\"result\":\"ACCEPTED\"}").is(200, 1000);
    }

    private String callback() {
        return alpha.url("/results/" + session + "?of=us&and=b%26c");
    }

    private static ObjectNode profile(String responseUrl) {
        return Bodies.object("""
                {"charging_profile":{"start_date_time":"2026-03-01T10:00:00Z","duration":3600,"charging_rate_unit":"W","min_charging_rate":0.5,
                 "charging_profile_period":[{"start_period":0,"limit":11.50},{"start_period":1800,"limit":7000}]},"response_url":"%s"}""", responseUrl);
    }

    private Asked asked(String method) {
        return tcp.awaits(request -> request.method().equals(method));
    }

    /** The path of the URL that the CPO was given last. */
    private String ours() {
        List<Asked> all = tcp.asked(request -> request.path().contains("chargingprofiles"));
        Asked last = all.get(all.size() - 1);
        if (!last.body().isBlank()) {
            return pathOf(last.json().path("response_url").asText());
        }
        Matcher query = OURS.matcher(last.query());
        assertThat(query.find()).isTrue();
        return pathOf(URLDecoder.decode(query.group(1), StandardCharsets.UTF_8));
    }

    private static String pathOf(String url) {
        return url.substring(url.indexOf("/ocpi/"));
    }

    private String state() {
        return column("state");
    }

    private String forward() {
        return column("forward");
    }

    private String column(String name) {
        return jdbi.withHandle(handle -> handle.select("select " + name + " from callback where object = ? order by asked_at desc limit 1", Document.fold(session)).mapTo(String.class).one());
    }

    private void awaitForward(String expected) {
        await(expected, this::forward);
    }

    private static void await(String expected, Supplier<String> actual) {
        Instant deadline = Instant.now().plusSeconds(15);
        while (!actual.get().equals(expected)) {
            assertThat(Instant.now()).as("%s, not %s", expected, actual.get()).isBefore(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private String betasSession() {
        String id = Bodies.newId("SES");
        ObjectNode betas = Bodies.session(id, TIME);
        ((ObjectNode) betas.path("cdr_token")).put("country_code", "FR").put("party_id", "BET");
        cpo().put("receiver/sessions/NL/TCP/" + id, betas).is(201, 1000);
        return id;
    }

    private void acmesSession(String id) {
        ObjectNode theirs = Bodies.session(id, TIME).put("party_id", "ACM");
        jdbi.useTransaction(transaction -> objects.keep(transaction, SessionsReceiver.SESSIONS, PartyId.of("NL", "ACM"), "acme-backend", theirs.toString(), theirs));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
