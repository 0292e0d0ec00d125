package org.roaminghub.modules.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
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
import org.roaminghub.modules.core.ObjectService;
import org.roaminghub.ocpi.PartyId;

/** Charging preferences of a session, from its eMSP to its CPO (chapter mod_sessions, Set: Charging Preferences). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class ChargingPreferencesIT {
    private static final String TIME = "2026-03-01T10:00:00Z";
    private static final String WISH = "{\"profile_type\":\"GREEN\",\"departure_time\":\"2026-03-01T18:00:00Z\",\"energy_need\": 20.50}";

    @Inject
    Partners221 partners;
    @Inject
    Jdbi jdbi;
    @Inject
    ObjectService objects;

    private final Platform alpha = Partners221.alpha().route("DE*ALP", null);
    private final String id = Bodies.newId("SES");
    private final String location = Bodies.newId("LOC");
    private final String path = path(id);
    private FakePlatform tcp;

    @BeforeEach
    void aRunningSession() {
        partners.connect();
        tcp = FakePlatform.start();
        partners.connect("tcp", tcp, "sender/sessions");
        tcp.answers(Said.data("\"ACCEPTED\""));
        push(session(id));
    }

    @AfterEach
    void stopped() {
        partners.connect();
        tcp.close();
    }

    @Test
    void preferencesGoToTheCpoAndItsAnswerComesBack_SES07_SES10() {
        Answer answer = alpha.put(path, WISH).is(200, 1000);

        assertThat(answer.data().asText()).isEqualTo("ACCEPTED");
        assertThat(answer.header("OCPI-from-party-id") + " > " + answer.header("OCPI-to-party-id")).isEqualTo("TCP > ALP");
        Asked arrived = tcp.awaits(request -> request.method().equals("PUT"));
        assertThat(arrived.path()).isEqualTo("/ocpi/sender/sessions/" + id + "/charging_preferences");
        assertThat(arrived.body()).isEqualTo(WISH);
        assertThat(arrived.route()).isEqualTo("DE*ALP > NL*TCP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEPARTURE_REQUIRED", "ENERGY_NEED_REQUIRED", "NOT_POSSIBLE", "PROFILE_TYPE_NOT_SUPPORTED"})
    void everyResponseOfTheCpoGoesBackAsItIs_SES07(String response) {
        tcp.answers(Said.data("\"" + response + "\""));

        assertThat(alpha.route(null, "NL*TCP").put(path, WISH).is(200, 1000).data().asText()).isEqualTo(response);
    }

    @Test
    void anEvseThatCannotIs404And2001_SES08_A56() {
        pushLocation(Bodies.location(location, TIME));

        alpha.put(path, WISH).is(404, 2001).tells("EVSE");

        assertThat(tcp.asked(request -> request.method().equals("PUT"))).isEmpty();
    }

    @Test
    void anEvseThatCanIsAsked_SES08() {
        ObjectNode able = Bodies.location(location, TIME);
        ((ObjectNode) able.at("/evses/0")).putArray("capabilities").add("RFID_READER").add("CHARGING_PREFERENCES_CAPABLE");
        pushLocation(able);

        assertThat(alpha.put(path, WISH).is(200, 1000).data().asText()).isEqualTo("ACCEPTED");
    }

    @Test
    void whatTheCpoRefusesGoesBackAsItIs_SES08_ROUTE23() {
        tcp.answers(Said.envelope(404, 2001, null));

        alpha.put(path, WISH).is(404, 2001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "INVALID"})
    void aSessionThatIsOverTakesNone_SES10_A56(String status) {
        push(session(id).put("status", status).put("last_updated", "2026-03-01T11:00:00Z"));

        assertThat(alpha.put(path, WISH).is(200, 1000).data().asText()).isEqualTo("NOT_POSSIBLE");
        assertThat(tcp.asked(request -> request.method().equals("PUT"))).isEmpty();
    }

    @Test
    void anUnknownSessionAndAForeignOneLookAlike_A56_D12() {
        String betas = Bodies.newId("SES");
        ObjectNode foreign = session(betas);
        ((ObjectNode) foreign.path("cdr_token")).put("country_code", "FR").put("party_id", "BET");
        push(foreign);

        String unknown = alpha.put(path(Bodies.newId("SES")), WISH).is(404, 2000).message();

        assertThat(alpha.put(path(betas), WISH).is(404, 2000).message()).isEqualTo(unknown);
        assertThat(alpha.route(null, "NL*ACM").put(path, WISH).is(404, 2000).message()).isEqualTo(unknown);
        Partners221.beta().put(path, WISH).is(404, 2000);
    }

    @Test
    void preferencesMustFitTheTables_SES10() {
        alpha.put(path, "{\"profile_type\":\"SLOW\",\"energy_need\":\"much\",\"discharge_allowed\":1}").is(200, 2001)
                .tells("profile_type").tells("energy_need").tells("discharge_allowed");
        alpha.put(path, "{}").is(200, 2001).tells("profile_type");
        alpha.put(path, "{").is(400, 2001);
        alpha.route(null, "NL*HUB").put(path, WISH).is(200, 2001);
    }

    @Test
    void aSessionThatTwoCposHaveIs2002UnlessOneIsNamed_ROUTE16() {
        acmesSession(id);

        alpha.put(path, WISH).is(200, 2002);
        alpha.route(null, "NL*TCP").put(path, WISH).is(200, 1000);
    }

    @Test
    void aBackendWithoutOcpiTakesNone_SES07() {
        String theirs = Bodies.newId("SES");
        acmesSession(theirs);

        assertThat(alpha.put(path(theirs), WISH).is(200, 1000).data().asText()).isEqualTo("NOT_POSSIBLE");
        assertThat(alpha.route(null, "NL*ACM").put(path(theirs), WISH).is(200, 1000).data().asText()).isEqualTo("NOT_POSSIBLE");
    }

    @Test
    void aCpoThatIsAwayIs4003_TRANS45() {
        tcp.close();

        alpha.put(path, WISH).is(200, 4003);
    }

    private static String path(String session) {
        return "sender/sessions/" + session + "/charging_preferences";
    }

    private ObjectNode session(String session) {
        return Bodies.session(session, TIME).put("location_id", location);
    }

    private static void push(ObjectNode session) {
        assertThat(Partners221.tcp().put("receiver/sessions/NL/TCP/" + session.path("id").asText(), session).code()).isEqualTo(1000);
    }

    private void pushLocation(ObjectNode whole) {
        Partners221.tcp().put("receiver/locations/NL/TCP/" + location, whole).is(201, 1000);
    }

    private void acmesSession(String session) {
        ObjectNode theirs = session(session).put("party_id", "ACM");
        jdbi.useTransaction(transaction -> objects.keep(transaction, SessionsReceiver.SESSIONS, PartyId.of("NL", "ACM"), "acme-backend", theirs.toString(), theirs));
    }
}
