package org.roaminghub.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.FakePlatform.Asked;
import org.roaminghub.modules.FakePlatform.Said;
import org.roaminghub.modules.credentials.Handshake;
import org.roaminghub.ocpi.Endpoint;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.versions.OcpiVersion;
import org.roaminghub.partners.Partners;

/** Partners that never moved on from 2.2, beside one of 2.2.1 (chapters version_information_endpoint and credentials; D9). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class Version22IT {
    private static final String TIME = "2026-03-01T10:00:00Z";
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Platform EMSP_TOKEN_A = Platform.withToken("early-emsp-test-token");
    private static final Platform CPO_TOKEN_A = Platform.withToken("early-cpo-test-token");
    private static final String[] EMSP_SIDE = {"receiver/locations", "receiver/tariffs", "receiver/sessions", "receiver/cdrs", "sender/tokens"};

    @Inject
    Partners221 partners;
    @Inject
    Partners all;
    @Inject
    Handshake handshake;
    @Inject
    Jdbi jdbi;

    private FakePlatform alpha;
    private FakePlatform early;

    @BeforeEach
    void connected() {
        partners.connect();
        alpha = FakePlatform.start();
        early = FakePlatform.start();
        partners.forget("early-emsp");
        partners.forget("early-cpo");
    }

    @AfterEach
    void stopped() {
        partners.connect();
        partners.forget("early-emsp");
        partners.forget("early-cpo");
        alpha.close();
        early.close();
    }

    @Test
    void eachIsToldTheVersionsOfItsFileNewestFirst_VER02_VER13() {
        assertThat(versions(EMSP_TOKEN_A)).containsExactly("2.2.1", "2.2");
        assertThat(versions(CPO_TOKEN_A)).containsExactly("2.2");
        assertThat(versions(Partners221.alpha())).containsExactly("2.2.1");
    }

    @Test
    void theDetailsOf22NameTheSameInterfacesUnderItsOwnUrls_VER03_VER09() {
        JsonNode early22 = EMSP_TOKEN_A.get("/ocpi/2.2").is(200, 1000).data();
        JsonNode modern = EMSP_TOKEN_A.get("/ocpi/2.2.1").is(200, 1000).data();

        assertThat(early22.path("version").asText()).isEqualTo("2.2");
        assertThat(early22.toString()).isEqualTo(modern.toString().replace("2.2.1", "2.2"));
        assertThat(early22.path("endpoints")).isNotEmpty().allSatisfy(endpoint -> assertThat(endpoint.path("url").asText()).contains("/ocpi/2.2/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ocpi/2.2", "/ocpi/2.2/credentials", "/ocpi/2.2/sender/locations", "/ocpi/2.2/receiver/tokens/DE/ALP/X"})
    void whoseFileDoesNotSay22Gets3002There_CRED33(String path) {
        Partners221.alpha().get(path).is(200, 3002).tells("2.2.1");
        assertThat(Platform.withToken("nobody").get(path).http()).isEqualTo(401);
    }

    @Test
    void whoseFileSaysOnly22Gets3002At221_CRED33() {
        CPO_TOKEN_A.get("/ocpi/2.2.1").is(200, 3002).tells("2.2");
        CPO_TOKEN_A.post("/ocpi/2.2.1/credentials", "{}").is(200, 3002);
    }

    @Test
    void theVersionInForceIsThatOfTheCredentialsEndpointAndPutMovesItUp_CRED08_CRED17() {
        speaks(early, List.of("2.2", "2.2.1"), EMSP_SIDE);

        Platform emsp = register("early-emsp", EMSP_TOKEN_A, "EMSP", "SE", "EMS");

        assertThat(version("early-emsp")).isEqualTo(OcpiVersion.V2_2);
        assertThat(early.asked(request -> request.path().startsWith("/details"))).extracting(Asked::path).containsExactly("/details/2.2");
        emsp.get("/ocpi/2.2/sender/tariffs").is(200, 1000);

        Platform moved = Platform.withToken(emsp.put("/ocpi/2.2.1/credentials", credentials("EMSP", "SE", "EMS")).is(200, 1000).data().path("token").asText());

        assertThat(version("early-emsp")).isEqualTo(OcpiVersion.V2_2_1);
        assertThat(early.asked(request -> request.path().startsWith("/details"))).extracting(Asked::path).containsExactly("/details/2.2", "/details/2.2.1");
        String id = Bodies.newId("SES");
        Partners221.tcp().put("receiver/sessions/NL/TCP/" + id, ofEarly(Bodies.session(id, TIME))).is(201, 1000);
        assertThat(early.awaits(request -> request.path().endsWith(id)).body()).isEqualTo(ofEarly(Bodies.session(id, TIME)).toString());
        moved.get("/ocpi/2.2/sender/tariffs").is(200, 1000);
    }

    @Test
    void aPartnerThatDoesNotOfferTheVersionItCallsIs3002_CRED08_CRED33() {
        speaks(early, List.of("2.2"), EMSP_SIDE);

        EMSP_TOKEN_A.post("/ocpi/2.2.1/credentials", credentials("EMSP", "SE", "EMS")).is(200, 3002);
        EMSP_TOKEN_A.post("/ocpi/2.2/credentials", credentials("EMSP", "SE", "EMS")).is(200, 1000);
    }

    @Test
    void whenWeStartTheLatestThatAllHaveInCommonIsTaken_VER13() {
        speaks(early, List.of("2.1.1", "2.2", "2.2.1"), EMSP_SIDE);
        start();
        assertThat(version("early-emsp")).isEqualTo(OcpiVersion.V2_2_1);

        speaks(early, List.of("2.1.1", "2.2"), EMSP_SIDE);
        start();
        assertThat(version("early-emsp")).isEqualTo(OcpiVersion.V2_2);

        speaks(early, List.of("2.1.1", "2.3.0"), EMSP_SIDE);
        assertThatThrownBy(this::start).isInstanceOfSatisfying(OcpiException.class, refused -> assertThat(refused.status()).isEqualTo(OcpiStatus.UNSUPPORTED_VERSION));
    }

    @Test
    void pushesTakeTheFormOfTheReceiversVersion_VER13() {
        bothListen(EMSP_SIDE);
        String id = Bodies.newId("LOC");
        ObjectNode location = Bodies.location(id, TIME);
        ((ObjectNode) location.path("evses").get(0)).putArray("capabilities").add("RFID_READER").add("START_SESSION_CONNECTOR_REQUIRED");
        ((ObjectNode) location.path("evses").get(0).path("connectors").get(0)).put("power_type", "AC_2_PHASE");
        ((ObjectNode) location.path("evses").get(1).path("connectors").get(0)).put("standard", "CHAOJI");

        Partners221.tcp().put("receiver/locations/NL/TCP/" + id, location).is(201, 1000);

        assertThat(alpha.awaits(request -> request.path().endsWith(id)).json()).isEqualTo(location);
        JsonNode told = early.awaits(request -> request.path().endsWith(id)).json();
        assertThat(told.path("evses")).singleElement().satisfies(evse -> {
            assertThat(evse.path("capabilities")).extracting(JsonNode::asText).containsExactly("RFID_READER");
            assertThat(evse.path("connectors").get(0).path("power_type").asText()).isEqualTo("AC_1_PHASE");
        });
        assertThat(told.path("last_updated")).isEqualTo(location.path("last_updated"));
    }

    @Test
    void aCdrLeavesIn22AndItsFrozenBodyStaysAsItWas_VER13() {
        bothListen(EMSP_SIDE);
        String id = Bodies.newId("CDR");
        ObjectNode cdr = withPostalCode(ofEarly(Bodies.cdr(id, TIME)));
        String card = Bodies.newId("CDR");

        Partners221.tcp().post("receiver/cdrs", cdr).is(201, 1000);
        Partners221.tcp().post("receiver/cdrs", withPostalCode(Bodies.cdr(card, TIME))).is(201, 1000);

        JsonNode told = early.awaits(request -> request.method().equals("POST") && request.body().contains(id)).json();
        assertThat(told.path("cdr_token").toString()).isEqualTo("{\"uid\":\"CARD\",\"type\":\"RFID\",\"contract_id\":\"DE-ALP-C12345678\"}");
        assertThat(alpha.awaits(request -> request.method().equals("POST") && request.body().contains(card)).body()).isEqualTo(withPostalCode(Bodies.cdr(card, TIME)).toString());
        await().atMost(SOON).until(() -> handover(id, "state").equals("DELIVERED"));
        assertThat(handover(id, "body")).isEqualTo(cdr.toString());
    }

    @Test
    void aCdrThat22CannotCarryIsHeldBackWithTheReason_VER13() {
        bothListen(EMSP_SIDE);
        String id = Bodies.newId("CDR");

        Partners221.tcp().post("receiver/cdrs", ofEarly(Bodies.cdr(id, TIME))).is(201, 1000);

        await().atMost(SOON).until(() -> handover(id, "state").equals("REJECTED"));
        assertThat(handover(id, "reason")).contains("cdr_location.postal_code");
        assertThat(early.asked(request -> request.body().contains(id))).isEmpty();
    }

    @Test
    void listsAndTheirLinksStayInTheVersionThatIsAsked_VER08_VER15() {
        speaks(early, List.of("2.2", "2.2.1"), "sender/tokens");
        Platform emsp = register("early-emsp", EMSP_TOKEN_A, "EMSP", "SE", "EMS");
        for (int count = 0; count < 2; count++) {
            String id = Bodies.newId("SES");
            Partners221.tcp().put("receiver/sessions/NL/TCP/" + id, ofEarly(Bodies.session(id, TIME))).is(201, 1000);
        }

        Answer page = emsp.get("/ocpi/2.2/sender/sessions?limit=1").is(200, 1000);
        Answer modern = emsp.get("/ocpi/2.2.1/sender/sessions?limit=1").is(200, 1000);

        assertThat(page.data().get(0).path("cdr_token").has("party_id")).isFalse();
        assertThat(page.next().orElseThrow()).contains("/ocpi/2.2/sender/sessions?");
        assertThat(emsp.get(page.next().orElseThrow()).is(200, 1000).data().get(0).path("cdr_token").has("party_id")).isFalse();
        assertThat(modern.data().get(0).path("cdr_token").path("party_id").asText()).isEqualTo("EMS");
        assertThat(modern.next().orElseThrow()).contains("/ocpi/2.2.1/sender/sessions?");
    }

    @Test
    void aCdrThatAListCannotTellIsNotHandedOver_VER13() {
        speaks(early, List.of("2.2", "2.2.1"), "sender/tokens");
        Platform emsp = register("early-emsp", EMSP_TOKEN_A, "EMSP", "SE", "EMS");
        String untold = Bodies.newId("CDR");
        String told = Bodies.newId("CDR");
        Partners221.tcp().post("receiver/cdrs", ofEarly(Bodies.cdr(untold, TIME))).is(201, 1000);
        Partners221.tcp().post("receiver/cdrs", withPostalCode(ofEarly(Bodies.cdr(told, TIME)))).is(201, 1000);

        List<String> listed = emsp.get("/ocpi/2.2/sender/cdrs?limit=1000").is(200, 1000).ids();

        assertThat(listed).contains(told).doesNotContain(untold);
        assertThat(handover(told, "state")).isEqualTo("DELIVERED");
        assertThat(handover(untold, "state")).isEqualTo("READY");
        assertThat(emsp.get("/ocpi/2.2.1/sender/cdrs?limit=1000").ids()).contains(untold);
        assertThat(handover(untold, "state")).isEqualTo("DELIVERED");
    }

    @Test
    void whatA22CpoSendsIsCompletedFromTheTokenStore_VER13() {
        Platform cpo = cpo();
        partners.connect("alpha", alpha, EMSP_SIDE);
        String card = Bodies.newId("CARD");
        Partners221.alpha().put("receiver/tokens/DE/ALP/" + card, Bodies.token(card, TIME)).is(201, 1000);
        String id = Bodies.newId("SES");

        cpo.put("/ocpi/2.2/receiver/sessions/SE/ECP/" + id, early(Bodies.session(id, TIME), card)).is(201, 1000);

        assertThat(alpha.awaits(request -> request.path().endsWith(id)).json().path("cdr_token").path("party_id").asText()).isEqualTo("ALP");
        assertThat(cpo.get("/ocpi/2.2/receiver/sessions/SE/ECP/" + id).is(200, 1000).data()).isEqualTo(early(Bodies.session(id, TIME), card));
        String cdr = Bodies.newId("CDR");
        Answer posted = cpo.post("/ocpi/2.2/receiver/cdrs", withPostalCode(early(Bodies.cdr(cdr, TIME), card))).is(201, 1000);
        assertThat(posted.header("Location")).contains("/ocpi/2.2/receiver/cdrs/");
        assertThat(cpo.get(posted.header("Location")).is(200, 1000).data()).isEqualTo(withPostalCode(early(Bodies.cdr(cdr, TIME), card)));
    }

    @Test
    void aTokenThatNobodySentHereIs2001ByName_TRANS34() {
        Platform cpo = cpo();
        String id = Bodies.newId("SES");

        cpo.put("/ocpi/2.2/receiver/sessions/SE/ECP/" + id, early(Bodies.session(id, TIME), Bodies.newId("CARD"))).is(200, 2001).tells("cdr_token");
        cpo.put("/ocpi/2.2/receiver/sessions/SE/ECP/" + id, "{\"cdr_token\":").is(400, 2001);
        cpo.put("/ocpi/2.2/receiver/sessions/SE/ECP/" + id, "{\"cdr_token\":{}}").is(200, 2001).tells("cdr_token.uid");
    }

    @Test
    void directedRequestsAreTranslatedBothWays_ROUTE05_VER13() {
        Platform cpo = cpo().route("SE*ECP", "DE*ALP");
        partners.connect("alpha", alpha, EMSP_SIDE);
        Platform emsp = Partners221.alpha().route("DE*ALP", "SE*ECP");
        String id = Bodies.newId("SES");
        ObjectNode early22 = early(Bodies.session(id, TIME), "CARD");

        cpo.put("/ocpi/2.2/receiver/sessions/SE/ECP/" + id, early22).is(200, 1000);
        assertThat(alpha.awaits(request -> request.path().endsWith(id)).json().path("cdr_token").path("party_id").asText()).isEqualTo("ALP");

        answers(early, List.of("2.2"), request -> Said.data("[" + early22 + "]").with("Link", "<" + early.url("/next") + ">; rel=\"next\""), "sender/sessions");
        assertThat(emsp.get("sender/sessions").is(200, 1000).data().get(0).path("cdr_token").path("party_id").asText()).isEqualTo("ALP");

        alpha.answers(Said.data(Bodies.session(id, TIME).toString()));
        assertThat(cpo.get("/ocpi/2.2/receiver/sessions/SE/ECP/" + id).is(200, 1000).data().path("cdr_token").has("party_id")).isFalse();
        alpha.answers(Said.envelope(201, 1000, null).with("Location", "/mine/1"));
        assertThat(cpo.post("/ocpi/2.2/receiver/cdrs", withPostalCode(early(Bodies.cdr(id, TIME), "CARD"))).is(201, 1000).header("Location")).contains("/ocpi/2.2/relayed/cdrs/");
    }

    @Test
    void anIdWithASlashIsOneIdIn22_A19() {
        String id = Bodies.newId("TAR");
        Platform cpo = cpo();
        ObjectNode tariff = Bodies.tariff(id + "/1%", TIME).put("country_code", "SE").put("party_id", "ECP");

        cpo.put("/ocpi/2.2/receiver/tariffs/SE/ECP/" + id + "%2F1%25", tariff).is(201, 1000);

        assertThat(cpo.get("/ocpi/2.2/receiver/tariffs/SE/ECP/" + id + "%2F1%25").is(200, 1000).data().path("id").asText()).isEqualTo(id + "/1%");
    }

    @Test
    void aCommandAndTheUrlForItsResultAreIn22_VER09_VER13() {
        speaks(early, List.of("2.2"), "receiver/commands");
        Platform cpo = register("early-cpo", CPO_TOKEN_A, "CPO", "SE", "ECP").route("SE*ECP", "DE*ALP");
        partners.connect("alpha", alpha, EMSP_SIDE);
        answers(early, List.of("2.2"), request -> Said.data("{\"result\":\"ACCEPTED\",\"timeout\":30}"), "receiver/commands");
        ObjectNode start = Bodies.object("{\"response_url\":\"%s\",\"location_id\":\"LOC\",\"evse_uid\":\"E1\",\"connector_id\":\"1\"}", alpha.url("/results/1"));
        start.set("token", Bodies.token(Bodies.newId("CARD"), TIME));

        Partners221.alpha().route("DE*ALP", "SE*ECP").post("receiver/commands/START_SESSION", start).is(200, 1000);

        JsonNode told = early.awaits(request -> request.path().endsWith("/START_SESSION")).json();
        assertThat(told.has("connector_id")).isFalse();
        assertThat(told.path("response_url").asText()).contains("/ocpi/2.2/");
        cpo.post(told.path("response_url").asText(), "{\"result\":\"ACCEPTED\"}").is(200, 1000);
        assertThat(alpha.awaits(request -> request.path().equals("/results/1")).json().path("result").asText()).isEqualTo("ACCEPTED");
    }

    @Test
    void theResultOfAChargingProfileComesBackFrom22_CP04() {
        speaks(early, List.of("2.2"), "receiver/chargingprofiles");
        Platform cpo = register("early-cpo", CPO_TOKEN_A, "CPO", "SE", "ECP").route("SE*ECP", "DE*ALP");
        partners.connect("alpha", alpha, EMSP_SIDE);
        answers(early, List.of("2.2"), request -> Said.data("{\"result\":\"ACCEPTED\",\"timeout\":30}"), "receiver/chargingprofiles");
        String wanted = URLEncoder.encode(alpha.url("/results/profile"), StandardCharsets.UTF_8);

        Partners221.alpha().route("DE*ALP", "SE*ECP").delete("receiver/chargingprofiles/S1?response_url=" + wanted).is(200, 1000);

        String query = early.awaits(request -> request.path().endsWith("/chargingprofiles/S1")).query();
        String url = URLDecoder.decode(query.substring("response_url=".length()), StandardCharsets.UTF_8);
        assertThat(url).contains("/ocpi/2.2/");
        cpo.post(url, "{\"result\":\"ACCEPTED\"}").is(200, 1000);
        assertThat(alpha.awaits(request -> request.path().equals("/results/profile")).json().path("result").asText()).isEqualTo("ACCEPTED");
    }

    @Test
    void thereIsNo4000In22_TRANS45() {
        speaks(early, List.of("2.2", "2.2.1"), EMSP_SIDE);
        Platform emsp = register("early-emsp", EMSP_TOKEN_A, "EMSP", "SE", "EMS").route("SE*EMS", "NL*TCP");
        partners.connect("tcp", alpha, "receiver/tokens");

        emsp.get("/ocpi/2.2/sender/tariffs").is(200, 3000);
        emsp.get("/ocpi/2.2.1/sender/tariffs").is(200, 4000);
        emsp.route("SE*EMS", "XX*XXX").get("/ocpi/2.2/sender/tariffs").is(200, 4001);
    }

    private void bothListen(String... interfaces) {
        partners.connect("alpha", alpha, interfaces);
        speaks(early, List.of("2.2"), interfaces);
        register("early-emsp", EMSP_TOKEN_A, "EMSP", "SE", "EMS");
    }

    private Platform cpo() {
        speaks(early, List.of("2.2"), "sender/sessions", "sender/cdrs", "receiver/tokens");
        return register("early-cpo", CPO_TOKEN_A, "CPO", "SE", "ECP");
    }

    /** Registers at 2.2 and gives the platform with its token. */
    private Platform register(String partner, Platform tokenA, String role, String country, String party) {
        Answer answer = tokenA.post("/ocpi/2.2/credentials", credentials(role, country, party)).is(200, 1000);
        assertThat(version(partner)).isEqualTo(OcpiVersion.V2_2);
        return Platform.withToken(answer.data().path("token").asText());
    }

    private void start() {
        handshake.start(all.config("early-emsp").orElseThrow(), early.url("/versions"), "theirs", "POST");
    }

    private OcpiVersion version(String partner) {
        return all.link(partner).orElseThrow().version();
    }

    private String handover(String id, String column) {
        return jdbi.withHandle(handle -> handle.createQuery("select <column> from cdr_handover where id = :id").define("column", column).bind("id", id).mapTo(String.class).one());
    }

    private String credentials(String role, String country, String party) {
        return """
                {"token":"token-for-the-hub","url":"%s","roles":[{"role":"%s","business_details":{"name":"Early"},"party_id":"%s","country_code":"%s"}]}"""
                .formatted(early.url("/versions"), role, party, country);
    }

    /** A platform of these versions that takes whatever it is sent. */
    private void speaks(FakePlatform platform, List<String> versions, String... interfaces) {
        answers(platform, versions, request -> Said.ok(), interfaces);
    }

    private void answers(FakePlatform platform, List<String> versions, java.util.function.Function<Asked, Said> other, String... interfaces) {
        String listed = versions.stream().map(version -> "{\"version\":\"%s\",\"url\":\"%s\"}".formatted(version, platform.url("/details/" + version))).collect(Collectors.joining(","));
        String endpoints = platform.endpoints(interfaces).stream().map(Version22IT::json).collect(Collectors.joining(","));
        String own = "{\"identifier\":\"credentials\",\"role\":\"SENDER\",\"url\":\"" + platform.url("/credentials") + "\"}";
        Map<String, Said> fixed = Map.of("/versions", Said.data("[" + listed + "]"), "/credentials", Said.data(credentials("EMSP", "SE", "EMS")));
        platform.answers(request -> request.path().startsWith("/details/")
                ? Said.data("{\"version\":\"" + request.path().substring("/details/".length()) + "\",\"endpoints\":[" + own + (endpoints.isEmpty() ? "" : "," + endpoints) + "]}")
                : fixed.containsKey(request.path()) ? fixed.get(request.path()) : other.apply(request));
    }

    private static String json(Endpoint endpoint) {
        return "{\"identifier\":\"%s\",\"role\":\"%s\",\"url\":\"%s\"}".formatted(endpoint.identifier(), endpoint.role(), endpoint.url());
    }

    private static List<String> versions(Platform platform) {
        JsonNode versions = platform.get("/ocpi/versions").is(200, 1000).data();
        versions.forEach(version -> assertThat(version.path("url").asText()).endsWith("/ocpi/" + version.path("version").asText()));
        return versions.findValuesAsText("version");
    }

    /** The same for a card of the eMSP of 2.2. */
    private static ObjectNode ofEarly(ObjectNode document) {
        ((ObjectNode) document.path("cdr_token")).put("country_code", "SE").put("party_id", "EMS");
        return document;
    }

    /** As the CPO of 2.2 writes it, for this card. */
    private static ObjectNode early(ObjectNode document, String card) {
        ObjectNode token = (ObjectNode) document.put("country_code", "SE").put("party_id", "ECP").path("cdr_token");
        token.put("uid", card).remove(List.of("country_code", "party_id"));
        return document;
    }

    private static ObjectNode withPostalCode(ObjectNode cdr) {
        ((ObjectNode) cdr.path("cdr_location")).put("postal_code", "1234 AB");
        return cdr;
    }
}
