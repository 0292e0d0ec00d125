package org.roaminghub.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.roaminghub.charging.fold.SessionState;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.SchemaCheck;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.pricing.Priced;

/** The documents hold against the spec's own tables (design D2). */
class SessionDocumentsTest {
    private static final PartyId OWNER = PartyId.of("NL", "ACM");
    private static final Instant ISSUED = Instant.parse("2026-03-02T10:00:00Z");
    private static final FrozenContext CONTEXT = FoldedSessions.context();

    @Test
    void aFinishedSessionIsAnOcpiSession() {
        ObjectNode session = session(FoldedSessions.whole(), CONTEXT);

        assertThat(SchemaCheck.check("Session", session, Mode.FULL)).isEmpty();
        assertThat(session.path("status").asText()).isEqualTo("COMPLETED");
        assertThat(session.has("total_cost")).isTrue();
        assertThat(session.has("end_date_time")).isTrue();
    }

    @Test
    void aRunningSessionIsAnOcpiSessionWithoutEndAndFinalCost() {
        ObjectNode session = session(FoldedSessions.firstHalf(), CONTEXT);

        assertThat(SchemaCheck.check("Session", session, Mode.FULL)).isEmpty();
        assertThat(session.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(session.has("total_cost")).isFalse();
        assertThat(session.has("end_date_time")).isFalse();
    }

    @Test
    void aCdrIsAnOcpiCdr() {
        ObjectNode cdr = cdr(CONTEXT);

        assertThat(SchemaCheck.check("CDR", cdr, Mode.FULL)).isEmpty();
        assertThat(cdr.path("total_energy").decimalValue()).isEqualByComparingTo("11");
        assertThat(cdr.path("last_updated").asText()).startsWith("2026-03-02T10:00:00");
    }

    @Test
    void aSessionStartsWhenItBecameActive_SES19_CDR27() {
        assertThat(session(FoldedSessions.firstHalf(), CONTEXT).path("start_date_time").asText()).isEqualTo(FoldedSessions.START.toString());
        assertThat(cdr(CONTEXT).path("start_date_time").asText()).isEqualTo(FoldedSessions.START.toString());
    }

    @Test
    void aRefusedSessionIsInvalidAndHasNoPrice_SES27() {
        List<JsonNode> life = FoldedSessions.STATION.life(FoldedSessions.PLAN).stream().map(event -> (JsonNode) event.deepCopy()).toList();
        life.stream().filter(event -> event.path("type").asText().equals("authorization")).forEach(event -> ((ObjectNode) event.path("data")).put("result", "Blocked"));

        ObjectNode session = session(FoldedSessions.of(life), CONTEXT);

        assertThat(session.path("status").asText()).isEqualTo("INVALID");
        assertThat(session.has("total_cost")).isFalse();
        assertThat(SchemaCheck.check("Session", session, Mode.FULL)).isEmpty();
    }

    /** Zero means free; a cost that is not final yet is left out. */
    @Test
    void freeIsZeroAndUnknownIsNothing_SES23_CDR40() {
        FrozenContext free = withTariff("{\"price_components\":[{\"type\":\"FLAT\",\"price\":0.00,\"step_size\":0}]}");

        assertThat(session(FoldedSessions.whole(), free).at("/total_cost/excl_vat").decimalValue()).isZero();
        assertThat(session(FoldedSessions.firstHalf(), free).has("total_cost")).isFalse();
        assertThat(cdr(free).at("/total_cost/excl_vat").decimalValue()).isZero();
        assertThat(cdr(free).path("currency").asText()).isEqualTo("EUR");
    }

    @Test
    void theCdrNamesItsSessionItsTokenAndOneConnector_CDR13_CDR20_CDR21_CDR23_SES26() {
        ObjectNode cdr = cdr(CONTEXT);

        assertThat(cdr.path("session_id")).isEqualTo(session(FoldedSessions.whole(), CONTEXT).path("id"));
        assertThat(cdr.path("cdr_token")).isEqualTo(CONTEXT.token());
        assertThat(cdr.path("auth_method").asText()).isEqualTo("WHITELIST");
        assertThat(cdr.at("/cdr_location/evse_uid")).isEqualTo(CONTEXT.evse().path("uid"));
        assertThat(cdr.at("/cdr_location/evse_id")).isEqualTo(CONTEXT.evse().path("evse_id"));
        assertThat(cdr.at("/cdr_location/connector_id")).isEqualTo(CONTEXT.connector().path("id"));
        assertThat(cdr.at("/cdr_location/connector_power_type")).isEqualTo(CONTEXT.connector().path("power_type"));
    }

    @Test
    void totalsAreKilowattHoursAndHoursAndThePeriodsAddUpToThem_CDR25_CDR37_A47() {
        ObjectNode cdr = cdr(CONTEXT);

        assertThat(cdr.path("total_energy").decimalValue()).isEqualByComparingTo("11").isEqualByComparingTo(volume(cdr, "ENERGY"));
        assertThat(cdr.path("total_parking_time").decimalValue()).isEqualByComparingTo(volume(cdr, "PARKING_TIME"));
        // An hour and five minutes; hours of periods are cut to four decimals.
        assertThat(cdr.path("total_time").decimalValue()).isCloseTo(new BigDecimal("1.0833"), within(new BigDecimal("0.0002")));
        assertThat(volume(cdr, "TIME").add(volume(cdr, "PARKING_TIME"))).isCloseTo(cdr.path("total_time").decimalValue(), within(new BigDecimal("0.0004")));
    }

    @Test
    void partsOfTheCostAddUpAndTheFixedPartStandsAlone_CDR26_CDR40() {
        FrozenContext context = withTariff("""
                {"price_components":[{"type":"FLAT","price":1.50},{"type":"ENERGY","price":0.35,"step_size":1},{"type":"PARKING_TIME","price":3.00,"step_size":1}]}""");

        ObjectNode cdr = cdr(context);

        assertThat(cdr.at("/total_fixed_cost/excl_vat").decimalValue()).isEqualByComparingTo("1.5");
        assertThat(cdr.at("/total_energy_cost/excl_vat").decimalValue()).isEqualByComparingTo("3.85");
        assertThat(cdr.at("/total_cost/excl_vat").decimalValue()).isCloseTo(cdr.at("/total_fixed_cost/excl_vat").decimalValue()
                .add(cdr.at("/total_energy_cost/excl_vat").decimalValue()).add(cdr.at("/total_parking_cost/excl_vat").decimalValue()), within(new BigDecimal("0.0001")));
        assertThat(cdr.has("total_time_cost")).isFalse();
        assertThat(cdr.has("total_reservation_cost")).isFalse();
    }

    @Test
    void everyPeriodHasItsDimensionsAndItsTariff_CDR34_CDR35_CDR33() {
        ObjectNode cdr = cdr(CONTEXT);

        assertThat(cdr.path("charging_periods")).isNotEmpty().allSatisfy(period -> {
            assertThat(period.path("dimensions")).isNotEmpty();
            assertThat(period.path("tariff_id").asText()).isEqualTo("STANDARD");
        });
        assertThat(cdr.at("/charging_periods/0/start_date_time")).isEqualTo(cdr.path("start_date_time"));
        assertThat(cdr.path("tariffs")).singleElement().isEqualTo(CONTEXT.tariffs().get(0));
    }

    @Test
    void namesAreSnakeCase_TRANS63() {
        for (ObjectNode document : List.of(cdr(CONTEXT), session(FoldedSessions.whole(), CONTEXT))) {
            assertThat(names(document)).allMatch(name -> name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"));
        }
    }

    @Test
    void totalsAreInKwhAndHoursAndPartsAddUpToWhatIsOwed_CDR25_CDR40() {
        ObjectNode cdr = cdr(CONTEXT);
        BigDecimal parking = cdr.path("total_parking_time").decimalValue();
        BigDecimal parts = BigDecimal.ZERO;
        for (String cost : List.of("total_energy_cost", "total_time_cost", "total_parking_cost")) {
            parts = parts.add(cdr.path(cost).path("excl_vat").decimalValue());
        }

        assertThat(cdr.path("total_energy").decimalValue()).isEqualByComparingTo("11");
        assertThat(parking).isEqualByComparingTo("0.083");
        // An hour and a second of charging.
        assertThat(cdr.path("total_time").decimalValue().subtract(parking)).isBetween(new BigDecimal("1.0002"), new BigDecimal("1.0004"));
        assertThat(cdr.path("currency").asText()).isEqualTo("EUR");
        assertThat(cdr.at("/total_cost/excl_vat").decimalValue().subtract(parts).abs()).isLessThanOrEqualTo(new BigDecimal("0.0002"));
    }

    @Test
    void aCdrTakesALocationWhoseTextsAreLongerThanItsOwnFields_A54_TRANS64() {
        ObjectNode location = (ObjectNode) CONTEXT.location().deepCopy();
        location.put("address", "Langgestreckte-Industriestraße-am-alten-Güterbahnhof 123");
        location.put("state", "Mecklenburg-Vorpommern");
        FrozenContext longer = new FrozenContext(location, CONTEXT.evse(), CONTEXT.connector(), CONTEXT.tariffs(), CONTEXT.token(), CONTEXT.authorised(), null);

        assertThat(SchemaCheck.check("CDR", cdr(longer), Mode.FULL)).isEmpty();
        assertThat(cdr(longer).at("/cdr_location/address").asText()).hasSize(45);
        assertThat(cdr(longer).at("/cdr_location/state").asText()).hasSize(20);
    }

    @Test
    void methodAndReferenceStandInBothDocuments_SES21_CDR22() {
        FrozenContext asked = FrozenContext.fromJson(CONTEXT.with(new FrozenContext.Authorised("AUTH_REQUEST", "REF-1")).toJson());

        for (ObjectNode document : new ObjectNode[] {session(FoldedSessions.whole(), asked), cdr(asked)}) {
            assertThat(document.path("auth_method").asText()).isEqualTo("AUTH_REQUEST");
            assertThat(document.path("authorization_reference").asText()).isEqualTo("REF-1");
        }
        assertThat(SchemaCheck.check("CDR", cdr(asked), Mode.FULL)).isEmpty();
        assertThat(cdr(CONTEXT).path("auth_method").asText()).isEqualTo("WHITELIST");
        assertThat(cdr(CONTEXT).has("authorization_reference")).isFalse();
    }

    @Test
    void theContextSurvivesTheTableItIsFrozenIn() {
        FrozenContext again = FrozenContext.fromJson(CONTEXT.toJson());

        assertThat(cdr(again)).hasToString(cdr(CONTEXT).toString());
    }

    @Test
    void noOcppIdentityLeaves() {
        assertThat(session(FoldedSessions.whole(), CONTEXT).toString() + cdr(CONTEXT)).doesNotContain("CP-1").doesNotContain("\"ocpp\"");
    }

    private static FrozenContext withTariff(String element) {
        ObjectNode tariff = CONTEXT.tariffs().get(0).deepCopy();
        tariff.putArray("elements").add(StrictJson.parse(element));
        return new FrozenContext(CONTEXT.location(), CONTEXT.evse(), CONTEXT.connector(), List.of(tariff), CONTEXT.token(), CONTEXT.authorised(), null);
    }

    private static BigDecimal volume(JsonNode cdr, String type) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode period : cdr.path("charging_periods")) {
            for (JsonNode dimension : period.path("dimensions")) {
                sum = dimension.path("type").asText().equals(type) ? sum.add(dimension.path("volume").decimalValue()) : sum;
            }
        }
        return sum;
    }

    /** The names of all members at every depth. */
    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.properties().forEach(member -> {
            names.add(member.getKey());
            names.addAll(names(member.getValue()));
        });
        if (node.isArray()) {
            node.forEach(item -> names.addAll(names(item)));
        }
        return names;
    }

    private static ObjectNode session(SessionState state, FrozenContext context) {
        return SessionDocuments.session(OWNER, state, context, price(state, context));
    }

    private static ObjectNode cdr(FrozenContext context) {
        SessionState state = FoldedSessions.whole();
        SessionPricing.Result pricing = price(state, context);
        return SessionDocuments.cdr(OWNER, state, context, pricing, (Priced) pricing.outcome(), ISSUED);
    }

    private static SessionPricing.Result price(SessionState state, FrozenContext context) {
        return SessionPricing.price(state, context.readTariffs(), context.tariffType(), context.currency(), ZoneId.of("Europe/Amsterdam"));
    }
}
