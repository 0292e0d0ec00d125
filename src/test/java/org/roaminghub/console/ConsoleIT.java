package org.roaminghub.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The operator API and the page, against a hub with the partner files of the tests and rows of its own. */
@QuarkusTest
@WithTestResource(ConsoleHub.class)
class ConsoleIT {
    private static final String ADMIN_PASSWORD = "admin-of-the-tests";
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    @Inject
    Jdbi jdbi;
    @Inject
    ConsoleUsers users;
    @Inject
    ObjectMapper json;
    @TestHTTPResource("/")
    URI home;

    @BeforeEach
    void usersAndRows() {
        users.change("admin", Roles.ADMIN, ADMIN_PASSWORD);
        for (String role : List.of(Roles.VIEWER, Roles.OPS, Roles.FINANCE)) {
            users.create(role, role, role + "-password");
        }
        jdbi.useHandle(handle -> {
            handle.execute("delete from held");
            handle.execute("delete from charging_session where source = 'console-it'");
            handle.execute("delete from cdr_handover where owner = 'NL*CIT'");
            handle.execute("delete from unresolved where source = 'console-it'");
        });
    }

    private static RequestSpecification as(String user) {
        return given().auth().preemptive().basic(user, user.equals("admin") ? ADMIN_PASSWORD : user + "-password").contentType(ContentType.JSON);
    }

    private long lane(String partner, String module) {
        return as("viewer").get("/api/v1/lanes?partner=" + partner + "&module=" + module + "&owner=NL*ACM").then().statusCode(200).extract().jsonPath().getLong("items[0].id");
    }

    // --- who may do what

    @Test
    void withoutCredentialsNothingIsShown() {
        given().get("/api/v1/lanes").then().statusCode(401).contentType("application/problem+json").header("WWW-Authenticate", containsString("asic"));
        given().get("/").then().statusCode(401);
        given().get("/console.js").then().statusCode(401);
        given().get("/api/v1/stream").then().statusCode(401);
        given().auth().preemptive().basic("admin", "wrong-password").get("/api/v1/me").then().statusCode(401);
        given().auth().preemptive().basic("nobody", "wrong-password").get("/api/v1/me").then().statusCode(401);
    }

    @Test
    void whatIsNotForPeopleIsNotBehindBasic() {
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/metrics").then().statusCode(200);
        given().get("/ocpi/versions").then().statusCode(401).body("status_code", equalTo(2000));
    }

    @Test
    void aViewerReadsAndDoesNotAct() {
        long lane = lane("alpha", "locations");
        as("viewer").get("/api/v1/me").then().statusCode(200).body("role", equalTo("viewer"));
        as("viewer").get("/api/v1/partners").then().statusCode(200);
        for (String path : List.of("/lanes/" + lane + "/pause", "/lanes/" + lane + "/held/retry", "/partners/alpha/pause", "/partners/reload", "/cdrs/NL*CIT/X/resolve", "/users")) {
            as("viewer").body("{}").post("/api/v1" + path).then().statusCode(403).contentType("application/problem+json");
        }
        as("ops").get("/api/v1/users").then().statusCode(403);
        as("finance").body("{}").post("/api/v1/lanes/" + lane + "/pause").then().statusCode(403);
    }

    @Test
    void anAdminCreatesUsersAndPasswordsAreNeverAnswered() {
        String name = "u" + System.nanoTime();
        as("admin").body("{\"name\":\"" + name + "\",\"role\":\"ops\",\"password\":\"a-good-password\"}").post("/api/v1/users").then().statusCode(201);
        as("admin").body("{\"name\":\"" + name + "\",\"role\":\"ops\",\"password\":\"a-good-password\"}").post("/api/v1/users").then().statusCode(409);
        given().auth().preemptive().basic(name, "a-good-password").get("/api/v1/me").then().statusCode(200).body("role", equalTo("ops"));
        as("admin").get("/api/v1/users").then().statusCode(200).body("items.name", hasItem(name)).body(not(containsString("$2a$"))).body(not(containsString("password")));
        as("admin").body("{\"name\":\"x\",\"role\":\"king\",\"password\":\"a-good-password\"}").post("/api/v1/users").then().statusCode(400).body("field", equalTo("role"));
        as("admin").body("{\"name\":\"x\",\"role\":\"ops\",\"password\":\"short\"}").post("/api/v1/users").then().statusCode(400).body("field", equalTo("password"));
        as("admin").body("{\"role\":\"viewer\",\"password\":\"another-password\"}").put("/api/v1/users/" + name).then().statusCode(200);
        given().auth().preemptive().basic(name, "a-good-password").get("/api/v1/me").then().statusCode(401);
        given().auth().preemptive().basic(name, "another-password").get("/api/v1/me").then().statusCode(200).body("role", equalTo("viewer"));
    }

