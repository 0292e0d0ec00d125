package org.roaminghub.modules.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;

/** What is peculiar to Sessions: periods are appended, and one eMSP sees them (chapter mod_sessions). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class SessionsIT {
    private static final String T1 = "2026-01-01T10:00:00Z";
    private static final String T2 = "2026-01-01T11:00:00Z";
    private static final String T3 = "2026-01-01T12:00:00Z";

    @Inject
    Partners221 partners;

    private final Platform tcp = Partners221.tcp();
    private final String id = Bodies.newId("SES");
    private final String path = "receiver/sessions/NL/TCP/" + id;

    @BeforeEach
    void aSessionWithTwoPeriods() {
        partners.connect();
        tcp.put(path, withPeriods(Bodies.session(id, T1), "08:00:00Z 1", "08:30:00Z 2")).is(201, 1000);
    }

    @Test
    void patchAppendsPeriods_SES16() {
        tcp.patch(path, withPeriods(patch(T2), "09:00:00Z 3")).is(200, 1000);

        assertThat(periods()).containsExactly("08:00:00Z 1", "08:30:00Z 2", "09:00:00Z 3");
    }

    @Test
    void theExamplePatchOfTheSpecificationIsAppended_SES16() {
        tcp.patch(path, Bodies.example("session_patch_example_charging_period.json")).is(200, 1000);
        tcp.patch(path, Bodies.example("session_patch_example_total_cost.json").put("last_updated", T3)).is(200, 1000);

        assertThat(read().path("total_cost").path("excl_vat").decimalValue()).isEqualByComparingTo("0.60");
    }

    @Test
    void patchWithoutOrWithEmptyPeriodsLeavesThemAlone_SES17() {
        tcp.patch(path, patch(T2).put("kwh", 7)).is(200, 1000);
        tcp.patch(path, withPeriods(patch(T3))).is(200, 1000);

        assertThat(periods()).containsExactly("08:00:00Z 1", "08:30:00Z 2");
        assertThat(read().path("kwh").asInt()).isEqualTo(7);
    }

    @Test
    void repeatedPeriodsAreNotDoubledAndKeepTheirPlace_A52() {
        tcp.patch(path, withPeriods(patch(T2), "08:00:00.000Z 1", "09:00:00Z 3")).is(200, 1000);

        assertThat(periods()).containsExactly("08:00:00.000Z 1", "08:30:00Z 2", "09:00:00Z 3");
    }

    @Test
    void putReplacesPeriodsToo_SES13_SES18() {
        tcp.put(path, withPeriods(Bodies.session(id, T2), "08:00:00Z 9")).is(200, 1000);
        List<String> replaced = periods();
        tcp.put(path, Bodies.session(id, T3)).is(200, 1000);

        assertThat(replaced).containsExactly("08:00:00Z 9");
        assertThat(periods()).isEmpty();
    }

    @Test
    void subObjectsHaveNoUrl_SES15() {
        assertThat(tcp.patch(path + "/charging_periods", patch(T2)).http()).isEqualTo(404);
    }

    @Test
    void onlyTheEmspOfTheTokenSeesIt_D4_ROUTE13() {
        String window = "sender/sessions?date_from=2026-01-01T00:00:00Z&limit=500";
        ObjectNode betas = Bodies.session(Bodies.newId("SES"), T1);
        ((ObjectNode) betas.path("cdr_token")).put("country_code", "FR").put("party_id", "BET");
        tcp.put("receiver/sessions/NL/TCP/" + betas.path("id").asText(), betas).is(201, 1000);

        assertThat(Partners221.alpha().get(window).is(200, 1000).ids()).contains(id).doesNotContain(betas.path("id").asText());
        assertThat(Partners221.beta().get(window).is(200, 1000).ids()).as("no agreement with NL*TCP").isEmpty();
        assertThat(Partners221.stranger().get(window).is(200, 1000).ids()).isEmpty();
        Partners221.beta().get(path).is(404, 2000);
        Partners221.alpha().get("receiver/sessions/NL/TCP/" + betas.path("id").asText()).is(404, 2000);
    }

    @Test
    void listWithoutDateFromBeginsAtTheBeginning_SES06_A26() {
        assertThat(Partners221.alpha().get("sender/sessions?limit=500").is(200, 1000).ids()).contains(id);
    }

    @Test
    void reservedIsTakenAndBecomesReservation_SES03_A51() {
        tcp.put(path, Bodies.session(id, T2).put("status", "RESERVED")).is(200, 1000);
        String put = read().path("status").asText();
        tcp.put(path, Bodies.session(id, T2)).is(200, 1000);
        tcp.patch(path, patch(T3).put("status", "RESERVED")).is(200, 1000);

        assertThat(put).isEqualTo("RESERVATION");
        assertThat(read().path("status").asText()).isEqualTo("RESERVATION");
    }

    @Test
    void notAvailableIsAllowedForAReservationWithoutEvse_SES22_TRANS46() {
        tcp.put(path, Bodies.session(id, T2).put("status", "RESERVATION").put("evse_uid", "#NA").put("connector_id", "#NA")).is(200, 1000);
    }

    @Test
    void aReservationBecomesASessionOrIsCompletedWithoutOne_SES04_SES05() {
        tcp.put(path, Bodies.session(id, T1).put("status", "RESERVATION")).is(200, 1000);
        tcp.patch(path, patch(T2).put("status", "ACTIVE")).is(200, 1000);
        String used = Bodies.newId("SES");
        String unused = "receiver/sessions/NL/TCP/" + used;
        tcp.put(unused, Bodies.session(used, T1).put("status", "RESERVATION")).is(201, 1000);
        tcp.patch(unused, patch(T2).put("status", "COMPLETED").put("end_date_time", T2)).is(200, 1000);

        assertThat(read().path("status").asText()).isEqualTo("ACTIVE");
        assertThat(tcp.get(unused).data().path("status").asText()).isEqualTo("COMPLETED");
    }

    /** The hub does not judge a CPO's own Sessions: the eMSP has to see what its partner says (decision 0017). */
    @Test
    void whatACpoSaysAfterTheEndIsPassedOn_SES02() {
        tcp.patch(path, patch(T2).put("status", "COMPLETED").put("end_date_time", T2)).is(200, 1000);

        tcp.patch(path, patch(T3).put("kwh", 9.5)).is(200, 1000);

        assertThat(read().path("kwh").decimalValue()).isEqualByComparingTo("9.5");
        assertThat(tcp.delete(path).http()).isEqualTo(405);
    }

    @Test
    void theLastAuthorisationAndMethodCount_SES20_SES21() {
        tcp.patch(path, patch(T2).put("authorization_reference", "first").put("auth_method", "COMMAND")).is(200, 1000);
        tcp.patch(path, patch(T3).put("authorization_reference", "second").put("auth_method", "AUTH_REQUEST")).is(200, 1000);

        assertThat(read().path("authorization_reference").asText()).isEqualTo("second");
        assertThat(read().path("auth_method").asText()).isEqualTo("AUTH_REQUEST");
    }

    @Test
    void noCostIsNotZeroCost_SES23_TRANS60() {
        assertThat(read().has("total_cost")).isFalse();

        tcp.patch(path, Bodies.object("{\"total_cost\":{\"excl_vat\":0.00},\"last_updated\":\"%s\"}", T2)).is(200, 1000);

        assertThat(read().path("total_cost").toString()).isEqualTo("{\"excl_vat\":0.00}");
        tcp.patch(path, Bodies.object("{\"total_cost\":{\"incl_vat\":1},\"charging_periods\":[],\"last_updated\":\"%s\"}", T3)).is(200, 1000);
        tcp.put(path, Bodies.object(Bodies.session(id, T3).set("total_cost", Bodies.object("{\"incl_vat\":1}")).toString())).is(200, 2001).tells("total_cost.excl_vat");
    }

    /** App users and drivers that started by command: their tokens need never have been pushed. */
    @Test
    void theCardOfASessionNeedNotBeKnown_SES28() {
        String day = Bodies.newDay().toString();
        ObjectNode session = Bodies.session(Bodies.newId("SES"), day);
        ((ObjectNode) session.path("cdr_token")).put("uid", "never-pushed").put("type", "APP_USER");

        tcp.put("receiver/sessions/NL/TCP/" + session.path("id").asText(), session).is(201, 1000);

        JsonNode listed = Partners221.alpha().get("sender/sessions?date_from=" + day + "&date_to=" + Instant.parse(day).plusSeconds(1)).data();
        assertThat(listed).singleElement().isEqualTo(session);
    }

    @Test
    void anInvalidSessionIsPassedOn_SES27() {
        tcp.patch(path, patch(T2).put("status", "INVALID")).is(200, 1000);

        assertThat(read().path("status").asText()).isEqualTo("INVALID");
    }

    private JsonNode read() {
        return tcp.get(path).is(200, 1000).data();
    }

    private List<String> periods() {
        List<String> periods = new ArrayList<>();
        read().path("charging_periods").forEach(period -> periods.add(
                period.path("start_date_time").asText().substring("2026-01-01T".length()) + " " + period.at("/dimensions/0/volume").asText()));
        return periods;
    }

    private static ObjectNode patch(String updated) {
        return Bodies.object("{\"last_updated\":\"%s\"}", updated);
    }

    /** Periods as {@code "time volume"}. */
    private static ObjectNode withPeriods(ObjectNode session, String... periods) {
        session.putArray("charging_periods");
        for (String period : periods) {
            session.withArray("charging_periods").add(Bodies.object("{\"start_date_time\":\"2026-01-01T%s\",\"dimensions\":[{\"type\":\"ENERGY\",\"volume\":%s}]}",
                    (Object[]) period.split(" ")));
        }
        return session;
    }
}
