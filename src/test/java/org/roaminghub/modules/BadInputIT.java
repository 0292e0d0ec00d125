package org.roaminghub.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.PostgresForTests;

/** What bad input gets (design §5): always an answer of the protocol, never a fault of the hub, never a look inside. */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class BadInputIT {
    private static final String TIME = "2026-01-01T10:00:00Z";

    @Inject
    Partners221 partners;

    @BeforeEach
    void connected() {
        partners.connect();
    }

    @ParameterizedTest
    @EnumSource
    void malformedJsonIs400And2001_TRANS33(ObjectModule module) {
        Answer answer = send(module, "{\"id\":\"X\",");

        answer.is(400, 2001).tellsNothingOfTheInside();
    }

    @ParameterizedTest
    @EnumSource
    void emptyBodyIs400And2001_TRANS33(ObjectModule module) {
        Answer answer = send(module, "");

        answer.is(400, 2001).tellsNothingOfTheInside();
    }

    @ParameterizedTest
    @EnumSource
    void jsonThatIsNoObjectIs200And2001_A03(ObjectModule module) {
        for (String body : new String[] {"[]", "null", "7", "\"text\"", "{}"}) {
            send(module, body).is(200, 2001).tellsNothingOfTheInside();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatStandsTwiceIs2001WithItsPath_A03(ObjectModule module) {
        String document = module.body("X", TIME).toString().replaceFirst("\\{", "{\"country_code\":\"XX\",");

        Answer answer = send(module, document);

        answer.is(200, 2001).tellsNothingOfTheInside();
        assertThat(answer.message()).contains("country_code");
    }

    @ParameterizedTest
    @EnumSource
    void deepNestingIs400(ObjectModule module) {
        Answer answer = send(module, "{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}");

        answer.is(400, 2001).tellsNothingOfTheInside();
    }

    @ParameterizedTest
    @EnumSource
    void numbersOutOfAnyRangeAre400(ObjectModule module) {
        Answer answer = send(module, "{\"a\":1e999999999}");

        answer.is(400, 2001).tellsNothingOfTheInside();
    }

    /** Half a character must not be replaced by a question mark in somebody's document. */
    @ParameterizedTest
    @EnumSource
    void bytesThatAreNotUtf8Are400_TRANS55_D1(ObjectModule module) {
        byte[] document = module.body(Bodies.newId("UTF"), TIME).put("remark", "@@").toString().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < document.length; i++) {
            if (document[i] == '@') {
                document[i] = (byte) 0xC3;
            }
        }

        Answer answer = module == ObjectModule.CDRS ? module.owner().post(module.endpoint(), document) : module.owner().put(module.path("UTF"), document);

        answer.is(400, 2001).tellsNothingOfTheInside();
    }

    /** Only the head is sent: the hub must not wait for the eleven megabytes it announces. */
    @Test
    void elevenMegabytesAre413BeforeTheyAreSent() throws IOException {
        String head = "PUT /ocpi/2.2.1/" + ObjectModule.TARIFFS.path("X") + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + 11 * 1024 * 1024 + "\r\n\r\n";

        String statusLine = statusLine(head);

        assertThat(statusLine).startsWith("HTTP/1.1 413");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /ocpi/versions HTTP/1.1\r\nHost: localhost\r\nno colon here\r\n\r\n", "GET  HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n"})
    void brokenRequestsAre400(String request) throws IOException {
        String statusLine = statusLine(request);

        assertThat(statusLine).startsWith("HTTP/1.").contains(" 400");
    }

    @Test
    void hugeHeadersAreRefused() throws IOException {
        String statusLine = statusLine("GET /ocpi/versions HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: " + "x".repeat(30_000) + "\r\n\r\n");

        assertThat(statusLine).contains(" 431");
    }

    /** A URL in a query that was not percent-encoded properly (CP-04). */
    @Test
    void aQueryThatCannotBeDecodedIsNoFaultOfTheHub_CP04() throws IOException {
        String token = Base64.getEncoder().encodeToString(Partners221.liveToken("alpha").getBytes(StandardCharsets.UTF_8));

        String status = statusLine("DELETE /ocpi/2.2.1/receiver/chargingprofiles/X?response_url=%zz HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token " + token
                + "\r\nConnection: close\r\n\r\n");

        assertThat(status).matches("HTTP/1.1 (200|400) .*");
    }

    private static String statusLine(String request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
        }
    }

    /** The table says two characters, a party says two letters: what lies between must not be a fault of the hub. */
    @ParameterizedTest
    @EnumSource(names = {"SESSIONS", "CDRS"})
    void aCardWhoseIssuerCannotBeAPartyIs2001_SES26_CDR13(ObjectModule module) {
        String id = Bodies.newId("P");
        ObjectNode document = module.body(id, TIME);
        ((ObjectNode) document.path("cdr_token")).put("country_code", "4!").put("party_id", "-");

        Answer answer = module.push(id, document);

        answer.is(200, 2001).tellsNothingOfTheInside();
        assertThat(answer.message()).contains("cdr_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "a%00b", "%0A", "%FF%FE", "%C3%28", "%E2%82%AC", "%F0%9F%94%8C"})
    void idsThatNoObjectCanHaveAreAbsent_TRANS54(String id) {
        for (ObjectModule module : ObjectModule.values()) {
            Answer answer = module.owner().get(module.path(id));

            answer.tellsNothingOfTheInside();
            assertThat(answer.http()).as(module + " " + answer.text()).isIn(400, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"N/TCP", "NLD/TCP", "%00%00/TCP", "NL/TOOLONG", "NL/%2A", "%C3%84%C3%84/TCP", "NL/%20"})
    void partiesThatCannotExistAreAbsent_TRANS27(String party) {
        for (ObjectModule module : ObjectModule.values()) {
            module.owner().get(module.path(party, "X")).is(404, ObjectPutIT.absentCode(module)).tellsNothingOfTheInside();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=-1", "offset=-1", "limit=ten", "offset=1.5", "limit=99999999999999999999", "date_from=yesterday", "date_to=2026-13-01T00:00:00Z",
            "cursor=%3F", "cursor=bm8", "date_from=%00", "type=%00"})
    void queryValuesThatMakeNoSenseAre2001_A24(String query) {
        for (ObjectModule module : ObjectModule.values()) {
            Answer answer = module.reader().get(module.list("?" + query));

            answer.is(200, 2001).tellsNothingOfTheInside();
            assertThat(answer.message()).contains(query.substring(0, query.indexOf('=')));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?foo=%7Bbar%7D&limit=1", "?limit=1&%7B=1", "?limit=1&x=%25", "?limit=1&x=a%2Bb%26c"})
    void unknownParametersAreCarriedAlong_TRANS17(String query) {
        ObjectModule module = ObjectModule.TARIFFS;
        for (int i = 0; i < 2; i++) {
            String id = Bodies.newId("P");
            module.push(id, module.body(id, TIME)).is(201, 1000);
        }

        Answer first = module.reader().get(module.list(query)).is(200, 1000);

        Answer second = module.reader().get(first.next().orElseThrow()).is(200, 1000);
        assertThat(second.ids()).hasSize(1).doesNotContainAnyElementsOf(first.ids());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/json; charset=nonsense", "nonsense"})
    void otherContentTypesNeverFailTheHub(String contentType) {
        Answer answer = Answer.of(RestAssured.given().header("Authorization", "Token " + Base64.getEncoder()
                        .encodeToString(Partners221.liveToken("tcp").getBytes(StandardCharsets.UTF_8))).header("Content-Type", contentType)
                .body(ObjectModule.TARIFFS.body("X", TIME).toString().getBytes(StandardCharsets.UTF_8)).put("/ocpi/2.2.1/" + ObjectModule.TARIFFS.path("X")));

        answer.tellsNothingOfTheInside();
    }

    private static Answer send(ObjectModule module, String body) {
        return module == ObjectModule.CDRS ? module.owner().post(module.endpoint(), body) : module.owner().put(module.path("X"), body);
    }
}
