package org.roaminghub.modules.cdrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Answer;
import org.roaminghub.modules.AtOnce;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;

/** CDRs are money: stored once, never changed, seen by one eMSP (chapter mod_cdrs). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class CdrsIT {
    private static final String ENDPOINT = "receiver/cdrs";
    private static final String T1 = "2026-01-01T10:00:00Z";

    @Inject
    Partners221 partners;

    @Inject
    Jdbi jdbi;

    private final Platform tcp = Partners221.tcp();
    private final String id = Bodies.newId("CDR");
    private final String day = Bodies.newDay().toString();

    @BeforeEach
    void connected() {
        partners.connect();
    }

    @Test
    void postAnswersWithTheUrlWhereItCanBeRead_CDR07_CDR08_CDR09() {
        Answer answer = tcp.post(ENDPOINT, Bodies.cdr(id, T1));

        answer.is(201, 1000);
        assertThat(answer.header("Location")).startsWith("http").endsWith(id);
        assertThat(tcp.get(answer.header("Location")).is(200, 1000).data()).isEqualTo(Bodies.cdr(id, T1));
    }

    @Test
    void theUrlOfAnIdThatMustBeEscapedWorks_CDR09_A19() {
        String odd = Bodies.newId("A B/C?D%E#");

        Answer answer = tcp.post(ENDPOINT, Bodies.cdr(odd, T1));

        answer.is(201, 1000);
        assertThat(tcp.get(answer.header("Location")).is(200, 1000).data().path("id").asText()).isEqualTo(odd);
    }

    @Test
    void theSameAgainIs200WithTheSameUrl_A44() {
        Answer first = tcp.post(ENDPOINT, Bodies.cdr(id, T1)).is(201, 1000);

        Answer again = tcp.post(ENDPOINT, Bodies.cdr(id, T1).toPrettyString());

        again.is(200, 1000);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void anotherContentUnderTheSameIdIs2001AndChangesNothing_A44_CDR02() {
        tcp.post(ENDPOINT, Bodies.cdr(id, T1)).is(201, 1000);

        Answer other = tcp.post(ENDPOINT, Bodies.cdr(id, "2026-01-02T10:00:00Z").put("total_energy", 99));
        Answer otherSpelling = tcp.post(ENDPOINT, Bodies.cdr(id.toLowerCase(Locale.ROOT), T1).put("total_energy", 99));

        other.is(200, 2001);
        otherSpelling.is(200, 2001);
        assertThat(other.message()).contains("id");
        assertThat(tcp.get(ENDPOINT + "/NL/TCP/" + id).data()).isEqualTo(Bodies.cdr(id, T1));
    }

    @Test
    void theSameAtTheSameTimeIsStoredOnce_A44() {
        List<Answer> answers = AtOnce.send(16, attempt -> tcp.post(ENDPOINT, Bodies.cdr(id, T1)));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.code()).as(answer.text()).isEqualTo(1000));
        assertThat(answers).filteredOn(answer -> answer.http() == 201).hasSize(1);
    }

    @Test
    void ofDifferentContentsAtTheSameTimeOneIsTaken_A44_CDR02() {
        List<Answer> answers = AtOnce.send(16, attempt -> tcp.post(ENDPOINT, Bodies.cdr(id, T1).put("remark", "content " + attempt)));

        assertThat(answers).filteredOn(answer -> answer.code() == 1000).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.code() == 2001).hasSize(15);
    }

    @Test
    void aCdrOfAnotherCpoIsRefused_TRANS27() {
        tcp.post(ENDPOINT, Bodies.cdr(id, T1).put("party_id", "ACM")).is(404, 2000);
        Partners221.alpha().post(ENDPOINT, Bodies.cdr(id, T1)).is(404, 2000);

        tcp.get(ENDPOINT + "/NL/TCP/" + id).is(404, 2000);
    }

    @Test
    void onlyTheEmspOfTheTokenSeesIt_D4_CDR10() {
        Answer stored = tcp.post(ENDPOINT, Bodies.cdr(id, T1)).is(201, 1000);
        String list = "sender/cdrs?date_from=2026-01-01T00:00:00Z&limit=500";

        assertThat(Partners221.alpha().get(list).is(200, 1000).ids()).contains(id);
        assertThat(Partners221.beta().get(list).is(200, 1000).ids()).isEmpty();
        assertThat(Partners221.stranger().get(list).is(200, 1000).ids()).isEmpty();
        assertThat(tcp.get(list).is(200, 1000).ids()).isEmpty();
        Partners221.beta().get(stored.header("Location")).is(404, 2000);
        Partners221.stranger().get(stored.header("Location")).is(404, 2000);
    }

    @Test
    void whatTheEmspPullsIsDelivered_D4() {
        tcp.post(ENDPOINT, Bodies.cdr(id, T1)).is(201, 1000);

        Partners221.alpha().send("HEAD", "sender/cdrs?limit=500", null);
        String afterHead = state();
        Partners221.alpha().get("sender/cdrs?limit=500").is(200, 1000);

        assertThat(afterHead).as("HEAD hands over nothing").isNotEqualTo("DELIVERED");
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(state()).isEqualTo("DELIVERED"));
    }

    @Test
    void creditCdrNeedsItsReferenceAndMayBeNegative_CDR03_CDR04_CDR05_CDR19_A45() {
        String credit = id + "-" + "C".repeat(38 - id.length());
        ObjectNode document = Bodies.cdr(credit, T1).put("credit", true);
        ((ObjectNode) document.path("total_cost")).put("excl_vat", -2.63);

        Answer without = tcp.post(ENDPOINT, document);
        Answer with = tcp.post(ENDPOINT, document.deepCopy().put("credit_reference_id", id));
        Answer longIdOfAnOrdinaryCdr = tcp.post(ENDPOINT, Bodies.cdr(credit.replace('C', 'D'), T1));

        without.is(200, 2001);
        assertThat(without.message()).contains("credit_reference_id");
        with.is(201, 1000);
        longIdOfAnOrdinaryCdr.is(200, 2001);
    }

    @Test
    void aCorrectionIsACreditAndANewCdr_CDR03_CDR05_CDR06() {
        ObjectNode original = Bodies.cdr(id, day);
        ObjectNode credit = Bodies.cdr(id + "-C", day).put("credit", true).put("credit_reference_id", id);
        ((ObjectNode) credit.path("total_cost")).put("excl_vat", new BigDecimal("-2.63"));
        ObjectNode replacement = Bodies.cdr(id + "-2", day).put("total_energy", new BigDecimal("10.40"));

        tcp.post(ENDPOINT, original).is(201, 1000);
        tcp.post(ENDPOINT, credit.deepCopy().put("id", id)).is(200, 2001).tells("id");
        tcp.post(ENDPOINT, credit).is(201, 1000);
        tcp.post(ENDPOINT, replacement).is(201, 1000);

        assertThat(listedOnThatDay()).containsExactly(original.toString(), credit.toString(), replacement.toString());
    }

    /** What only a CPO can know is passed on as it says it. */
    @Test
    void whatTheTablesAllowIsPassedOnUnchanged_CDR11_CDR20_CDR22_CDR23_CDR27_CDR35_CDR37() {
        ObjectNode cdr = Bodies.cdr(id, day).put("authorization_reference", "ref-7").put("auth_method", "COMMAND");
        ((ObjectNode) cdr.path("cdr_location")).put("evse_uid", "#NA").put("evse_id", "#NA").put("connector_id", "#NA");
        cdr.putArray("charging_periods")
                .add(Bodies.object("{\"start_date_time\":\"2026-01-01T08:00:00Z\",\"dimensions\":[{\"type\":\"RESERVATION_TIME\",\"volume\":0.25}]}"))
                .add(Bodies.object("""
                        {"start_date_time":"2026-01-01T08:15:00Z","tariff_id":"T","dimensions":[{"type":"ENERGY","volume":-0.5},{"type":"TIME","volume":0.75}]}"""));

        tcp.post(ENDPOINT, cdr).is(201, 1000);

        assertThat(cdr.has("session_id")).isFalse();
        assertThat(listedOnThatDay()).containsExactly(cdr.toString());
    }

    @Test
    void periodsAndTheirDimensionsMustBeThere_CDR34() {
        ObjectNode without = Bodies.cdr(id, T1);
        without.putArray("charging_periods");
        ObjectNode empty = Bodies.cdr(id, T1);
        ((ObjectNode) empty.at("/charging_periods/0")).putArray("dimensions");

        tcp.post(ENDPOINT, without).is(200, 2001).tells("charging_periods");
        tcp.post(ENDPOINT, empty).is(200, 2001).tells("charging_periods[0].dimensions");
    }

    @Test
    void dimensionsOfSessionsAreRefused_CDR33() {
        ObjectNode cdr = Bodies.cdr(id, T1);
        ((ObjectNode) cdr.at("/charging_periods/0/dimensions/0")).put("type", "STATE_OF_CHARGE");

        Answer answer = tcp.post(ENDPOINT, cdr);

        answer.is(200, 2001);
        assertThat(answer.message()).contains("charging_periods[0].dimensions[0].type");
    }

    @Test
    void signedDataIsKeptByteForByte_CDR31_CDR32() {
        ObjectNode cdr = Bodies.cdr(id, T1);
        String signed = "AbC+/=".repeat(800);
        cdr.set("signed_data", Bodies.object("{\"encoding_method\":\"OCMF\",\"signed_values\":[{\"nature\":\"Start\",\"plain_data\":\"é \\u00fc / \\\\ x\",\"signed_data\":\"%s\"}]}", signed));

        tcp.post(ENDPOINT, cdr).is(201, 1000);

        assertThat(tcp.get(ENDPOINT + "/NL/TCP/" + id).data().path("signed_data")).isEqualTo(cdr.path("signed_data"));
    }

    private List<String> listedOnThatDay() {
        List<String> listed = new ArrayList<>();
        Partners221.alpha().get("sender/cdrs?date_from=" + day + "&date_to=" + Instant.parse(day).plusSeconds(1)).data().forEach(cdr -> listed.add(cdr.toString()));
        return listed;
    }

    private String state() {
        return jdbi.withHandle(handle -> handle.select("select state from cdr_handover where id = ?", id).mapTo(String.class).one());
    }
}