    @Test
    void aForeignPageCannotActWithTheBrowsersCredentials() {
        as("ops").header("Sec-Fetch-Site", "cross-site").post("/api/v1/partners/reload").then().statusCode(403).body("title", equalTo("Foreign page"));
        as("ops").header("Sec-Fetch-Site", "same-origin").post("/api/v1/partners/reload").then().statusCode(200);
    }

    // --- partners and lanes

    @Test
    void partnersShowTheirStateAndNoSecret() {
        as("viewer").get("/api/v1/partners/alpha").then().statusCode(200).body("state", equalTo("PLANNED")).body("parties[0].party_id", equalTo("ALP"))
                .body("delivery.locations", equalTo("push")).body(not(containsString("token_a")));
        as("viewer").get("/api/v1/partners/nobody").then().statusCode(404).body("detail", containsString("nobody"));
        as("ops").post("/api/v1/partners/alpha/register").then().statusCode(409).body("detail", containsString("versions_url"));
        as("ops").post("/api/v1/partners/alpha/rotate-token").then().statusCode(409);
        as("ops").post("/api/v1/partners/reload").then().statusCode(200).body("faults", hasSize(0));
    }

    @Test
    void operatorsSeeWhoIsPlannedAndWhoIsConnected_HCI09() {
        as("viewer").get("/api/v1/partners/alpha").then().statusCode(200).body("status", equalTo("PLANNED")).body("status_since", equalTo(null));
        as("viewer").get("/api/v1/partners/acme-backend").then().statusCode(200).body("status", equalTo("CONNECTED"));
    }

    @Test
    void aListIsWalkedToItsEndByItsCursorAndEachItemComesOnce() {
        List<Integer> all = as("viewer").get("/api/v1/lanes").then().statusCode(200).body("next", equalTo(null)).extract().jsonPath().getList("items.id");
        assertThat(all).hasSizeGreaterThan(5);
        List<Integer> walked = new ArrayList<>();
        String next = "";
        while (next != null) {
            var page = as("viewer").get("/api/v1/lanes?limit=2" + (next.isEmpty() ? "" : "&cursor=" + next)).then().statusCode(200).extract().jsonPath();
            walked.addAll(page.getList("items.id"));
            next = page.getString("next");
        }
        assertThat(walked).isEqualTo(all);
        as("viewer").get("/api/v1/lanes?limit=0").then().statusCode(400).body("field", equalTo("limit"));
        as("viewer").get("/api/v1/lanes?cursor=nonsense").then().statusCode(400).body("field", equalTo("cursor"));
        as("viewer").get("/api/v1/lanes?owner=nonsense").then().statusCode(400).body("field", equalTo("owner"));
    }

    @Test
    void lagCountsWhatStandsBeyondTheLaneAndIsForItsReceiver() {
        jdbi.useHandle(handle -> {
            handle.execute("delete from feed where owner = 'NL*TCP'");
            String sql = "insert into feed (module, owner, object, recipient, tx, seq, full_tx, full_seq, changed_at) values ('sessions', 'NL*TCP', ?, ?, '7', ?, '7', ?, now() - interval '90 seconds')";
            handle.execute(sql, "S1", "DE*ALP", 1, 1);
            handle.execute(sql, "S2", "DE*ALP", 2, 2);
            handle.execute(sql, "S3", "FR*BET", 3, 3);
        });
        as("viewer").get("/api/v1/lanes?partner=alpha&module=sessions&owner=NL*TCP").then().statusCode(200).body("items", hasSize(1))
                .body("items[0].lag_objects", equalTo(2)).body("items[0].lag_seconds", org.hamcrest.Matchers.greaterThanOrEqualTo(89)).body("items[0].state", equalTo("STOPPED"));
        jdbi.useHandle(handle -> handle.execute("delete from feed where owner = 'NL*TCP'"));
    }

