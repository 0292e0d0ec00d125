package org.roaminghub.modules.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Answer;
import org.roaminghub.modules.AtOnce;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;
import org.roaminghub.ocpi.TokenHeader;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.SchemaCheck;
import org.roaminghub.partners.Partners;
import org.roaminghub.simulator.EmspPlatform;
import org.roaminghub.simulator.EmspSettings;

/** The partner starts (chapter credentials, the hub as Receiver). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class CredentialsIT {
    private static final Platform TOKEN_A = Platform.withToken("alpha-test-token");
    private static final String PATH = "credentials";

    @Inject
    Partners221 partners;

    @Inject
    Partners known;

    private final StubPlatform stub = new StubPlatform();

    @BeforeEach
    void alphaNeverRegistered() {
        partners.connect();
        partners.forget("alpha");
    }

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void aPlatformRegistersAndItsTokenAIsSpent_CRED07_CRED09_CRED10() {
        try (EmspPlatform alpha = new EmspPlatform(EmspSettings.of("DE", "ALP", "Alpha"))) {
            alpha.start(0);

            alpha.register(RestAssured.baseURI + ":" + RestAssured.port + "/ocpi/versions", "alpha-test-token");

            assertThat(alpha.registered()).isTrue();
            assertThat(alpha.get("tariffs", "").accepted()).isTrue();
            assertThat(alpha.received().of("versions", "GET")).isNotEmpty();
            TOKEN_A.get("/ocpi/versions").is(401, 2000);
            TOKEN_A.post(PATH, own("b")).is(401, 2000);
            alpha.updateCredentials();
            assertThat(alpha.get("tariffs", "").accepted()).isTrue();
            alpha.unregister();
            assertThat(alpha.registered()).isFalse();
        }
    }

    @Test
    void aCpoPlatformRegisters_CRED06_CRED07() {
        partners.forget("tcp");

        Answer answer = Platform.withToken("tcp-test-token").post(PATH, stub.credentials("token-b", "CPO", "NL", "TCP"));

        String tokenC = answer.is(200, 1000).data().path("token").asText();
        assertThat(stub.calls()).as("connected back with TOKEN_B while the POST was open").containsExactly(
                "GET /versions " + TokenHeader.base64("token-b"), "GET /details " + TokenHeader.base64("token-b"));
        Platform.withToken(tokenC).put("receiver/tariffs/NL/TCP/" + Bodies.newId("T"), "{}").is(200, 2001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sender/locations", "sender/tariffs", "sender/tokens", "sender/sessions", "sender/cdrs", "receiver/tokens/DE/ALP/X", "receiver/locations/NL/TCP/X/E/1"})
    void tokenAOpensNoObjects_CRED04(String path) {
        TOKEN_A.get(path).is(401, 2000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ocpi/versions", "/ocpi/2.2.1", PATH})
    void tokenAOpensVersionsAndCredentials_VER11_CRED04(String path) {
        TOKEN_A.get(path).is(200, 1000);
    }

    @Test
    void ourCredentialsAreOneHubRoleAndTheCallersToken_CRED20_CRED21_CRED22_CRED27_A10() {
        partners.connect();

        JsonNode credentials = Partners221.alpha().get(PATH).is(200, 1000).data();

        assertThat(SchemaCheck.check("Credentials", credentials, Mode.FULL)).isEmpty();
        assertThat(credentials.path("token").asText()).isEqualTo(Partners221.liveToken("alpha"));
        assertThat(credentials.path("url").asText()).endsWith("/ocpi/versions");
        assertThat(credentials.path("roles")).singleElement().satisfies(role -> assertThat(role.path("role").asText()).isEqualTo("HUB"));
    }

    @Test
    void postOfARegisteredPlatformIs405_CRED14() {
        partners.connect();

        Answer answer = Partners221.alpha().post(PATH, own("b"));

        answer.is(405, 2000);
        Partners221.alpha().get("sender/tariffs").is(200, 1000);
    }

    @Test
    void putAndDeleteBeforeRegistrationAre405_CRED15_CRED16_A08() {
        TOKEN_A.put(PATH, own("b")).is(405, 2000);
        TOKEN_A.delete(PATH).is(405, 2000);

        TOKEN_A.get(PATH).is(200, 1000);
    }

    @ParameterizedTest
    @CsvSource({"GET", "POST", "PUT", "DELETE"})
    void unknownTokensAre401_A08(String method) {
        Platform.withToken("nobody-knows-this").send(method, PATH, method.startsWith("P") ? own("b") : null).is(401, 2000);
    }

    @Test
    void putGivesANewTokenAndTheOldOneLivesOnForAWhile_CRED17_CRED18_A09() {
        partners.connect();

        String first = Partners221.alpha().put(PATH, own("b1")).is(200, 1000).data().path("token").asText();
        int afterFirst = stub.calls().size();
        String second = Platform.withToken(first).put(PATH, own("b2")).is(200, 1000).data().path("token").asText();

        assertThat(List.of(Partners221.liveToken("alpha"), first, second)).doesNotHaveDuplicates();
        assertThat(stub.calls()).as("endpoints are fetched again (CRED-17)").hasSize(2 * afterFirst);
        Platform.withToken(second).get("sender/tariffs").is(200, 1000);
        Platform.withToken(first).get("sender/tariffs").is(200, 1000);
        Partners221.alpha().get("sender/tariffs").is(401, 2000);
    }

    @Test
    void aFailedPutLeavesEverythingAsItWas_A09() {
        partners.connect();

        Partners221.alpha().put(PATH, own("b").replace(stub.url("/versions"), stub.url("/nothing"))).is(200, 3001);

        Partners221.alpha().get("sender/tariffs").is(200, 1000);
    }

    @Test
    void deleteEndsTheConnectionAtOnce_CRED19() {
        partners.connect();
        String current = Partners221.alpha().put(PATH, own("b")).is(200, 1000).data().path("token").asText();

        Platform.withToken(current).delete(PATH).is(200, 1000);

        Platform.withToken(current).get("sender/tariffs").is(401, 2000);
        Platform.withToken(current).get(PATH).is(401, 2000);
        Partners221.alpha().get(PATH).is(401, 2000);
    }

    @ParameterizedTest
    @CsvSource({"EMSP, DE, XXX, EMSP DE*XXX is not agreed", "CPO, DE, ALP, CPO DE*ALP is not agreed", "EMSP, FR, ALP, EMSP DE*ALP is missing", "EMSP, 4!, ALP, roles"})
    void otherRolesThanAgreedAreRefusedByName_CRED31(String role, String country, String party, String named) {
        Answer answer = TOKEN_A.post(PATH, stub.credentials("b", role, country, party));

        answer.is(200, 2001).tells(named);
        assertThat(stub.calls()).as("nobody is called before the roles are right").isEmpty();
        TOKEN_A.get(PATH).is(200, 1000);
    }

    @Test
    void roleIdsHaveNoCase_TRANS54() {
        TOKEN_A.post(PATH, stub.credentials("b", "EMSP", "de", "alp")).is(200, 1000);
    }

    @Test
    void faultyCredentialsAre2001WithEveryPath_CRED21_CRED23_CRED31() {
        Answer answer = TOKEN_A.post(PATH, """
                {"token":"has blanks in it","url":"no url","roles":[{"role":"EMSP","party_id":"ALP"}]}""");

        answer.is(200, 2001).tells("token: expected").tells("url: expected").tells("roles[0].country_code").tells("roles[0].business_details");
        TOKEN_A.post(PATH, "{\"token\":").is(400, 2001);
        TOKEN_A.post(PATH, "{}").is(200, 2001).tells("roles");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/versions", "http://name.invalid/versions"})
    void unreachableVersionsAre3001AndTokenAStaysGood_CRED11_TRANS44(String url) {
        Answer answer = TOKEN_A.post(PATH, own("b").replace(stub.url("/versions"), url));

        answer.is(200, 3001).tellsNothingOfTheInside();
        TOKEN_A.post(PATH, own("b")).is(200, 1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "null", "{\"data\":7,\"status_code\":1000,\"timestamp\":\"2026-01-01T00:00:00Z\"}", "{\"status_code\":1000,\"timestamp\":\"2026-01-01T00:00:00Z\"}", ""})
    void versionsThatCannotBeReadAre300x_CRED11_CRED33(String body) {
        stub.answer("/versions", body);

        Answer answer = TOKEN_A.post(PATH, own("b"));

        answer.tellsNothingOfTheInside();
        assertThat(answer.http()).isEqualTo(200);
        assertThat(answer.code()).isIn(3001, 3002);
    }

    @Test
    void withoutOurVersionItIs3002_CRED33_VER13() {
        stub.versions("[{\"version\":\"2.1.1\",\"url\":\"" + stub.url("/old") + "\"}]");

        TOKEN_A.post(PATH, own("b")).is(200, 3002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"identifier\":\"locations\",\"role\":\"RECEIVER\",\"url\":\"http://127.0.0.1:1/x\"}]", "null", "[7]"})
    void withoutCredentialsEndpointItIs3003_CRED13(String endpoints) {
        stub.details(endpoints);

        TOKEN_A.post(PATH, own("b")).is(200, 3003);
    }

    @ParameterizedTest
    @ValueSource(strings = {"locations", "tariffs", "sessions", "cdrs"})
    void withoutTheReceiverOfWhatWePushItIs3003_CRED13_TRANS44(String missing) {
        stub.details(stub.endpoints(List.of("locations", "tariffs", "sessions", "cdrs").stream().filter(module -> !module.equals(missing)).toList()));

        TOKEN_A.post(PATH, own("b")).is(200, 3003).tells(missing + " RECEIVER");

        TOKEN_A.get(PATH).is(200, 1000);
    }

    @Test
    void aCpoPlatformNeedsAReceiverOfTokensOnly_CRED13() {
        partners.forget("tcp");
        Platform tokenA = Platform.withToken("tcp-test-token");
        stub.details(stub.endpoints(List.of("locations")));
        tokenA.post(PATH, stub.credentials("b", "CPO", "NL", "TCP")).is(200, 3003).tells("tokens RECEIVER");

        stub.details(stub.endpoints(List.of("tokens")));

        tokenA.post(PATH, stub.credentials("b", "CPO", "NL", "TCP")).is(200, 1000);
    }

    @Test
    void aDoubledRoleIsRefusedByItsPlace_CRED23() {
        String doubled = own("b").replaceFirst("\"roles\":\\[(.*)]", "\"roles\":[$1,$1]");

        TOKEN_A.post(PATH, doubled).is(200, 2001).tells("roles[1]");
    }

    @Test
    void theVersionOfTheEndpointThatWasCalledIsInForce_CRED08() {
        TOKEN_A.post(PATH, own("b")).is(200, 1000);

        assertThat(known.connection("alpha").orElseThrow().version).isEqualTo("2.2.1");
        assertThat(stub.calls()).as("the older version that is offered too is not looked at").noneMatch(call -> call.contains("/old"));
    }

    @Test
    void aCredentialsEndpointWithoutRoleAndCustomModulesAreTaken_A12_VER06_VER10() {
        stub.details(stub.endpoints(List.of("locations", "tariffs", "sessions", "cdrs", "nltnm-tokens")).replaceFirst("\"role\":\"SENDER\",", ""));

        TOKEN_A.post(PATH, own("b")).is(200, 1000);
    }

    @Test
    void ofTwoRegistrationsAtOnceOneWins_CRED14() {
        List<Answer> answers = AtOnce.send(6, attempt -> TOKEN_A.post(PATH, own("b" + attempt)));

        assertThat(answers).filteredOn(answer -> answer.http() == 200 && answer.code() == 1000).hasSize(1);
        assertThat(answers).allSatisfy(Answer::tellsNothingOfTheInside);
        String token = answers.stream().filter(answer -> answer.http() == 200).findFirst().orElseThrow().data().path("token").asText();
        Platform.withToken(token).get("sender/tariffs").is(200, 1000);
    }

    private String own(String token) {
        return stub.credentials(token, "EMSP", "DE", "ALP");
    }
}
