package org.roaminghub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.DeviatingPartner;
import org.roaminghub.DeviatingPartner.Reply;
import org.roaminghub.DeviatingPartner.Request;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.Platform;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.partners.Connections;

/** What the hub sends to platforms that deviate, and how it takes their answers (field notes §2 and §3). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class DeviatingPartnersIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String T1 = "2026-01-01T10:00:00Z";
    private static final String T2 = "2026-01-01T11:00:00.250Z";

    @Inject
    Connections connections;

    @Inject
    Jdbi jdbi;

    @Inject
    MeterRegistry metrics;

    private final Platform source = Platform.withToken("live-token-of-source");
    private final String id = Bodies.newId("D").toUpperCase(Locale.ROOT);
    private DeviatingPartner partner;

    @BeforeEach
    void connected() {
        DeviatingPartner.register(Set.of("source", "token-emsp"), connections);
        partner = new DeviatingPartner();
    }

    @AfterEach
    void gone() {
        partner.close();
        List.of("plain-emsp", "silent-emsp", "picky-emsp", "opaque-emsp", "pulling-emsp", "token-cpo").forEach(connections::unregistered);
    }

    // --- defects that need no switch

    @Test
    void everyDigitAndEveryUnknownFieldArrives_D1() {
        partner.registeredAs("plain-emsp", connections);
        String tariff = tariff().toString().replace("0.25", "1234.567891").replace("{\"country_code\"", "{\"x_note\":{\"a\":1.10},\"country_code\"");
        String cdr = cdr("PLN").toString().replace("2.63", "1481.481469").replace("10.5", "1234.5678");

        source.put("receiver/tariffs/NL/SRC/" + id, tariff).is(201, 1000);
        source.post("receiver/cdrs", cdr).is(201, 1000);

        arrived("/tariffs/NL/SRC/" + id);
        arrived("/cdrs");
        assertThat(partner.about(id).stream().map(Request::body)).contains(tariff, cdr);
    }

    @Test
    void aModuleThatThePartnerOnlyPullsIsNotPushed_Q28_Q29() {
        partner.registeredAs("pulling-emsp", connections);
        source.put("receiver/locations/NL/SRC/" + id, location()).is(201, 1000);
        source.post("receiver/cdrs", cdr("PUL")).is(201, 1000);

        source.put("receiver/tariffs/NL/SRC/" + id, tariff()).is(201, 1000);

        arrived("/tariffs/NL/SRC/" + id);
        Platform pulling = Platform.withToken("live-token-of-pulling-emsp");
        assertThat(pulling.get("sender/locations?limit=1000").ids()).contains(id);
        assertThat(pulling.get("sender/cdrs?limit=1000").ids()).contains(id);
        state("DELIVERED");
        assertThat(partner.about(id)).allMatch(request -> request.path().startsWith("/tariffs/"));
    }

    @Test
    void ourTokenIsWrittenAsThePartnerWantsIt_Q1() {
        source.put("receiver/tariffs/NL/SRC/" + id, tariff()).is(201, 1000);
        try (DeviatingPartner raw = new DeviatingPartner().registeredAs("opaque-emsp", connections)) {
            partner.registeredAs("plain-emsp", connections);

            arrived("/tariffs/NL/SRC/" + id);
            await().atMost(SOON).until(() -> !raw.about(id).isEmpty());
            assertThat(partner.about(id)).allSatisfy(request -> assertThat(request.headers()).containsEntry("authorization", "Token dGhlaXJz"));
            assertThat(raw.about(id)).allSatisfy(request -> assertThat(request.headers()).containsEntry("authorization", "Token theirs"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 501, 404})
    void aPartnerWithoutPatchGetsAPutInstead_Q38(int http) {
        partner.answers(request -> request.method().equals("PATCH") ? Reply.ocpi(http, 2000) : Reply.accepted()).registeredAs("plain-emsp", connections);
        putLocation(location());

        String status = changeStatusUntil(this::patched);

        last("PUT", status);
        assertThat(partner.methods(id)).containsSubsequence("PUT", "PATCH", "PUT");
    }

    @Test
    void aChildIsAlwaysSentAtItsOwnAddress_Q39() {
        partner.registeredAs("plain-emsp", connections);
        putLocation(location());

        String status = changeStatusUntil(this::patched);

        last("PATCH", status);
        assertThat(partner.methods(id).filter(method -> method.equals("PATCH"))).hasSameSizeAs(
                partner.about(id + "/E1").stream().filter(request -> request.method().equals("PATCH")).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void aRedirectToATrailingSlashIsFollowedWithItsBody_Q9(int http) {
        partner.answers(request -> request.path().endsWith("/") ? Reply.accepted() : Reply.of(http, "").with("Location", partner.url(request.path() + "/")))
                .registeredAs("plain-emsp", connections);

        source.put("receiver/tariffs/NL/SRC/" + id, tariff()).is(201, 1000);
        source.post("receiver/cdrs", cdr("PLN")).is(201, 1000);

        await().atMost(SOON).until(() -> partner.about(id).stream().filter(request -> request.path().endsWith("/") && !request.body().isEmpty()).count() >= 2);
        state("DELIVERED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/else", "/"})
    void noRedirectToAnotherPlaceIsFollowed_D12(String ending) {
        AtomicInteger elsewhere = new AtomicInteger();
        try (DeviatingPartner other = new DeviatingPartner().answers(request -> {
            elsewhere.incrementAndGet();
            return Reply.accepted();
        })) {
            partner.answers(request -> Reply.of(307, "").with("Location", other.url(request.path() + ending))).registeredAs("plain-emsp", connections);
            source.put("receiver/tariffs/NL/SRC/" + id, tariff()).is(201, 1000);

            await().atMost(SOON).until(() -> !partner.about(id).isEmpty());
            partner.calm();

            await().atMost(SOON).until(() -> partner.about(id).size() > 1);
            assertThat(elsewhere).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cdrs/%s", "[/cdrs/%s]", "%s", "body", "body-url"})
    void theUrlOfACdrIsFoundHoweverItIsGiven_Q8_Q41(String given) {
        partner.answers(request -> switch (given) {
            case "body" -> Reply.of(200, "{\"data\":\"%s\",\"status_code\":1000}".formatted(partner.url("/cdrs/" + id)));
            case "body-url" -> Reply.of(200, "{\"data\":{\"url\":\"%s\"},\"status_code\":1000}".formatted(partner.url("/cdrs/" + id)));
            case "%s" -> Reply.accepted().with("Location", partner.url("/cdrs/" + id));
            default -> Reply.accepted().with("Location", given.formatted(id));
        }).registeredAs("plain-emsp", connections);

        source.post("receiver/cdrs", cdr("PLN")).is(201, 1000);

        state("DELIVERED");
        assertThat(column("url_at_partner")).isEqualTo(partner.url("/cdrs/" + id));
    }

    @Test
    void aWaitInBracketsIsReadAndOneWithoutATimeIsABackOff_Q8_Q13() {
        AtomicInteger calls = new AtomicInteger();
        partner.answers(request -> !request.isAbout(id) ? Reply.accepted() : switch (calls.incrementAndGet()) {
            case 1 -> Reply.ocpi(429, 3000).with("Retry-After", "[1]");
            case 2 -> Reply.ocpi(429, 3000);
            default -> Reply.accepted();
        }).registeredAs("plain-emsp", connections);

        source.put("receiver/tariffs/NL/SRC/" + id, tariff()).is(201, 1000);

        await().atMost(SOON).until(() -> partner.about(id).size() == 3);
    }

    @Test
    void anEmptyFailureIsTriedAgainAndNothingIsLost_Q3() {
        AtomicInteger calls = new AtomicInteger();
        partner.answers(request -> request.isAbout(id) && calls.incrementAndGet() <= 2 ? Reply.ocpi(200, 3000) : Reply.accepted()).registeredAs("plain-emsp", connections);

        source.post("receiver/cdrs", cdr("PLN")).is(201, 1000);

        state("DELIVERED");
        assertThat(partner.about(id)).hasSize(3);
    }

    @Test
    void aSilentPartnerSlowsNobody() {
        CountDownLatch end = new CountDownLatch(1);
        try (DeviatingPartner silent = new DeviatingPartner().answers(request -> {
            hold(end);
            return Reply.accepted();
        })) {
            silent.registeredAs("silent-emsp", connections);
            partner.registeredAs("plain-emsp", connections);
            List<String> ids = List.of(id + "A", id + "B", id + "C", id + "D", id + "E", id + "F", id + "G", id + "H", id + "I", id + "J", id + "K", id + "L");
            Instant started = Instant.now();

            ids.forEach(each -> source.put("receiver/tariffs/NL/SRC/" + each, tariff().put("id", each)).is(201, 1000));

            ids.forEach(each -> await().atMost(Duration.ofSeconds(10)).until(() -> !partner.about(each).isEmpty()));
            assertThat(Duration.between(started, Instant.now())).as("the silent one waits 15 s for each").isLessThan(Duration.ofSeconds(12));
            end.countDown();
        }
    }

    // --- quirks of documents

    @Test
    void anUnpublishedLocationIsWithheldWithItsEvses_Q50() {
        partner.registeredAs("picky-emsp", connections);
        source.put("receiver/locations/NL/SRC/" + id, location().put("publish", false)).is(201, 1000);
        source.patch("receiver/locations/NL/SRC/" + id + "/E1", Bodies.object("{\"status\":\"CHARGING\",\"last_updated\":\"%s\"}", T2)).is(200, 1000);
        String other = id + "PUBLIC";

        source.put("receiver/locations/NL/SRC/" + other, location().put("id", other)).is(201, 1000);

        await().atMost(SOON).until(() -> !partner.about(other).isEmpty());
        assertThat(partner.about(id + "\"")).isEmpty();
        assertThat(partner.about(id + "/")).noneMatch(request -> !request.path().contains(other));
        Platform picky = Platform.withToken("live-token-of-picky-emsp");
        assertThat(picky.get("sender/locations?limit=1000").ids()).contains(other).doesNotContain(id);
        picky.get("sender/locations/" + id).is(404, 2003);
        picky.get("sender/locations/" + id + "/E1").is(404, 2003);
    }

    @Test
    void documentsAreMadeWhatThePartnerReads_Q49_Q64() {
        partner.registeredAs("picky-emsp", connections);
        ObjectNode location = location().put("last_updated", T2);
        location.putArray("images").addObject().put("url", "https://a.example/i.png").put("category", "OPERATOR").put("type", "png");
        ((ObjectNode) location.at("/evses/0")).putArray("capabilities").add("RFID_READER").add("REMOTE_START_STOP_CAPABLE");
        ((ObjectNode) location.at("/evses/0/connectors/0")).put("vendor_note", "x").put("max_amperage", 32);

        putLocation(location);

        ObjectNode got = (ObjectNode) partner.about(id).get(0).json();
        assertThat(got.has("images")).isFalse();
        assertThat(got.at("/opening_times/twentyfourseven").booleanValue()).isTrue();
        assertThat(got.path("last_updated").asText()).isEqualTo("2026-01-01T11:00:00Z");
        assertThat(got.at("/evses/0/capabilities").toString()).isEqualTo("[\"RFID_READER\"]");
        assertThat(got.at("/evses/0/connectors/0").has("vendor_note")).isFalse();
        assertThat(source.get("receiver/locations/NL/SRC/" + id).data().has("images")).as("what is stored stays as it came").isTrue();
        assertThat(Platform.withToken("live-token-of-picky-emsp").get("sender/locations/" + id).data()).as("pulled as pushed").isEqualTo(got);
    }

    @Test
    void aCdrIsSentAsItWasFrozenWhateverTheQuirks_D4() {
        partner.registeredAs("picky-emsp", connections);
        String cdr = cdr("PIC").put("last_updated", T2).toString();

        source.post("receiver/cdrs", cdr).is(201, 1000);

        state("DELIVERED");
        assertThat(partner.about(id).stream().map(Request::body)).contains(cdr);
    }

    @Test
    void cardsAreSentInTheOneFormThatIsTaken_Q57_Q58() {
        partner.registeredAs("token-cpo", connections);
        Platform emsp = Platform.withToken("live-token-of-token-emsp");
        ObjectNode app = token("app-" + id, "APP_USER");
        ObjectNode card = token("04ab" + id.toLowerCase(Locale.ROOT), "RFID");

        emsp.put("receiver/tokens/FR/TEM/" + app.path("uid").asText() + "?type=APP_USER", app).is(201, 1000);
        emsp.put("receiver/tokens/FR/TEM/" + card.path("uid").asText(), card).is(201, 1000);

        arrived("/tokens/FR/TEM/04AB" + id + "?type=RFID");
        ObjectNode got = (ObjectNode) partner.about("04AB" + id).get(0).json();
        assertThat(got.path("uid").asText()).isEqualTo("04AB" + id);
        assertThat(got.path("whitelist").asText()).isEqualTo("ALLOWED_OFFLINE");
        assertThat(partner.about("app-" + id)).isEmpty();
    }

    // --- quirks of requests and methods

    @Test
    void requestsAreAddressedAsThePartnerWants_Q6_Q9() {
        partner.registeredAs("picky-emsp", connections);

        source.put("receiver/tariffs/NL/SRC/" + id, tariff()).is(201, 1000);
        source.post("receiver/cdrs", cdr("PIC")).is(201, 1000);

        arrived("/tariffs/NL/SRC/" + id + "/");
        arrived("/cdrs/");
        assertThat(partner.about(id)).allSatisfy(request -> assertThat(request.headers())
                .containsEntry("ocpi-to-country-code", "FR").containsEntry("ocpi-to-party-id", "107"));
    }

    @Test
    void aModuleThatIsPutOnlyGetsNoPatchAndOneWithoutDeleteNoDelete_Q38() {
        partner.registeredAs("picky-emsp", connections);
        putLocation(location());
        source.put("receiver/tariffs/NL/SRC/" + id, tariff()).is(201, 1000);
        arrived("/tariffs/NL/SRC/" + id + "/");

        String status = changeStatusUntil(() -> counted("put-only") > 0);
        source.delete("receiver/tariffs/NL/SRC/" + id).is(200, 1000);
        String later = id + "LATER";
        source.put("receiver/tariffs/NL/SRC/" + later, tariff().put("id", later)).is(201, 1000);

        last("PUT", status);
        arrived("/tariffs/NL/SRC/" + later + "/");
        assertThat(partner.methods(id)).doesNotContain("PATCH", "DELETE");
        assertThat(counted("no-delete")).isPositive();
    }

    // --- quirks of answers

    @Test
    void anAnswerThatIsNoOcpiCountsByItsHttpStatus_Q3() {
        partner.answers(request -> Reply.of(200, "<ok/>")).registeredAs("opaque-emsp", connections);

        source.post("receiver/cdrs", cdr("OPA")).is(201, 1000);

        state("DELIVERED");
    }

    @Test
    void aStatusCodeMeansWhatTheFileSays_Q2_Q3() {
        partner.answers(request -> Reply.ocpi(409, 2999)).registeredAs("opaque-emsp", connections);

        source.post("receiver/cdrs", cdr("OPA")).is(201, 1000);

        state("DELIVERED");
    }

    @Test
    void anUnknownObjectUnderAnotherCodeIsPutWhole_Q3() {
        partner.answers(request -> request.method().equals("PATCH") ? Reply.ocpi(200, 2001) : Reply.accepted()).registeredAs("opaque-emsp", connections);
        putLocation(location());

        String status = changeStatusUntil(this::patched);

        last("PUT", status);
    }

    @Test
    void aRefusedTokenUnderAnotherCodeStopsTheLane_Q2() {
        partner.answers(request -> Reply.ocpi(200, 2000)).registeredAs("opaque-emsp", connections);

        source.put("receiver/tariffs/NL/SRC/" + id, tariff()).is(201, 1000);

        await().atMost(SOON).until(() -> jdbi.withHandle(handle -> handle.select("select coalesce(last_error, '') from lane where partner = 'opaque-emsp' and module = 'tariffs'")
                .mapTo(String.class).one()).contains("credentials are refused"));
    }

    @Test
    void withoutTheSwitchTheSameAnswersAreFaults() {
        partner.answers(request -> Reply.ocpi(409, 2999)).registeredAs("plain-emsp", connections);

        source.post("receiver/cdrs", cdr("PLN")).is(201, 1000);

        state("REJECTED");
        assertThat(column("http_status")).isEqualTo("409");
    }

    private void putLocation(ObjectNode location) {
        source.put("receiver/locations/NL/SRC/" + id, location).is(201, 1000);
        await().atMost(SOON).until(() -> !partner.about(id).isEmpty());
    }

    /** A lane that has only just caught up may PUT once more where it could PATCH; so statuses change until it does what is waited for. */
    private String changeStatusUntil(BooleanSupplier done) {
        String[] status = new String[1];
        AtomicInteger round = new AtomicInteger();
        await().atMost(SOON).pollInterval(Duration.ofMillis(500)).until(() -> {
            if (!done.getAsBoolean()) {
                status[0] = round.incrementAndGet() % 2 == 1 ? "CHARGING" : "AVAILABLE";
                source.patch("receiver/locations/NL/SRC/" + id + "/E1",
                        Bodies.object("{\"status\":\"%s\",\"last_updated\":\"%s\"}", status[0], Instant.parse(T2).plusSeconds(round.get()))).is(200, 1000);
            }
            return done.getAsBoolean();
        });
        return status[0];
    }

    private boolean patched() {
        return partner.methods(id).anyMatch("PATCH"::equals);
    }

    private double counted(String quirk) {
        return metrics.find("hub.quirk.applied").tags("partner", "picky-emsp", "quirk", quirk).counters().stream().mapToDouble(counter -> counter.count()).sum();
    }

    /** The last that the partner was told about the EVSE. */
    private void last(String method, String status) {
        await().atMost(SOON).untilAsserted(() -> {
            List<Request> about = partner.about(id + "/E1");
            Request last = about.get(about.size() - 1);
            assertThat(last.method() + " " + StrictJson.parse(last.body()).path("status").asText()).isEqualTo(method + " " + status);
        });
    }

    private void arrived(String path) {
        await().atMost(SOON).until(() -> partner.about(id).stream().anyMatch(request -> request.path().equals(path)));
    }

    private void state(String state) {
        await().atMost(SOON).untilAsserted(() -> assertThat(column("state")).isEqualTo(state));
    }

    private String column(String name) {
        return jdbi.withHandle(handle -> handle.select("select " + name + "::text from cdr_handover where id = ?", id).mapTo(String.class).findOne().orElse("-"));
    }

    private ObjectNode location() {
        return Bodies.location(id, T1).put("party_id", "SRC");
    }

    private ObjectNode tariff() {
        return Bodies.tariff(id, T1).put("party_id", "SRC");
    }

    private ObjectNode cdr(String emsp) {
        ObjectNode cdr = Bodies.cdr(id, T1).put("party_id", "SRC");
        ((ObjectNode) cdr.path("cdr_token")).put("country_code", "FR").put("party_id", emsp);
        return cdr;
    }

    private static ObjectNode token(String uid, String type) {
        return Bodies.token(uid, T1).put("country_code", "FR").put("party_id", "TEM").put("type", type);
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