    @Test
    void lanesArePausedResumedAndResynced() {
        long lane = lane("beta", "tariffs");
        as("ops").post("/api/v1/lanes/" + lane + "/pause").then().statusCode(200).body("state", equalTo("PAUSED"));
        as("ops").post("/api/v1/lanes/" + lane + "/resync").then().statusCode(200).body("id", equalTo((int) lane));
        as("ops").post("/api/v1/lanes/" + lane + "/resume").then().statusCode(200).body("state", equalTo("STOPPED"));
        as("ops").post("/api/v1/partners/beta/pause").then().statusCode(200).body("lanes", equalTo(3));
        as("ops").post("/api/v1/partners/beta/resume").then().statusCode(200);
        as("ops").post("/api/v1/lanes/999999/pause").then().statusCode(404);
        as("ops").post("/api/v1/lanes/x/pause").then().statusCode(400).body("field", equalTo("id"));
    }

    @Test
    void heldObjectsAreListedWithTheirReasonAndTriedAgain() {
        long lane = lane("alpha", "locations");
        jdbi.useHandle(handle -> handle.execute("insert into held (lane, object, attempts, next_attempt_at, since, reason, http_status, ocpi_status) values (?, 'LOC1/EVSE1', 3, now() + interval '1 hour', now(), 'HTTP 200, OCPI 2001', 200, 2001)", lane));
        as("viewer").get("/api/v1/lanes/" + lane + "/held").then().statusCode(200).body("items[0].object", equalTo("NL*ACM/LOC1/EVSE1")).body("items[0].module", equalTo("locations"))
                .body("items[0].attempts", equalTo(3)).body("items[0].ocpi_status", equalTo(2001)).body("items[0].next_attempt_at", notNullValue()).body("items[0].key", equalTo(null));
        as("viewer").get("/api/v1/lanes/" + lane).then().body("held", equalTo(1));
        as("ops").body("{\"object\":\"NL*ACM/LOC9\"}").post("/api/v1/lanes/" + lane + "/held/retry").then().statusCode(404);
        as("ops").body("{\"object\":\"NL*ACM/loc1/evse1\"}").post("/api/v1/lanes/" + lane + "/held/retry").then().statusCode(200).body("retried", equalTo(1));
        as("ops").post("/api/v1/lanes/" + lane + "/held/retry").then().statusCode(200).body("retried", equalTo(1));
    }

    // --- sessions, CDRs, exchanges

