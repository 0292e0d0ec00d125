package org.roaminghub.modules.hubclientinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.roaminghub.exchange.Presence;
import org.roaminghub.modules.Answer;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.Role;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.SchemaCheck;
import org.roaminghub.partners.Connections;
import org.roaminghub.partners.Connections.Agreed;
import org.roaminghub.partners.PartnerFiles;
import org.roaminghub.platform.HubSettings;
import org.roaminghub.simulator.Behaviour;
import org.roaminghub.simulator.EmspPlatform;
import org.roaminghub.simulator.EmspSettings;
import org.roaminghub.simulator.HttpAnswer;
import org.roaminghub.simulator.Received;
import org.roaminghub.simulator.Sites;

/** Chapter mod_hub_client_info, towards real platforms. Each test has a partner of its own where it changes one. */
@QuarkusTest
@WithTestResource(AliveHub.class)
class HubClientInfoIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Map<String, EmspPlatform> PLATFORMS = new ConcurrentHashMap<>();

    @Inject
    HubSettings settings;

    @Inject
    Jdbi jdbi;

    @Inject
    PartnerFiles files;

    @Inject
    Connections connections;

    @Inject
    Presence presence;

    @Inject
    ClientInfos clientInfos;

    @Inject
    ComingsAndGoings seen;

    // --- who is told what

    @Test
    void theHubOwnsClientInfoAndTakesNone_HCI01() {
        alpha();
        Answer details = details();

        assertThat(StreamSupport.stream(details.data().path("endpoints").spliterator(), false).filter(endpoint -> endpoint.path("identifier").asText().equals("hubclientinfo")))
                .singleElement().satisfies(endpoint -> assertThat(endpoint.path("role").asText()).isEqualTo("SENDER"));
    }

    @Test
    void everyPartnerIsToldOfThePartiesItDealsWithAndNoOthers_HCI02_HCI16() {
        tcp();
        await().atMost(SOON).until(() -> alpha().client("NL", "TCP", "CPO").map(status()).equals(Optional.of("CONNECTED")));
        await().atMost(SOON).until(() -> tcp().client("DE", "ALP", "EMSP").map(status()).equals(Optional.of("CONNECTED")));
        // The hub speaks for a backend.
        assertThat(alpha().client("NL", "ACM", "CPO").map(status())).contains("CONNECTED");

        for (List<JsonNode> told : List.of(alpha().clients(), alpha().pull("hubclientinfo", ""))) {
            assertThat(told).extracting(HubClientInfoIT::party).contains("NL*ACM", "NL*TCP").doesNotContain("DE*ALP", "FR*QUI", "BE*NAV", "BE*STR", "NL*HUB");
        }
        assertThat(tcp().pull("hubclientinfo", "")).extracting(HubClientInfoIT::party).contains("DE*ALP", "FR*QUI", "BE*NAV", "BE*SCS").doesNotContain("NL*TCP", "NL*ACM", "BE*STR");
        EmspPlatform stranger = platform("stranger", EmspSettings.of("BE", "STR", "Stranger"));
        assertThat(stranger.pull("hubclientinfo", "")).isEmpty();
        assertThat(stranger.clients()).isEmpty();
    }

    @Test
    void clientInfoFitsTheTableAndTheUrlNamesItsParty_HCI03_HCI05_A38() {
        tcp();
        await().atMost(SOON).until(() -> alpha().client("NL", "TCP", "CPO").isPresent());

        assertThat(alpha().clients()).isNotEmpty().allSatisfy(client -> assertThat(SchemaCheck.check("ClientInfo", client, Mode.FULL)).isEmpty());
        assertThat(alpha().pull("hubclientinfo", "")).isNotEmpty().allSatisfy(client -> assertThat(SchemaCheck.check("ClientInfo", client, Mode.FULL)).isEmpty());
        assertThat(alpha().received().where(request -> request.module().equals("hubclientinfo"))).isNotEmpty().allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).endsWith("/hubclientinfo/" + request.json().path("country_code").asText() + "/" + request.json().path("party_id").asText());
        });
    }

    @Test
    void aPartyWithTwoRolesIsToldOncePerRole_A39() {
        await().atMost(SOON).until(() -> alpha().client("NL", "TWO", "CPO").isPresent() && alpha().client("NL", "TWO", "EMSP").isPresent());

        assertThat(alpha().pull("hubclientinfo", "")).filteredOn(client -> party(client).equals("NL*TWO")).extracting(client -> client.path("role").asText())
                .containsExactlyInAnyOrder("CPO", "EMSP");
    }

    @Test
    void theListHasPagesAndDates_HCI04() {
        HttpAnswer first = alpha().get("hubclientinfo", "?limit=1");

        assertThat(first.data()).hasSize(1);
        assertThat(first.header("X-Total-Count").map(Integer::parseInt).orElse(0)).isGreaterThanOrEqualTo(4);
        assertThat(first.header("Link").orElse("")).contains("rel=\"next\"");
        assertThat(alpha().pull("hubclientinfo", "?limit=1")).extracting(client -> client.path("role").asText() + " " + party(client)).doesNotHaveDuplicates()
                .contains("CPO NL*ACM", "CPO NL*TCP", "CPO NL*TWO", "EMSP NL*TWO");
        assertThat(alpha().pull("hubclientinfo", "?date_from=2026-01-01T00:00:00Z")).isNotEmpty();
        assertThat(alpha().pull("hubclientinfo", "?date_from=" + "2999-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void nothingOfItIsRouted_HCI13_ROUTE02() {
        tcp();
        await().atMost(SOON).until(() -> alpha().client("NL", "TCP", "CPO").isPresent());

        assertThat(alpha().received().where(request -> request.module().equals("hubclientinfo") || request.module().equals("versions")))
                .allSatisfy(request -> assertThat(request.headers().keySet()).noneMatch(name -> name.startsWith("ocpi-")));
        HttpAnswer list = alpha().get("hubclientinfo", "");
        assertThat(list.accepted()).isTrue();
        for (String header : List.of("OCPI-from-country-code", "OCPI-from-party-id", "OCPI-to-country-code", "OCPI-to-party-id")) {
            assertThat(list.header(header)).isEmpty();
        }
    }

    @Test
    void clientsAreReportedHereAndNowhereElse_HCI14_CRED27() {
        HttpAnswer credentials = alpha().call("GET", "credentials", InterfaceRole.SENDER, "", null, Map.of());

        assertThat(credentials.data().path("roles")).hasSize(1);
        assertThat(credentials.data().path("roles").path(0).path("role").asText()).isEqualTo("HUB");
        assertThat(alpha().pull("hubclientinfo", "")).extracting(HubClientInfoIT::party).contains("NL*ACM", "NL*TCP", "NL*TWO");
    }

    @Test
    void aPlatformWithoutTheReceiverHasNoLaneAndPulls_HCI01() {
        connections.registered(new Agreed("bare", Partners221.liveToken("bare"), "theirs", "http://127.0.0.1:1/versions", "2.2.1", List.of(), JsonNodeFactory.instance.arrayNode()), null);
        tcp();

        assertThat(Platform.withToken(Partners221.liveToken("bare")).get("sender/hubclientinfo").is(200, 1000).data()).extracting(HubClientInfoIT::party).containsExactly("NL*TCP");
        assertThat(lanes("bare")).isZero();
    }

    @Test
    void whoPullsIsNotPushed_HCI04() {
        EmspPlatform puller = platform("puller", EmspSettings.of("AT", "PUL", "Puller"));

        await().atMost(SOON).until(() -> puller.pull("hubclientinfo", "").size() == 1);

        assertThat(lanes("puller")).isZero();
        assertThat(puller.clients()).isEmpty();
    }

    // --- how a status comes about

    @Test
    void whoHasNotRegisteredIsPlannedAndConnectedAfterwards_HCI02_HCI07_HCI09() {
        await().atMost(SOON).until(() -> told("AT", "LAT").equals(Optional.of("PLANNED")));
        Instant planned = lastUpdated("AT", "LAT");
        assertThat(presence.isConnected("later")).isFalse();
        assertThat(tariff("PLANNED-1").accepted()).isTrue();

        EmspPlatform later = platform("later", EmspSettings.of("AT", "LAT", "Later"));

        await().atMost(SOON).until(() -> told("AT", "LAT").equals(Optional.of("CONNECTED")));
        assertThat(lastUpdated("AT", "LAT")).isAfter(planned);
        assertThat(presence.isConnected("later")).isTrue();
        await().atMost(SOON).until(() -> later.tariffs().stream().anyMatch(tariff -> tariff.path("id").asText().equals("PLANNED-1")));
    }

    @Test
    void whoUnregistersIsSuspendedAndGetsNothingMore_HCI10() {
        EmspPlatform leaving = platform("leaving", EmspSettings.of("FR", "LEA", "Leaving"));
        await().atMost(SOON).until(() -> told("FR", "LEA").equals(Optional.of("CONNECTED")));

        leaving.unregister();
        leaving.received().clear();

        await().atMost(SOON).until(() -> told("FR", "LEA").equals(Optional.of("SUSPENDED")));
        assertThat(presence.isConnected("leaving")).isFalse();
        tariff("SUSPENDED-1");
        await().atMost(SOON).until(() -> alpha().tariffs().stream().anyMatch(tariff -> tariff.path("id").asText().equals("SUSPENDED-1")));
        assertThat(leaving.received().all()).isEmpty();
    }

    @Test
    void whoseFileIsGoneIsSuspendedAndNeverDeleted_HCI06() throws IOException {
        alpha();
        Path file = settings.partnerFolder().resolve("gone.yaml");
        Files.writeString(file, """
                partner: gone-backend
                parties: [ { role: CPO, country_code: NL, party_id: GON } ]
                agreements: [ { with: DE*ALP } ]
                backend: { token: "${file:../secrets/gone}" }
                """);
        assertThat(files.reload().faults()).isEmpty();
        await().atMost(SOON).until(() -> alpha().client("NL", "GON", "CPO").map(status()).equals(Optional.of("CONNECTED")));

        Files.delete(file);
        assertThat(files.reload().faults()).isEmpty();

        await().atMost(SOON).until(() -> alpha().client("NL", "GON", "CPO").map(status()).equals(Optional.of("SUSPENDED")));
        assertThat(alpha().pull("hubclientinfo", "")).filteredOn(client -> party(client).equals("NL*GON")).singleElement().extracting(status()).isEqualTo("SUSPENDED");
        assertThat(tcp().pull("hubclientinfo", "")).extracting(HubClientInfoIT::party).doesNotContain("NL*GON");
    }

    @Test
    void whatDoesNotChangeKeepsItsTime_HCI05() {
        tcp();
        alpha();
        await().atMost(SOON).until(() -> told("DE", "ALP").equals(Optional.of("CONNECTED")));
        Instant before = lastUpdated("DE", "ALP");
        int puts = tcp().received().requests("hubclientinfo", "DE*ALP/EMSP");
        tcp().received().clear();

        clientInfos.align();
        await().atMost(SOON).until(() -> !tcp().received().of("versions", "GET").isEmpty());

        assertThat(puts).isPositive();
        assertThat(lastUpdated("DE", "ALP")).isEqualTo(before);
        assertThat(tcp().received().requests("hubclientinfo", "DE*ALP/EMSP")).isZero();
    }

    @Test
    void aSilentPartnerIsAskedForItsVersionsAndIsOfflineWithoutAnAnswer_HCI12() {
        EmspPlatform quiet = platform("quiet", EmspSettings.of("FR", "QUI", "Quiet"));
        await().atMost(SOON).until(() -> told("FR", "QUI").equals(Optional.of("CONNECTED")));
        quiet.received().clear();
        await().atMost(SOON).until(() -> !quiet.received().of("versions", "GET").isEmpty());
        assertThat(told("FR", "QUI")).contains("CONNECTED");

        quiet.stop();
        await().atMost(SOON).until(() -> told("FR", "QUI").equals(Optional.of("OFFLINE")));
        assertThat(presence.isConnected("quiet")).isFalse();
        quiet.restart();

        await().atMost(SOON).until(() -> told("FR", "QUI").equals(Optional.of("CONNECTED")));
        await().atMost(SOON).until(() -> presence.isConnected("quiet"));
        assertThat(seen.events()).containsSubsequence("gone quiet", "back quiet");
    }

    @Test
    void anOfflinePartnerGetsNothingUntilItCallsOrAnswers_HCI08_HCI12() {
        EmspPlatform deaf = platform("deaf", EmspSettings.of("FR", "DEA", "Deaf"));
        await().atMost(SOON).until(() -> told("FR", "DEA").equals(Optional.of("CONNECTED")));
        deaf.behaviours().module("versions", Behaviour.status(500));
        await().atMost(SOON).until(() -> told("FR", "DEA").equals(Optional.of("OFFLINE")));
        deaf.received().clear();

        tariff("OFFLINE-1");
        tariff("OFFLINE-1");
        await().atMost(SOON).until(() -> alpha().tariffs().stream().anyMatch(tariff -> tariff.path("id").asText().equals("OFFLINE-1")));
        await().atMost(SOON).until(() -> deaf.received().of("versions", "GET").size() >= 2);
        assertThat(deaf.received().all()).extracting(Received::module).containsOnly("versions");

        assertThat(deaf.get("hubclientinfo", "").accepted()).isTrue();

        assertThat(presence.isConnected("deaf")).isTrue();
        deaf.behaviours().reset();
        await().atMost(SOON).until(() -> told("FR", "DEA").equals(Optional.of("CONNECTED")));
        await().atMost(SOON).until(() -> deaf.received().stores("tariffs", "NL*TCP/OFFLINE-1") == 1);
    }

    // --- beside it

    @Test
    void askingForVersionsChangesNothing_VER16() {
        Platform looker = Platform.withToken("secret-of-looker");

        for (int time = 0; time < 3; time++) {
            looker.get("/ocpi/versions").is(200, 1000);
            looker.get("/ocpi/2.2.1").is(200, 1000);
        }

        int registrations = jdbi.withHandle(handle -> handle.select("select count(*) from partner_connection where partner = 'looker'").mapTo(Integer.class).one());
        assertThat(registrations).isZero();
        assertThat(told("AT", "LOO")).contains("PLANNED");
        // TOKEN_A is not spent by looking: it still opens the registration.
        looker.post("credentials", "{}").is(200, 2001);
    }

    @Test
    void tariffsAreBroadcastToNavigationAndNotToSmartCharging_ROUTE12_A75() {
        EmspPlatform navigator = platform("navigator", EmspSettings.of("BE", "NAV", "Navigator").with(Role.NSP));
        EmspPlatform shifter = platform("shifter", EmspSettings.of("BE", "SCS", "Shifter").with(Role.SCSP));

        tariff("BROADCAST-1");

        await().atMost(SOON).until(() -> navigator.tariffs().stream().anyMatch(tariff -> tariff.path("id").asText().equals("BROADCAST-1")));
        await().atMost(SOON).until(() -> shifter.client("NL", "TCP", "CPO").isPresent());
        assertThat(shifter.received().where(request -> List.of("tariffs", "locations").contains(request.module()))).isEmpty();
        List<String> lanes = jdbi.withHandle(handle -> handle.select("select distinct module from lane where partner = 'shifter'").mapTo(String.class).list());
        assertThat(lanes).containsExactly("hubclientinfo");
    }

    // ---

    private EmspPlatform alpha() {
        return platform("alpha", EmspSettings.of("DE", "ALP", "Alpha"));
    }

    private EmspPlatform tcp() {
        return platform("tcp", EmspSettings.of("NL", "TCP", "The CPO Platform").with(Role.CPO));
    }

    /** Registered once, on first use. */
    private EmspPlatform platform(String partner, EmspSettings who) {
        return PLATFORMS.computeIfAbsent(partner, name -> {
            EmspPlatform platform = new EmspPlatform(who);
            platform.start(0);
            platform.register(settings.publicUrl() + "/ocpi/versions", "secret-of-" + name);
            return platform;
        });
    }

    private Answer details() {
        return Platform.withToken("secret-of-looker").get("/ocpi/2.2.1").is(200, 1000);
    }

    private HttpAnswer tariff(String id) {
        return tcp().call("PUT", "tariffs", InterfaceRole.RECEIVER, "NL/TCP/" + id, Sites.tariff("NL", "TCP", id, Instant.parse("2026-01-01T00:00:00Z")), Map.of());
    }

    /** The status that the CPO platform was told last of an eMSP. */
    private Optional<String> told(String country, String party) {
        return tcp().client(country, party, "EMSP").map(status());
    }

    private Instant lastUpdated(String country, String party) {
        return Instant.parse(tcp().client(country, party, "EMSP").orElseThrow().path("last_updated").asText());
    }

    private int lanes(String partner) {
        return jdbi.withHandle(handle -> handle.select("select count(*) from lane where partner = ? and module = 'hubclientinfo'", partner).mapTo(Integer.class).one());
    }

    private static String party(JsonNode client) {
        return client.path("country_code").asText() + "*" + client.path("party_id").asText();
    }

    private static Function<JsonNode, String> status() {
        return client -> client.path("status").asText();
    }
}
