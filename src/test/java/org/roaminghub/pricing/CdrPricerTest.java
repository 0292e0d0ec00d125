package org.roaminghub.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.ocpi.v2_2_1.Tariff;

/** What the worked examples leave open. */
class CdrPricerTest {

    private static final String ENERGY_ONLY =
            "{'id':'T1','currency':'EUR','elements':[{'price_components':[{'type':'ENERGY','price':0.40,'vat':21,'step_size':1}]}]}";
    private static final String ONE_HOUR =
            "{'start_date_time':'2026-01-05T10:00:00Z','dimensions':[{'type':'ENERGY','volume':10},{'type':'TIME','volume':1}]}";

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{'day_of_week':[]}", "{'start_time':null,'reservation':null}", "{'dayOfWeek':null}"})
    void s6NullAndEmptyRestrictionsRestrictNothing(String restrictions) {
        Priced priced = priced(ENERGY_ONLY.replace("]}]}", "],'restrictions':" + restrictions + "}]}"), ONE_HOUR);

        assertThat(priced.totalCost().exclVat()).isEqualByComparingTo("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'start_time':''}", "{'end_time':'25:00'}", "{'start_date':'5 January'}", "{'day_of_week':['monday']}",
            "{'day_of_week':'MONDAY'}", "{'max_kwh':'much'}", "{'min_duration':{}}", "{'reservation':'MAYBE'}"})
    void s24UnreadableRestrictionIsRefusedAndNamed(String restrictions) {
        NotPriceable refused = (NotPriceable) CdrPricer.price(
                request(ENERGY_ONLY.replace("]}]}", "],'restrictions':" + restrictions + "}]}"), ONE_HOUR));

        assertThat(refused.code()).isEqualTo(NotPriceable.Code.UNREADABLE_RESTRICTION);
        assertThat(refused.message()).contains("tariff T1, element 0").contains(restrictions.split("'")[1]);
    }

    @Test
    void aDimensionWithoutAComponentCostsNothing_TAR09() {
        Priced priced = priced(ENERGY_ONLY, ONE_HOUR,
                "{'start_date_time':'2026-01-05T11:00:00Z','dimensions':[{'type':'PARKING_TIME','volume':1}]}");

        assertThat(priced.totalCost().exclVat()).isEqualByComparingTo("4");
        assertThat(priced.totalTimeCost()).isNull();
        assertThat(priced.totalParkingCost()).isNull();
    }

    @Test
    void aTariffWithoutTypeHoldsForAnySessionAndARegularOneBeforeOthers_TAR13() {
        Tariff untyped = tariff(ENERGY_ONLY.replace("T1", "ANY"));
        Tariff cheap = tariff(ENERGY_ONLY.replace("'id':'T1'", "'id':'CHEAP','type':'PROFILE_CHEAP'").replace("0.40", "0.10"));
        Tariff regular = tariff(ENERGY_ONLY.replace("'id':'T1'", "'id':'REG','type':'REGULAR'").replace("0.40", "0.50"));

        assertThat(costs(List.of(cheap, untyped))).isEqualByComparingTo("4");
        assertThat(costs(List.of(cheap, regular))).isEqualByComparingTo("5");
    }

    private static BigDecimal costs(List<Tariff> tariffs) {
        return ((Priced) CdrPricer.price(request(PricingVersion.V2_2_1, tariffs, List.of(period(ONE_HOUR))))).totalCost().exclVat();
    }

    @Test
    void s24UnknownRestrictionIsNamedBeforeAnUnreadableOne() {
        assertThat(refusal(ENERGY_ONLY.replace("]}]}", "],'restrictions':{'max_kwh':'?','dayOfWeek':['MONDAY']}}]}"), ONE_HOUR))
                .isEqualTo(NotPriceable.Code.UNKNOWN_RESTRICTION);
    }

    @Test
    void s24RestrictedTariffThatPricesNoPeriodDoesNoHarm() {
        Tariff used = tariff(ENERGY_ONLY);
        Tariff unused = tariff(ENERGY_ONLY.replace("T1", "T2").replace("EUR", "CHF").replace("]}]}", "],'restrictions':{'max_kwh':'?'}}]}"));
        ChargingPeriod period = period(ONE_HOUR.replace("]}", "],'tariff_id':'t1'}"));

        PricingOutcome outcome = CdrPricer.price(request(PricingVersion.V2_2_1, List.of(unused, used), List.of(period)));

        assertThat(outcome).isInstanceOf(Priced.class);
    }