    private void session(String id, Instant start, String state) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into charging_session (owner, id, source, session_key, station, evse_id, id_token, start_at, state, cdr, flags, emsp, fold, updated_at)
                values ('NL*ACM', ?, 'console-it', ?, 'CP-1', 1, '04A1B2C3D4', ?, ?, 'HOLD', '{"METER_RESET"}', 'DE*ALP', '{}', now())""",
                id, id, start == null ? null : start.atOffset(ZoneOffset.UTC), state));
    }

    @Test
    void sessionsArePagedNewestFirstThoseWithoutStartFirstOfAllAndTokensAreMaskedForViewers() {
        session("a", LONG_AGO, "COMPLETED");
        session("b", LONG_AGO, "COMPLETED");
        session("c", LONG_AGO.plusSeconds(60), "ACTIVE");
        session("d", null, "PENDING");
        session("e", null, "PENDING");
        List<String> walked = new ArrayList<>();
        String next = "";
        while (next != null) {
            var page = as("viewer").get("/api/v1/sessions?partner=alpha&limit=1" + (next.isEmpty() ? "" : "&cursor=" + next)).then().statusCode(200).extract().jsonPath();
            walked.addAll(page.getList("items.id"));
            next = page.getString("next");
        }
        assertThat(walked).containsExactly("e", "d", "c", "b", "a");
        as("viewer").get("/api/v1/sessions?state=ACTIVE&partner=alpha").then().body("items[0].id_token", equalTo("***D4")).body("items[0].cdr", equalTo("HELD"))
                .body("items[0].flags[0]", equalTo("METER_RESET")).body("items[0].start", equalTo("2026-01-01T00:01:00Z"));
        as("ops").get("/api/v1/sessions?state=ACTIVE&partner=alpha").then().body("items[0].id_token", equalTo("04A1B2C3D4"));
        as("ops").get("/api/v1/sessions?from=2026-01-01T00:00:30Z&to=2026-01-02&partner=acme-backend").then().body("items.id", equalTo(List.of("c")));
        as("ops").get("/api/v1/sessions?partner=beta").then().body("items", hasSize(0));
        as("ops").get("/api/v1/sessions?state=SLEEPING").then().statusCode(400).body("field", equalTo("state"));
        as("ops").get("/api/v1/sessions?from=yesterday").then().statusCode(400).body("field", equalTo("from"));
    }

    private void cdr(String id, String state, int minute) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into cdr_handover (owner, id, receiver, state, body, sha256, next_attempt_at, since, reason, created_at)
                values ('NL*CIT', ?, 'DE*ALP', ?, ?, 'x', now() + interval '1 day', now(), 'why', ?)""", id.toUpperCase(java.util.Locale.ROOT), state,
                "{\"id\":\"" + id + "\",\"session_id\":\"S-1\",\"currency\":\"EUR\",\"total_cost\":{\"excl_vat\":1.2500,\"incl_vat\":1.5125},\"total_energy\":3.5}",
                LONG_AGO.plus(Duration.ofMinutes(minute)).atOffset(ZoneOffset.UTC)));
    }

    @Test
    void cdrsComeNewestFirstOverAllStatesWithTheAmountsOfTheirBody() {
        cdr("c1", "REJECTED", 1);
        cdr("c2", "DELIVERED", 2);
        cdr("c3", "IN_DOUBT", 3);
        List<String> walked = new ArrayList<>();
        String next = "";
        while (next != null) {
            var page = as("viewer").get("/api/v1/cdrs?to=2026-01-02&limit=1" + (next.isEmpty() ? "" : "&cursor=" + next)).then().statusCode(200).extract().jsonPath();
            walked.addAll(page.getList("items.id"));
            next = page.getString("next");
        }
        assertThat(walked).containsExactly("c3", "c2", "c1");
        String body = as("viewer").get("/api/v1/cdrs?state=IN_DOUBT").then().statusCode(200).body("items[0].cpo", equalTo("NL*CIT")).body("items[0].emsp", equalTo("DE*ALP"))
                .body("items[0].session_id", equalTo("S-1")).body("items[0].currency", equalTo("EUR")).extract().asString();
        assertThat(body).contains("\"excl_vat\":1.2500").contains("\"energy_kwh\":3.5");
    }

    @Test
    void aPersonDecidesAboutACdrInDoubtOnceAndWithAReason() {
        cdr("c4", "IN_DOUBT", 4);
        as("ops").body("{\"decision\":\"DELIVERED\"}").post("/api/v1/cdrs/NL*CIT/c4/resolve").then().statusCode(400).body("field", equalTo("reason"));
        as("ops").body("{\"decision\":\"LOST\",\"reason\":\"x\"}").post("/api/v1/cdrs/NL*CIT/c4/resolve").then().statusCode(400).body("field", equalTo("decision"));
        as("ops").body("{\"decision\":\"DELIVERED\",\"reason\":\"found in their portal\"}").post("/api/v1/cdrs/NL*CIT/c4/resolve").then().statusCode(200)
                .body("state", equalTo("DELIVERED")).body("reason", equalTo("found in their portal (ops)"));
        as("ops").body("{\"decision\":\"READY\",\"reason\":\"again\"}").post("/api/v1/cdrs/NL*CIT/c4/resolve").then().statusCode(409).body("detail", containsString("DELIVERED"));
        as("ops").body("{\"decision\":\"READY\",\"reason\":\"again\"}").post("/api/v1/cdrs/NL*CIT/c99/resolve").then().statusCode(404);
        jdbi.useHandle(handle -> handle.execute("update cdr_handover set id = 'c4', state = 'REJECTED' where owner = 'NL*CIT' and id = 'C4'"));
        as("ops").body("{\"decision\":\"READY\",\"reason\":\"again\"}").post("/api/v1/cdrs/NL*CIT/c4/resolve").then().statusCode(200).body("state", equalTo("READY"));
        as("ops").body("not json").post("/api/v1/cdrs/NL*CIT/c4/resolve").then().statusCode(400).body("field", equalTo("body"));
    }

    @Test
    void theExchangeLogIsFilteredAndPaged() {
        jdbi.useHandle(handle -> {
            for (int number = 1; number <= 3; number++) {
                handle.execute("""
                        insert into exchange (at, direction, partner, module, method, path, object, correlation_id, http_status, ocpi_status, duration_ms, request_body)
                        values (now(), 'OUT', 'console-it', 'tokens', 'PUT', '/tokens', 'DE*ALP/04A1B2C3D4/RFID', ?, ?, ?, 12, ?)""",
                        "console-it-" + number, number == 3 ? 500 : 200, number == 2 ? 2001 : 1000, "x".repeat(number == 1 ? 20_000 : 1));
            }
        });
        Set<Integer> ids = new HashSet<>();
        String next = "";
        while (next != null) {
            var page = as("viewer").get("/api/v1/exchanges?partner=console-it&limit=1" + (next.isEmpty() ? "" : "&cursor=" + next)).then().statusCode(200).extract().jsonPath();
            ids.addAll(page.getList("items.id"));
            next = page.getString("next");
        }
        assertThat(ids).hasSize(3);
        as("viewer").get("/api/v1/exchanges?partner=console-it&status=failed").then().body("items", hasSize(2));
        as("viewer").get("/api/v1/exchanges?partner=console-it&status=2001").then().body("items.correlation_id", equalTo(List.of("console-it-2")));
        as("viewer").get("/api/v1/exchanges?partner=console-it&status=ok").then().body("items.bodies_cut", equalTo(List.of(true)));
        as("viewer").get("/api/v1/exchanges?correlation_id=console-it-3").then().body("items[0].http_status", equalTo(500)).body("items[0].object", equalTo("DE*ALP/***D4/RFID"));
        as("ops").get("/api/v1/exchanges?correlation_id=console-it-3").then().body("items[0].object", equalTo("DE*ALP/04A1B2C3D4/RFID"));
        as("viewer").get("/api/v1/exchanges?status=bad").then().statusCode(400).body("field", equalTo("status"));
        jdbi.useHandle(handle -> handle.execute("delete from exchange where partner = 'console-it'"));
    }

    // --- the page and its stream

    @Test
    void thePageIsServedAndLoadsNothingFromElsewhere() {
        String page = as("viewer").get("/").then().statusCode(200).contentType("text/html").header("Content-Security-Policy", containsString("default-src 'none'")).extract().asString();
        assertThat(page).contains("console.js").contains("console.css").doesNotContain("http://").doesNotContain("https://").doesNotContain("onclick").doesNotContain("<style");
        as("viewer").get("/console.js").then().statusCode(200).header("Cache-Control", "no-cache");
        as("viewer").get("/console.css").then().statusCode(200);
        assertThat(as("viewer").get("/console.js").asString()).doesNotContain("innerHTML");
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void theStreamSendsASnapshotEverySecondToAllWhoWatch() throws Exception {
        session("live", LONG_AGO, "ACTIVE");
        cdr("c5", "HELD", 5);
        jdbi.useHandle(handle -> handle.execute("insert into unresolved (kind, ref, source, station, since) values ('TOKEN', '04A1B2C3D4/RFID', 'console-it', 'CP-1', now())"));
        try (BufferedReader first = watch(); BufferedReader second = watch()) {
            JsonNode snapshot = next(first);
            assertThat(snapshot.path("partners").findValuesAsText("partner")).contains("alpha", "acme-backend");
            assertThat(snapshot.path("partners").get(1).path("lanes").get(0).path("state").asText()).isNotEmpty();
            assertThat(snapshot.path("partners").get(1).path("status").asText()).isIn("PLANNED", "CONNECTED", "OFFLINE");
            assertThat(snapshot.path("partners").get(1).path("pulls").isArray()).isTrue();
            assertThat(snapshot.path("sessions").path("in_progress").asInt()).isPositive();
            assertThat(snapshot.path("sessions").path("newest").toString()).contains("***D4").doesNotContain("04A1B2C3D4");
            assertThat(snapshot.path("cdrs").path("undelivered").path("HELD").asInt()).isPositive();
            assertThat(snapshot.path("cdrs").path("newest").toString()).contains("\"reason\":\"why\"");
            assertThat(snapshot.path("unresolved").path("newest").toString()).contains("***D4/RFID").doesNotContain("04A1B2C3D4");
            assertThat(snapshot.path("rates").has("events_per_second")).isTrue();
            String at = next(first).path("at").asText();
            assertThat(at).isGreaterThan(snapshot.path("at").asText());
            assertThat(next(second).path("at").asText()).isNotEmpty();
        }
    }

    private BufferedReader watch() throws Exception {
        String login = Base64.getEncoder().encodeToString("viewer:viewer-password".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(home.resolve("/api/v1/stream")).header("Authorization", "Basic " + login).build();
        HttpResponse<InputStream> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private JsonNode next(BufferedReader stream) throws Exception {
        String event = null;
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            if (line.startsWith("event:")) {
                event = line.substring("event:".length()).trim();
            }
            if (line.startsWith("data:")) {
                assertThat(event).isEqualTo("snapshot");
                return json.readTree(line.substring("data:".length()));
            }
        }
        throw new AssertionError("the stream ended");
    }
}
