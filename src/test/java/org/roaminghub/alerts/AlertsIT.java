package org.roaminghub.alerts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.FakePlatform;
import org.roaminghub.modules.FakePlatform.Asked;
import org.roaminghub.modules.FakePlatform.Said;
import org.roaminghub.modules.Partners221;

/** Alerts of real troubles, in the operator API and at the webhook (contracts §5). */
@QuarkusTest
@WithTestResource(AlertsHub.class)
class AlertsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String LANE_OF_BETA = "beta/NL*ACM/FR*BET";
    private static final String TIME = "2026-03-01T10:00:00Z";

    @Inject
    Partners221 partners;
    @Inject
    AlertStore store;
    @Inject
    Jdbi jdbi;

    private FakePlatform alpha;
    private FakePlatform tcp;
    private FakePlatform hook;

    @BeforeEach
    void connected() throws IOException {
        for (String role : List.of("viewer", "ops")) {
            given().auth().preemptive().basic("admin", AlertsHub.ADMIN_PASSWORD).contentType(ContentType.JSON)
                    .body(Map.of("name", role, "role", role, "password", role + "-password")).post("/api/v1/users");
        }
        partners.connect();
        alpha = FakePlatform.start();
        tcp = FakePlatform.start();
        hook = FakePlatform.start(Integer.parseInt(Files.readString(AlertsHub.PORT)));
        hook.answers(Said.bare(204, null));
    }

    @AfterEach
    void stopped() {
        partners.connect();
        alpha.close();
        tcp.close();
        hook.close();
    }

    private static RequestSpecification as(String user) {
        return given().auth().preemptive().basic(user, user + "-password").contentType(ContentType.JSON);
    }

    /** The newest alert of a type in one of these states, when there is one soon. */
    private static Map<String, Object> awaitAlert(AlertType type, String key, String states) {
        return await().atMost(SOON).until(() -> alerts(type, states).stream().filter(item -> item.get("key").equals(key)).findFirst().orElse(null), item -> item != null);
    }

    private static List<Map<String, Object>> alerts(AlertType type, String states) {
        JsonPath page = as("viewer").get("/api/v1/alerts?type=" + type + "&state=" + states).then().statusCode(200).extract().jsonPath();
        return page.getList("items");
    }

    private Asked awaitNotice(String event, AlertType type, String key) {
        return hook.awaits(request -> request.json().path("event").asText().equals(event) && request.json().at("/alert/type").asText().equals(type.name())
                && request.json().at("/alert/key").asText().equals(key));
    }

    @Test
    void aResultThatNeverComesIsAnAlertUntilALaterOneComes_CMD06() throws Exception {
        partners.connect("alpha", alpha, "sender/commands");
        partners.connect("tcp", tcp, "receiver/commands");
        String location = Bodies.newId("LOC");
        Partners221.tcp().put("receiver/locations/NL/TCP/" + location, Bodies.location(location, TIME)).is(201, 1000);
        tcp.answers(Said.data("{\"result\":\"ACCEPTED\",\"timeout\":0}"));

        start(location, "/results/never");

        Map<String, Object> alert = awaitAlert(AlertType.COMMAND_TIMEOUT, "NL*TCP", "OPEN");
        assertThat(alert).containsEntry("partner", "tcp").containsEntry("object", "NL*TCP/" + location.toUpperCase(Locale.ROOT))
                .containsEntry("runbook", "docs/runbooks/COMMAND_TIMEOUT.md");
        assertThat(alert.get("reason").toString()).contains("START_SESSION", "DE*ALP");
        assertThat(alert.get("next_step").toString()).contains("NL*TCP");
        await().atMost(SOON).until(() -> (Integer) awaitAlert(AlertType.COMMAND_TIMEOUT, "NL*TCP", "OPEN").get("count") > 1);
        Asked opened = awaitNotice("OPENED", AlertType.COMMAND_TIMEOUT, "NL*TCP");
        assertThat(opened.header("X-Hub-Signature")).isEqualTo("sha256=" + hmac(opened.body()));
        assertThat(opened.json().at("/alert/next_step").asText()).isNotBlank();

        tcp.answers(Said.data("{\"result\":\"ACCEPTED\",\"timeout\":30}"));
        start(location, "/results/comes");
        String url = tcp.asked(request -> request.path().endsWith("START_SESSION")).get(1).json().path("response_url").asText();
        Partners221.tcp().post(url.substring(url.indexOf("/ocpi/")), "{\"result\":\"ACCEPTED\"}").is(200, 1000);

        Map<String, Object> cleared = awaitAlert(AlertType.COMMAND_TIMEOUT, "NL*TCP", "CLEARED");
        assertThat(cleared).containsEntry("id", alert.get("id"));
        assertThat(cleared.get("cleared_at")).isNotNull();
        awaitNotice("CLEARED", AlertType.COMMAND_TIMEOUT, "NL*TCP");
        assertThat(hook.asked(request -> request.json().at("/alert/id").asLong() == ((Number) alert.get("id")).longValue())).hasSize(2);
    }

    private void start(String location, String responsePath) {
        JsonNode token = Bodies.token(Bodies.newId("UID"), TIME);
        Partners221.alpha().route("DE*ALP", "NL*TCP").post("receiver/commands/START_SESSION",
                Bodies.object("{\"response_url\":\"%s\",\"location_id\":\"%s\"}", alpha.url(responsePath), location).set("token", token)).is(200, 1000);
    }

    private static String hmac(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(AlertsHub.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aRefusedTokenIsAnAlertUntilSomethingGetsThrough() {
        alpha.answers(Said.bare(401, ""));
        partners.connect("alpha", alpha, "receiver/locations");
        String location = Bodies.newId("LOC");
        Partners221.tcp().put("receiver/locations/NL/TCP/" + location, Bodies.location(location, TIME)).is(201, 1000);

        Map<String, Object> alert = awaitAlert(AlertType.PARTNER_AUTH_FAILED, "alpha", "OPEN");
        assertThat(alert).containsEntry("partner", "alpha");
        assertThat(alert.get("object").toString()).startsWith("locations of NL*");

        alpha.answers(Said.ok());
        partners.connect("alpha", alpha, "receiver/locations");
        resume("alpha");

        assertThat(awaitAlert(AlertType.PARTNER_AUTH_FAILED, "alpha", "CLEARED")).containsEntry("id", alert.get("id"));
    }

    private static void resume(String partner) {
        as("ops").body("{}").post("/api/v1/partners/" + partner + "/resume").then().statusCode(200);
    }

    @Test
    void aLocationThatDoesNotGetThroughIsAnAlertUntilItDoes() {
        alpha.answers(Said.bare(500, ""));
        partners.connect("beta", alpha, "receiver/locations");
        String location = Bodies.newId("LOC");
        given().header("Authorization", "Bearer acme-test-token").contentType(ContentType.JSON).body(Bodies.location(location, TIME).put("party_id", "ACM").toString())
                .put("/backend/v1/locations/" + location).then().statusCode(200);

        Map<String, Object> alert = awaitAlert(AlertType.LOCATION_PUSH_FAILING, LANE_OF_BETA, "OPEN");
        assertThat(alert).containsEntry("partner", "beta");
        assertThat(alert.get("object").toString()).isEqualToIgnoringCase("NL*ACM/" + location);
        assertThat(alert.get("reason").toString()).contains("HTTP 500");

        alpha.answers(Said.ok());
        assertThat(awaitAlert(AlertType.LOCATION_PUSH_FAILING, LANE_OF_BETA, "CLEARED")).containsEntry("id", alert.get("id"));
    }

    @Test
    void aRoundIsTakenByOneReplica() {
        await().atMost(SOON).until(() -> jdbi.withHandle(handle -> handle.select("select at > now() - interval '1 minute' from alert_round").mapTo(Boolean.class).one()));

        assertThat(store.claimRound(Duration.ofMinutes(1))).isFalse();
    }

    @Test
    void aRefusedCdrIsAnAlertUntilAPersonDecides() {
        alpha.answers(request -> request.method().equals("POST") ? Said.envelope(200, 2001, null) : Said.ok());
        partners.connect("alpha", alpha, "receiver/cdrs");
        String id = Bodies.newId("CDR");
        Partners221.tcp().post("receiver/cdrs", Bodies.cdr(id, TIME)).is(201, 1000);
        String key = await().atMost(SOON).until(() -> alerts(AlertType.CDR_REJECTED, "OPEN").stream().map(item -> item.get("key").toString())
                .filter(found -> found.equalsIgnoreCase("NL*TCP/" + id)).findFirst().orElse(null), found -> found != null);

        as("ops").body(Map.of("decision", "DELIVERED", "reason", "booked by hand")).post("/api/v1/cdrs/" + key + "/resolve").then().statusCode(200);

        assertThat(awaitAlert(AlertType.CDR_REJECTED, key, "CLEARED")).containsEntry("partner", "alpha");
    }

    @Test
    void alertsAreTakenAssignedAndSilencedByPeople() {
        String source = badLine("alerts-people");
        int id = (Integer) awaitAlert(AlertType.DEAD_LETTER, source, "OPEN").get("id");
        String path = "/api/v1/alerts/" + id;

        as("viewer").post(path + "/acknowledge").then().statusCode(403).contentType("application/problem+json");
        as("ops").post(path + "/acknowledge").then().statusCode(200).body("state", equalTo("ACKNOWLEDGED")).body("acknowledged_by", equalTo("ops"));
        as("ops").body(Map.of("to", "viewer")).post(path + "/assign").then().statusCode(200).body("assigned_to", equalTo("viewer")).body("state", equalTo("ACKNOWLEDGED"));
        as("ops").post(path + "/assign").then().statusCode(200).body("assigned_to", equalTo("ops"));
        as("ops").body(Map.of("to", "nobody-of-us")).post(path + "/assign").then().statusCode(400).body("field", equalTo("to"));
        as("ops").body(Map.of("minutes", 0)).post(path + "/silence").then().statusCode(400).body("field", equalTo("minutes"));
        as("ops").body("{}").post(path + "/silence").then().statusCode(400).body("field", equalTo("until"));
        as("ops").body(Map.of("until", "2020-01-01T00:00:00Z")).post(path + "/silence").then().statusCode(400).body("field", equalTo("until"));
        as("ops").body(Map.of("minutes", 60)).post(path + "/silence").then().statusCode(200).body("state", equalTo("SILENCED")).body("silenced_until", notNullValue());

        as("ops").body(Map.of("until", Instant.now().plusSeconds(2).toString())).post(path + "/silence").then().statusCode(200).body("state", equalTo("SILENCED"));
        await().atMost(SOON).untilAsserted(() -> as("viewer").get("/api/v1/alerts?state=OPEN&partner=" + source).then()
                .body("items", hasSize(1)).body("items[0].id", equalTo(id)).body("items[0].silenced_until", nullValue()));

        jdbi.useHandle(handle -> handle.execute("delete from dead_letter where source = ?", source));
        awaitAlert(AlertType.DEAD_LETTER, source, "CLEARED");
        as("ops").post(path + "/acknowledge").then().statusCode(409).body("detail", containsString("cleared"));
        as("ops").post("/api/v1/alerts/999999999/acknowledge").then().statusCode(404);
        as("ops").post("/api/v1/alerts/x/acknowledge").then().statusCode(400).body("field", equalTo("id"));
    }

    @Test
    void aSourceWhoseLinesCannotBeTakenIsNamed() {
        given().header("Authorization", "Bearer acme-test-token").contentType(ContentType.JSON).body("[{\"id\":\"x\",\"type\":\"no such type\"}]")
                .post("/backend/v1/events").then().statusCode(202).body("rejected", hasSize(1));

        assertThat(awaitAlert(AlertType.DEAD_LETTER, "acme-backend", "OPEN")).containsEntry("partner", "acme-backend");
    }

    @Test
    void listsAreFilteredAndPaged() {
        String one = badLine("alerts-list-1");
        String two = badLine("alerts-list-2");
        awaitAlert(AlertType.DEAD_LETTER, one, "OPEN");
        awaitAlert(AlertType.DEAD_LETTER, two, "OPEN");

        JsonPath first = as("viewer").get("/api/v1/alerts?type=DEAD_LETTER&limit=1").then().statusCode(200).body("items", hasSize(1)).extract().jsonPath();
        as("viewer").get("/api/v1/alerts?type=DEAD_LETTER&limit=1&cursor=" + first.getString("next")).then().statusCode(200).body("items", hasSize(1))
                .body("items[0].id", lessThan(first.getInt("items[0].id")));
        as("viewer").get("/api/v1/alerts?partner=" + one).then().body("items.partner", everyItem(equalTo(one))).body("items", hasSize(1));
        as("viewer").get("/api/v1/alerts?state=open").then().statusCode(400).body("field", equalTo("state"));
        as("viewer").get("/api/v1/alerts?type=NOTHING").then().statusCode(400).body("field", equalTo("type"));
        given().get("/api/v1/alerts").then().statusCode(401);
        assertThat(alerts(AlertType.DEAD_LETTER, "OPEN,ACKNOWLEDGED")).hasSizeGreaterThanOrEqualTo(2);
    }

    private String badLine(String source) {
        jdbi.useHandle(handle -> handle.execute("insert into dead_letter (at, source, code, reason, raw) values (now(), ?, 'NOT_JSON', 'no JSON', ''::bytea)", source));
        return source;
    }

    @Test
    void aPartnerThatIsAwayIsOneAlertAndWhatFollowsFromItIsNone() {
        partners.connect("beta", alpha, "receiver/cdrs");
        jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into cdr_handover (owner, id, receiver, state, body, sha256, next_attempt_at, since, created_at)
                    values ('NL*ACM', 'AWAY', 'FR*BET', 'READY', '{}', '', now() + interval '1 day', now(), now() - interval '1 hour')""");
        });
        awaitAlert(AlertType.CDR_UNDELIVERED, "FR*BET", "OPEN");
        jdbi.useHandle(handle -> handle.execute("delete from cdr_handover where id = 'AWAY'"));
        awaitAlert(AlertType.CDR_UNDELIVERED, "FR*BET", "CLEARED");

        jdbi.useHandle(handle -> handle.execute("""
                insert into partner_presence (partner, reachable, since, heard_at, next_probe_at) values ('beta', false, now() + interval '1 hour', now(), now() + interval '1 hour')
                on conflict (partner) do update set reachable = false, since = now() + interval '1 hour', next_probe_at = now() + interval '1 hour'"""));
        awaitAlert(AlertType.PARTNER_UNREACHABLE, "beta", "OPEN");
        jdbi.useHandle(handle -> handle.execute("""
                insert into cdr_handover (owner, id, receiver, state, body, sha256, next_attempt_at, since, created_at)
                values ('NL*ACM', 'AWAY', 'FR*BET', 'READY', '{}', '', now() + interval '1 day', now(), now() - interval '1 hour'),
                    ('NL*ACM', 'DOUBT', 'FR*BET', 'IN_DOUBT', '{}', '', now() + interval '1 day', now() - interval '1 hour', now() - interval '1 hour')"""));
        awaitAlert(AlertType.CDR_IN_DOUBT, "NL*ACM/DOUBT", "OPEN");
        assertThat(alerts(AlertType.CDR_UNDELIVERED, "OPEN,ACKNOWLEDGED,SILENCED")).isEmpty();

        jdbi.useHandle(handle -> handle.execute("update partner_presence set reachable = true, since = now() where partner = 'beta'"));
        awaitAlert(AlertType.PARTNER_UNREACHABLE, "beta", "CLEARED");
        awaitAlert(AlertType.CDR_UNDELIVERED, "FR*BET", "OPEN");
        jdbi.useHandle(handle -> handle.execute("delete from cdr_handover where id in ('AWAY', 'DOUBT')"));
    }

    @Test
    void everyOtherRuleReadsItsTables() {
        jdbi.useHandle(handle -> {
            handle.execute("insert into unresolved (kind, ref, source, station, since) values ('TARIFF', 'T-ALERT', 'alerts-it', 'CP1', now() - interval '1 hour')");
            handle.execute("""
                    insert into charging_session (owner, id, source, session_key, station, evse_id, stop_at, state, cdr, cdr_reason, flags, fold, updated_at)
                    values ('NL*ACM', 'late', 'alerts-it', 'k', 'CP1', 1, now() - interval '1 hour', 'COMPLETED', 'HOLD', 'held: METER', '{}', '{}', now())""");
            handle.execute("insert into held (lane, object, attempts, next_attempt_at, since, reason) select id, 'LOC-HELD', 3, now() + interval '1 day', now() - interval '1 hour', '2001' "
                    + "from lane where partner = 'beta' and module = 'locations' and owner = 'NL*ACM'");
        });

        assertThat(awaitAlert(AlertType.UNRESOLVED_REFERENCE, "alerts-it/TARIFF", "OPEN")).containsEntry("object", "T-ALERT");
        assertThat(awaitAlert(AlertType.CDR_DELAYED, "NL*ACM", "OPEN")).containsEntry("object", "NL*ACM/late").containsEntry("partner", "acme-backend");
        assertThat(awaitAlert(AlertType.LOCATION_PUSH_FAILING, LANE_OF_BETA, "OPEN")).containsEntry("object", "NL*ACM/LOC-HELD");

        jdbi.useHandle(handle -> {
            handle.execute("delete from unresolved where source = 'alerts-it'");
            handle.execute("delete from charging_session where source = 'alerts-it'");
            handle.execute("delete from held where object = 'LOC-HELD'");
        });
        awaitAlert(AlertType.UNRESOLVED_REFERENCE, "alerts-it/TARIFF", "CLEARED");
        awaitAlert(AlertType.CDR_DELAYED, "NL*ACM", "CLEARED");
        awaitAlert(AlertType.LOCATION_PUSH_FAILING, LANE_OF_BETA, "CLEARED");
    }

    @Test
    void aWebhookThatIsAwayIsToldLater() {
        hook.answers(Said.bare(500, ""));
        String source = badLine("alerts-later");
        awaitAlert(AlertType.DEAD_LETTER, source, "OPEN");
        awaitNotice("OPENED", AlertType.DEAD_LETTER, source);
        hook.answers(Said.bare(204, null));

        await().atMost(SOON).until(() -> hook.asked(request -> request.json().at("/alert/key").asText().equals(source)).size() >= 2);
        await().atMost(SOON).until(() -> jdbi.withHandle(handle -> handle.select("select count(*) from alert_notice n join alert a on a.id = n.alert where a.key = ?", source)
                .mapTo(Long.class).one()) == 0);
    }
}