    @Test
    void s2PeriodsOutOfOrderAreSortedAndFlagged() {
        String later = ONE_HOUR.replace("T10", "T11").replace("'volume':10", "'volume':3");
        Priced priced = priced(ENERGY_ONLY, later, ONE_HOUR);

        assertThat(priced.flags()).containsExactly(PricingFlag.PERIODS_UNSORTED);
        assertThat(priced.explanation()).extracting(line -> line.volume().toPlainString()).containsExactly("10", "3");
        assertThat(priced.totalTimeHours()).isEqualByComparingTo("2");
    }

    @Test
    void s3PeriodTariffIsIgnoredIn211() {
        Tariff only = tariff(ENERGY_ONLY);
        ChargingPeriod period = period(ONE_HOUR.replace("]}", "],'tariff_id':'GONE'}"));

        Priced priced = (Priced) CdrPricer.price(request(PricingVersion.V2_1_1, List.of(only), List.of(period)));

        assertThat(priced.totalCost().exclVat()).isEqualByComparingTo("4");
        assertThat(priced.totalCost().inclVat()).isNull();
        assertThat(priced.explanation().get(0).vat()).isNull();
    }

    @Test
    void s14ReservationThatNeverChargedPaysNeitherFeeNorMinimum() {
        String tariff = "{'id':'T1','currency':'EUR','min_price':{'excl_vat':2},'elements':[{'price_components':"
                + "[{'type':'FLAT','price':1},{'type':'TIME','price':2}]}]}";
        Priced priced = priced(tariff,
                "{'start_date_time':'2026-01-05T10:00:00Z','dimensions':[{'type':'RESERVATION_TIME','volume':0.5}]}");

        assertThat(priced.totalCost().exclVat()).isZero();
        assertThat(priced.explanation()).isEmpty();
        assertThat(priced.totalTimeHours()).isZero();
        assertThat(priced.totalReservationCost()).isNull();
    }

    @Test
    void s3TypeThatFitsTheDriverWinsOverRegular_TAR13() {
        Tariff regular = tariff(ENERGY_ONLY.replace("'currency'", "'type':'REGULAR','currency'"));
        Tariff cheap = tariff(ENERGY_ONLY.replace("T1", "CHEAP").replace("0.40", "0.10").replace("'currency'", "'type':'PROFILE_CHEAP','currency'"));
        List<Tariff> tariffs = List.of(regular, cheap);

        assertThat(costs(tariffs, "PROFILE_CHEAP")).isEqualByComparingTo("1");
        assertThat(costs(tariffs, "REGULAR")).isEqualByComparingTo("4");
        assertThat(costs(tariffs, "PROFILE_GREEN")).isEqualByComparingTo("4");
        assertThat(costs(List.of(cheap), null)).isEqualByComparingTo("1");
    }

    @Test
    void s7OtherMidnightIsReadAsMidnight() {
        String nightOnly = ENERGY_ONLY.replace("]}]}", "],'restrictions':{'start_time':'11:00','end_time':'24:00'}}]}");

        Priced priced = (Priced) CdrPricer.price(inAmsterdam(nightOnly, ONE_HOUR));

        assertThat(priced.totalCost().exclVat()).isEqualByComparingTo("4");
        assertThat(priced.flags()).isEmpty();
    }

    @Test
    void s6FeeThatFallsDueInsideAPeriodIsFlagged() {
        String tariff = "{'id':'T1','currency':'EUR','elements':[{'price_components':[{'type':'FLAT','price':1}],'restrictions':{'min_kwh':5}}]}";

        assertThat(priced(tariff, ONE_HOUR).flags()).containsExactly(PricingFlag.PERIOD_SPANS_PRICE_CHANGE);
    }

    @Test
    void s13AverageStandsForBothBoundsOfPower() {
        String bands = "{'id':'T1','currency':'EUR','elements':[{'price_components':[{'type':'ENERGY','price':1}],'restrictions':{'max_power':11}},"
                + "{'price_components':[{'type':'ENERGY','price':2}],'restrictions':{'min_power':11}}]}";
        String atEleven = ONE_HOUR.replace("]}", ",{'type':'POWER','volume':11}]}");

        assertThat(priced(bands, atEleven).totalCost().exclVat()).isEqualByComparingTo("20");
        assertThat(priced(bands, ONE_HOUR).flags())
                .containsExactly(PricingFlag.RESTRICTION_INPUT_MISSING, PricingFlag.UNPRICED_VOLUME);
    }

