package org.roaminghub.charging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.roaminghub.charging.fold.SessionState;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.ocpi.v2_2_1.Tariff;
import org.roaminghub.pricing.CdrPricer;
import org.roaminghub.pricing.NotPriceable;
import org.roaminghub.pricing.Priced;
import org.roaminghub.pricing.PricingOutcome;
import org.roaminghub.pricing.PricingPolicy;
import org.roaminghub.pricing.PricingRequest;
import org.roaminghub.pricing.PricingVersion;

/** From a folded session to periods and money (design D6, decision 0006). */
class SessionPricingTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");
    private static final FrozenContext CONTEXT = FoldedSessions.context();

    @Test
    void aWholeSessionCostsWhatTheTariffSays() {
        SessionPricing.Result result = price(FoldedSessions.whole());

        // 11 kWh x 0.35 + 1.0002 h x 0.60 + 299 s parked x 3.00/h = 4.6993
        assertThat(((Priced) result.outcome()).totalCost().exclVat()).isEqualByComparingTo("4.6993");
        assertThat(result.tariffId()).contains("STANDARD");
    }

    @Test
    void whoeverReadsThePeriodsComputesTheSame() {
        SessionState session = FoldedSessions.whole();
        SessionPricing.Result result = price(session);

        Priced again = (Priced) CdrPricer.price(new PricingRequest(PricingVersion.V2_2_1, ZONE, CONTEXT.readTariffs(), session.ocpiStart(),
                SessionPricing.end(session), "EUR", result.periods(), PricingPolicy.DEFAULT));

        assertThat(again.totalCost()).isEqualTo(((Priced) result.outcome()).totalCost());
    }

    @Test
    void periodsBeginWithTheSessionAndNeverGoBack() {
        List<ChargingPeriod> periods = price(FoldedSessions.whole()).periods();

        assertThat(periods.get(0).startDateTime()).isEqualTo(FoldedSessions.START);
        assertThat(periods).extracting(ChargingPeriod::startDateTime).isSorted();
    }

    @Test
    void aFullCarParks() {
        List<String> dimensions = price(FoldedSessions.whole()).periods().stream().flatMap(period -> period.dimensions().stream())
                .map(dimension -> dimension.type().toString()).toList();

        assertThat(dimensions).contains("PARKING_TIME");
    }

    /** The erratum of 2026: parking is when the vehicle asks for nothing, not when it gets nothing. */
    @Test
    void whatTheStationWithholdsIsNotParking_CDR36_A70() {
        List<JsonNode> withheld = FoldedSessions.STATION.life(FoldedSessions.PLAN).stream()
                .map(event -> StrictJson.parse(event.toString().replace("SuspendedEV\"", "SuspendedEVSE\""))).toList();

        List<String> dimensions = price(FoldedSessions.of(withheld)).periods().stream().flatMap(period -> period.dimensions().stream())
                .map(dimension -> dimension.type().toString()).toList();

        assertThat(dimensions).contains("TIME").doesNotContain("PARKING_TIME");
    }

    @Test
    void volumesHaveFourDecimalsAtMost() {
        assertThat(price(FoldedSessions.whole()).periods()).flatMap(ChargingPeriod::dimensions)
                .allSatisfy(dimension -> assertThat(dimension.volume().scale()).isLessThanOrEqualTo(4));
    }

    @Test
    void anUnfinishedSessionEndsWhereItWasLastHeardOf() {
        SessionState session = FoldedSessions.firstHalf();

        assertThat(SessionPricing.end(session)).isAfter(FoldedSessions.START).isBefore(FoldedSessions.START.plus(Duration.ofHours(1)));
        assertThat(((Priced) price(session).outcome()).totalEnergyKwh()).isBetween(BigDecimal.ZERO, new BigDecimal("11"));
    }

    /** 09:00 to 10:00 at the location; 3, 3, 3 and 2 kWh in the quarters of the hour. */
    @Test
    void aTimeOfUseTariffCutsTheSessionAtItsBounds_CDR14_CDR15() {
        SessionState session = FoldedSessions.measuring(
                new long[][] {{103_000, 12_000}, {106_000, 12_000}, {109_000, 12_000}, {111_000, 8_000}, {111_000, 0}});
        Tariff tariff = tariff("""
                {"price_components":[{"type":"ENERGY","price":0.50,"vat":0,"step_size":1}],"restrictions":{"min_kwh":9.5}},
                {"price_components":[{"type":"ENERGY","price":0.20,"vat":0,"step_size":1}],"restrictions":{"start_time":"07:00","end_time":"09:35"}},
                {"price_components":[{"type":"ENERGY","price":0.30,"vat":0,"step_size":1}]}""");

        SessionPricing.Result result = price(session, tariff);

        // At 09:35 a third of the third quarter is over; 9.5 kWh are reached after a quarter of the last.
        assertThat(result.periods()).extracting(SessionPricingTest::shown).containsExactly(
                "2026-03-02T08:00:00Z ENERGY 7 TIME 0.5833", "2026-03-02T08:35:00Z ENERGY 2.5 TIME 0.2291",
                "2026-03-02T08:48:45Z ENERGY 1.5 TIME 0.1877", "2026-03-02T09:00:01Z PARKING_TIME 0.083");
        assertThat(result.periods()).allMatch(period -> period.tariffId().equals("TOU"));
        Priced priced = (Priced) result.outcome();
        assertThat(priced.totalCost().exclVat()).isEqualByComparingTo("2.9"); // 7 x 0.20 + 2.5 x 0.30 + 1.5 x 0.50
        assertThat(priced.flags()).isEmpty();
    }

    @Test
    void thePowerTheStationReportsDecidesBetweenPowerBands_TAR26() {
        SessionState session = FoldedSessions.measuring(
                new long[][] {{102_000, 8_000}, {104_000, 50_000}, {109_000, 7_000}, {111_000, 7_000}, {111_000, 0}});

        SessionPricing.Result result = price(session, powerTariff());

        // The first sample also holds before it: 4 kWh below 11 kW, 5 above, 2 below.
        assertThat(((Priced) result.outcome()).totalCost().exclVat()).isEqualByComparingTo("4.8");
        assertThat(result.periods()).extracting(SessionPricingTest::shown).containsExactly(
                "2026-03-02T08:00:00Z ENERGY 4 TIME 0.5 MIN_POWER 8 MAX_POWER 8",
                "2026-03-02T08:30:00Z ENERGY 5 TIME 0.25 MIN_POWER 50 MAX_POWER 50",
                "2026-03-02T08:45:00Z ENERGY 2 TIME 0.2502 MIN_POWER 7 MAX_POWER 7",
                "2026-03-02T09:00:01Z PARKING_TIME 0.083 MIN_POWER 0 MAX_POWER 7");
    }

    @Test
    void aSessionWhosePowerNobodyReportedIsNotPricedByPower() {
        List<JsonNode> life = FoldedSessions.STATION.life(FoldedSessions.PLAN);
        life.forEach(event -> {
            if (event.path("type").asText().equals("meter.values")) {
                ((ArrayNode) event.at("/data/readings")).remove(1);
            }
        });

        PricingOutcome outcome = price(FoldedSessions.of(life), powerTariff()).outcome();

        assertThat(((NotPriceable) outcome).code()).isEqualTo(NotPriceable.Code.RESTRICTION_INPUT_MISSING);
    }

    @Test
    void whoPaysAtTheTerminalGetsTheTariffForIt_TAR13() {
        Tariff cards = tariff("");
        Tariff terminal = Tariff.from(StrictJson.parse("""
                {"id":"TERMINAL","currency":"EUR","type":"AD_HOC_PAYMENT","elements":[{"price_components":[{"type":"FLAT","price":9}]}]}"""));
        ObjectNode adHoc = CONTEXT.token().deepCopy();
        FrozenContext paying = new FrozenContext(
                CONTEXT.location(), CONTEXT.evse(), CONTEXT.connector(), CONTEXT.tariffs(), adHoc.put("type", "AD_HOC_USER"), CONTEXT.authorised(), null);

        assertThat(price(FoldedSessions.whole(), paying.tariffType(), cards, terminal).tariffId()).contains("TERMINAL");
        assertThat(price(FoldedSessions.whole(), CONTEXT.tariffType(), terminal, cards).tariffId()).contains("TOU");
    }

    private static Tariff powerTariff() {
        return tariff("""
                {"price_components":[{"type":"ENERGY","price":0.30,"vat":0,"step_size":1}],"restrictions":{"max_power":11}},
                {"price_components":[{"type":"ENERGY","price":0.60,"vat":0,"step_size":1}]}""");
    }

    private static Tariff tariff(String elements) {
        return Tariff.from(StrictJson.parse("{\"id\":\"TOU\",\"currency\":\"EUR\",\"elements\":[" + elements + "]}"));
    }

    private static String shown(ChargingPeriod period) {
        return period.startDateTime() + period.dimensions().stream()
                .map(dimension -> " " + dimension.type() + " " + dimension.volume().stripTrailingZeros().toPlainString())
                .collect(Collectors.joining());
    }

    private static SessionPricing.Result price(SessionState session, Tariff tariff) {
        return price(session, CONTEXT.tariffType(), tariff);
    }

    private static SessionPricing.Result price(SessionState session, String tariffType, Tariff... tariffs) {
        return SessionPricing.price(session, List.of(tariffs), tariffType, "EUR", ZONE);
    }

    private static SessionPricing.Result price(SessionState session) {
        return SessionPricing.price(session, CONTEXT.readTariffs(), CONTEXT.tariffType(), "EUR", ZONE);
    }
}