    @Test
    void s14ReservationWithoutLaterChargingHasExpired_TAR29() {
        String tariff = "{'id':'T1','currency':'EUR','elements':[{'price_components':[{'type':'TIME','price':2}],'restrictions':"
                + "{'reservation':'RESERVATION'}},{'price_components':[{'type':'TIME','price':6}],'restrictions':{'reservation':'RESERVATION_EXPIRES'}}]}";
        String reserved = "{'start_date_time':'2026-01-05T10:00:00Z','dimensions':[{'type':'RESERVATION_TIME','volume':0.5}]}";

        assertThat(priced(tariff, reserved).totalReservationCost().exclVat()).isEqualByComparingTo("3");
        assertThat(priced(tariff, reserved, ONE_HOUR.replace("T10", "T11")).totalReservationCost().exclVat()).isEqualByComparingTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'tax_included':'MAYBE',"})
    void s18WithoutTaxIncludedA230TariffIsNotPriced(String taxIncluded) {
        Tariff tariff = tariff(ENERGY_ONLY.replace("'currency'", taxIncluded + "'currency'"));

        PricingOutcome outcome = CdrPricer.price(request(PricingVersion.V2_3_0, List.of(tariff), List.of(period(ONE_HOUR))));

        assertThat(((NotPriceable) outcome).code()).isEqualTo(NotPriceable.Code.TAX_INCLUDED_UNKNOWN);
    }

    @Test
    void s18RateThatNoPriceCanContainIsNotPriced() {
        Tariff tariff = tariff(ENERGY_ONLY.replace("'currency'", "'tax_included':'YES','currency'").replace("21", "-100"));

        PricingOutcome outcome = CdrPricer.price(request(PricingVersion.V2_3_0, List.of(tariff), List.of(period(ONE_HOUR))));

        assertThat(((NotPriceable) outcome).code()).isEqualTo(NotPriceable.Code.TAX_INCLUDED_UNKNOWN);
    }

    @Test
    void s18MissingRateOnTopIsFlaggedAndRoundingIsLeftToTheLargestTax() {
        Tariff tariff = tariff("{'id':'T1','currency':'EUR','tax_included':'NO','elements':[{'price_components':["
                + "{'type':'FLAT','price':0.01,'vat':5},{'type':'ENERGY','price':0.00104,'vat':6},{'type':'TIME','price':1}]}]}");

        Priced priced = (Priced) CdrPricer.price(withScale(request(PricingVersion.V2_3_0, List.of(tariff), List.of(period(ONE_HOUR))), 3));

        // 0.01 + 0.0104 + 1 = 1.0204; taxes 0.0005 and 0.000624: 1.021524. 1.022 - 1.020 leaves 0.002 for 0.001 and 0.001.
        assertThat(priced.totalCost().exclVat()).isEqualByComparingTo("1.020");
        assertThat(priced.totalCost().inclVat()).isEqualByComparingTo("1.022");
        assertThat(priced.taxesByRate().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo("0.002");
        assertThat(priced.flags()).containsExactly(PricingFlag.TAX_UNKNOWN);
    }

    @Test
    void s30StepRoundMayRoundDownAndPriceRoundIsExplained() {
        Tariff tariff = tariff("{'id':'T1','currency':'EUR','elements':[{'price_components':[{'type':'ENERGY','price':0.3333,'step_size':3000,"
                + "'step_round':{'round_granularity':'UNIT','round_rule':'ROUND_DOWN'},'price_round':{'round_granularity':'TENTH','round_rule':'ROUND_DOWN'}}]}]}");

        Priced dialect = (Priced) CdrPricer.price(request(PricingVersion.V2_1_1_GIREVE, List.of(tariff), List.of(period(ONE_HOUR))));
        Priced plain = (Priced) CdrPricer.price(request(PricingVersion.V2_1_1, List.of(tariff), List.of(period(ONE_HOUR))));

        assertThat(dialect.billed().energyKwh()).isEqualByComparingTo("9");
        assertThat(dialect.totalCost().exclVat()).isEqualByComparingTo("2.9");
        assertThat(dialect.explanation()).extracting(line -> line.rule() + " " + line.excl().toPlainString())
                .containsExactly("COMPONENT 2.9997", "PRICE_ROUND -0.0997");
        assertThat(plain.totalCost().exclVat()).isEqualByComparingTo("3.9996");
    }

    @Test
    void s30SessionTimeExistsInTheDialectOnly() {
        String tariff = ENERGY_ONLY.replace("'ENERGY'", "'SESSION_TIME'");

        assertThat(priced(tariff, ONE_HOUR).flags()).containsExactly(PricingFlag.UNKNOWN_COMPONENT);
    }

    @Test
    void s15LastTariffsStepRoundsTheSumOverTariffs() {
        Tariff coarse = tariff(ENERGY_ONLY.replace("T1", "A").replace("'step_size':1", "'step_size':5000"));
        Tariff fine = tariff(ENERGY_ONLY.replace("T1", "B").replace("0.40", "1.00").replace("'step_size':1", "'step_size':1000"));
        ChargingPeriod first = period(ONE_HOUR.replace("'volume':10", "'volume':1.2").replace("]}", "],'tariff_id':'A'}"));
        ChargingPeriod second =
                period(ONE_HOUR.replace("T10", "T11").replace("'volume':10", "'volume':1.2").replace("]}", "],'tariff_id':'B'}"));

        Priced priced = (Priced) CdrPricer.price(request(PricingVersion.V2_2_1, List.of(coarse, fine), List.of(first, second)));

        assertThat(priced.explanation()).extracting(line -> line.billed().toPlainString()).containsExactly("1.2", "1.8");
        assertThat(priced.totalCost().exclVat()).isEqualByComparingTo("2.28");
    }

    @Test
    void s15SurplusOfParkingIsExactInMoney() {
        String tariff = "{'id':'T1','currency':'EUR','elements':[{'price_components':[{'type':'PARKING_TIME','price':3.60,'step_size':7}]}]}";
        Priced priced = priced(tariff,
                "{'start_date_time':'2026-01-05T10:00:00Z','dimensions':[{'type':'PARKING_TIME','volume':0.001}]}");

        assertThat(priced.totalParkingCost().exclVat().toPlainString()).isEqualTo("0.0070");
        assertThat(priced.billed().parkingTimeHours().toPlainString()).isEqualTo("0.0019444444");
    }

    @Test
    void s19LimitWithoutVatOnASessionWithoutCostLeavesVatUnknown() {
        String tariff = ENERGY_ONLY.replace("'currency'", "'min_price':{'excl_vat':1},'currency'");
        Priced priced = priced(tariff, ONE_HOUR.replace("'volume':10", "'volume':0"));

        assertThat(priced.totalCost().exclVat()).isEqualByComparingTo("1");
        assertThat(priced.totalCost().inclVat()).isNull();
        assertThat(priced.flags()).containsExactly(PricingFlag.MIN_PRICE_APPLIED);
    }

    @Test
    void s19LimitsDoNotExistIn211() {
        Tariff limited = tariff(ENERGY_ONLY.replace("'currency'", "'max_price':{'excl_vat':1},'currency'"));

        Priced priced = (Priced) CdrPricer.price(request(PricingVersion.V2_1_1, List.of(limited), List.of(period(ONE_HOUR))));

        assertThat(priced.totalCost().exclVat()).isEqualByComparingTo("4");
    }

    @Test
    void s20StageSegmentRoundsEachPeriod() {
        String tariff = ENERGY_ONLY.replace("0.40", "0.005").replace("21", "0");
        ChargingPeriod first = period(ONE_HOUR.replace("'volume':10", "'volume':1"));
        ChargingPeriod second = period(ONE_HOUR.replace("T10", "T11").replace("'volume':10", "'volume':1"));
        PricingRequest request = request(PricingVersion.V2_2_1, List.of(tariff(tariff)), List.of(first, second));

        Priced perTotal = (Priced) CdrPricer.price(withStage(request, RoundingStage.TOTAL));
        Priced perPeriod = (Priced) CdrPricer.price(withStage(request, RoundingStage.SEGMENT));

        assertThat(perTotal.totalCost().exclVat()).isEqualByComparingTo("0.01");
        assertThat(perPeriod.totalCost().exclVat()).isEqualByComparingTo("0.02");
    }

    @Test
    void s24PeriodAfterTheEndHasNoLengthButIsPriced() {
        Priced priced = priced(ENERGY_ONLY, ONE_HOUR, ONE_HOUR.replace("T10", "T13"));

        assertThat(priced.flags()).containsExactly(PricingFlag.PERIOD_AFTER_END);
        assertThat(priced.totalCost().exclVat()).isEqualByComparingTo("8");
        assertThat(priced.totalTimeHours()).isEqualByComparingTo("3");
    }

    @Test
    void s29VersionWhoseRulesAreUnknownIsNotPricedAsAnother() {
        assertThat(PricingVersion.of("3.0")).isEmpty();
        assertThat(PricingVersion.of("2.2")).contains(PricingVersion.V2_2_1);
        assertThat(PricingVersion.of("2.2.1", "GIREVE_211")).isEmpty();
        assertThat(PricingVersion.of("2.1.1", "OTHER")).isEmpty();
    }

    @Test
    void explanationTellsWhereEveryAmountComesFrom() {
        String restricted = ENERGY_ONLY.replace("]}]}", "],'restrictions':{'max_kwh':10,'min_duration':0}}]}");
        JsonNode line = priced(restricted, ONE_HOUR).toJson().at("/explanation/0");

        assertThat(line).isEqualTo(json("{'rule':'COMPONENT','period':0,'dimension':'ENERGY','tariff_id':'T1','element':0,'component':0,"
                + "'restrictions':['max_kwh 10','min_duration 0'],'volume':'10','billed':'10','price':'0.4','vat':'21','excl':'4',"
                + "'incl':'4.84'}"));
    }

    @Test
    void explanationTellsWhatALimitAdds() {
        JsonNode line = priced(ENERGY_ONLY.replace("'currency'", "'min_price':{'excl_vat':5,'incl_vat':6},'currency'"), ONE_HOUR)
                .toJson().at("/explanation/1");

        assertThat(line.get("rule").asText()).isEqualTo("MIN_PRICE");
        assertThat(line.get("excl").asText()).isEqualTo("1");
        assertThat(line.get("incl").asText()).isEqualTo("1.16");
    }

    private static Priced priced(String tariff, String... periods) {
        return (Priced) CdrPricer.price(request(tariff, periods));
    }

    private static NotPriceable.Code refusal(String tariff, String... periods) {
        return ((NotPriceable) CdrPricer.price(request(tariff, periods))).code();
    }

    private static PricingRequest request(String tariff, String... periods) {
        return request(PricingVersion.V2_2_1, List.of(tariff(tariff)), Stream.of(periods).map(CdrPricerTest::period).toList());
    }

    /** A session from 10:00 to 12:00. */
    private static PricingRequest request(PricingVersion version, List<Tariff> tariffs, List<ChargingPeriod> periods) {
        return new PricingRequest(version, null, tariffs, Instant.parse("2026-01-05T10:00:00Z"), Instant.parse("2026-01-05T12:00:00Z"),
                "EUR", periods, PricingPolicy.DEFAULT);
    }

    private static BigDecimal costs(List<Tariff> tariffs, String tariffType) {
        PricingRequest request = request(PricingVersion.V2_2_1, tariffs, List.of(period(ONE_HOUR)));
        return ((Priced) CdrPricer.price(new PricingRequest(request.version(), null, tariffs, request.sessionStart(), request.sessionEnd(),
                "EUR", request.periods(), request.policy(), tariffType, null))).totalCost().exclVat();
    }

    private static PricingRequest inAmsterdam(String tariff, String period) {
        PricingRequest request = request(tariff, period);
        return new PricingRequest(request.version(), ZoneId.of("Europe/Amsterdam"), request.tariffs(), request.sessionStart(),
                request.sessionEnd(), "EUR", request.periods(), request.policy());
    }

    private static PricingRequest withScale(PricingRequest request, int scale) {
        return new PricingRequest(request.version(), null, request.tariffs(), request.sessionStart(), request.sessionEnd(), "EUR",
                request.periods(), new PricingPolicy(scale, RoundingMode.HALF_UP, RoundingStage.TOTAL, BigDecimal.ZERO));
    }

    private static PricingRequest withStage(PricingRequest request, RoundingStage stage) {
        PricingPolicy policy = new PricingPolicy(2, RoundingMode.HALF_UP, stage, BigDecimal.ZERO);
        return new PricingRequest(request.version(), request.timeZone(), request.tariffs(), request.sessionStart(),
                request.sessionEnd(), request.currency(), request.periods(), policy);
    }

    private static Tariff tariff(String json) {
        return Tariff.from(json(json));
    }

    private static ChargingPeriod period(String json) {
        return ChargingPeriod.from(json(json));
    }

    private static JsonNode json(String withSingleQuotes) {
        return Examples.parse(withSingleQuotes.replace('\'', '"'));
    }
}
