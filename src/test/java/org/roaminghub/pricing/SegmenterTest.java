package org.roaminghub.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.roaminghub.pricing.VehicleState.NOT_REQUESTING_POWER;
import static org.roaminghub.pricing.VehicleState.TAKING_POWER;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.ocpi.v2_2_1.Tariff;
import org.roaminghub.pricing.SegmentationRequest.RegisterReading;
import org.roaminghub.pricing.SegmentationRequest.StateChange;

class SegmenterTest {

    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");
    private static final Tariff TARIFF = Tariff.from(Examples.parse("{\"id\":\"T1\"}"));

    @Test
    void s25CutsWhereTheVehicleStopsRequestingPower() {
        Segmentation segmentation = segment(7200,
                List.of(reading(0, "1000"), reading(3600, "9000"), reading(7200, "9000")),
                List.of(state(0, TAKING_POWER), state(3600, NOT_REQUESTING_POWER)));

        assertThat(shown(segmentation)).containsExactly("0: ENERGY 8 TIME 1", "3600: PARKING_TIME 1");
        assertThat(segmentation.periods()).allMatch(period -> period.tariffId().equals("T1"));
        assertThat(segmentation.flags()).isEmpty();
    }

    @Test
    void s25MergesNeighboursOfEqualState() {
        Segmentation segmentation = segment(3600,
                List.of(reading(0, "0"), reading(3600, "1000")),
                List.of(state(0, TAKING_POWER), state(600, TAKING_POWER), state(900, NOT_REQUESTING_POWER), state(900, TAKING_POWER)));

        assertThat(shown(segmentation)).containsExactly("0: ENERGY 1 TIME 1");
    }

    @Test
    void s26InterpolatesTheRegisterAtACutAndKeepsTheSumExact() {
        Segmentation segmentation = segment(3000,
                List.of(reading(0, "100.4"), reading(3000, "1100.6")),
                List.of(state(0, TAKING_POWER), state(1000, NOT_REQUESTING_POWER), state(2000, TAKING_POWER)));

        assertThat(shown(segmentation)).containsExactly(
                "0: ENERGY 0.3336 TIME 0.277777",
                "1000: ENERGY 0.333 TIME 0 PARKING_TIME 0.277777",
                "2000: ENERGY 0.3336 TIME 0.277777");
    }

    @Test
    void s26RoundingNeverLetsEnergyFlowBackwards() {
        Segmentation segmentation = segment(100,
                List.of(reading(0, "10.6"), reading(100, "10.7")),
                List.of(state(0, TAKING_POWER), state(50, NOT_REQUESTING_POWER)));

        assertThat(segmentation.periods())
                .flatExtracting(ChargingPeriod::dimensions)
                .allMatch(dimension -> dimension.volume().signum() >= 0);
    }

    @Test
    void s26RegisterThatFallsCountsAsNoGrowthAndIsFlagged() {
        Segmentation segmentation = segment(3600,
                List.of(reading(0, "900000"), reading(1800, "905000"), reading(1860, "0"), reading(3600, "6000")),
                List.of(state(0, TAKING_POWER)));

        assertThat(shown(segmentation)).containsExactly("0: ENERGY 11 TIME 1");
        assertThat(segmentation.flags()).containsExactly(Segmentation.Flag.METER_ROLLBACK);
    }

    @Test
    void s26SecondReadingAtOneInstantCorrectsTheFirst() {
        Segmentation segmentation = segment(3600,
                List.of(reading(0, "0"), reading(1800, "5000"), reading(1800, "4900"), reading(3600, "6000")), List.of());

        assertThat(shown(segmentation)).containsExactly("0: ENERGY 6 TIME 1");
        assertThat(segmentation.flags()).isEmpty();
    }

    @Test
    void s26RegisterStandsStillOutsideOfItsReadings() {
        Segmentation segmentation =
                segment(3600, List.of(reading(600, "0"), reading(1200, "2000")), List.of(state(0, TAKING_POWER)));

        assertThat(shown(segmentation)).containsExactly("0: ENERGY 2 TIME 1");
    }

    @Test
    void s26RegisterAtAnEnergyBoundIsTheBoundAndTheCutIsOnAFullSecond() {
        Segmentation segmentation = segment(3600, List.of(reading(0, "500"), reading(3600, "10500")), List.of(), energy("'max_kwh':3.3333"), ZONE);

        assertThat(shown(segmentation)).containsExactly("0: ENERGY 3.3333 TIME 0.333333", "1200: ENERGY 6.6667 TIME 0.666666");
    }

    @Test
    void s26ACutThatRoundingPutsBesideAnEnergyBoundGivesNoEnergyBack() {
        // 100 Wh are reached after 1.5 s, a cut at 2 s; at 1.6 s, when the vehicle stops, the meter shows 107 Wh already.
        Segmentation segmentation = Segmenter.segment(new SegmentationRequest(START, START.plusSeconds(3), List.of(reading(0, "0"), reading(3, "200")),
                List.of(state(0, TAKING_POWER), new StateChange(START.plusMillis(1600), NOT_REQUESTING_POWER)), List.of(), List.of(),
                energy("'max_kwh':0.1"), ZONE));

        assertThat(segmentation.periods()).extracting(period -> period.dimensions().get(0).volume().toPlainString())
                .containsExactly("0.1", "0.1");
    }

    @Test
    void s25AFeeThatBecomesDueLaterCuts() {
        Tariff tariff = tariff("{'price_components':[{'type':'FLAT','price':1}],'restrictions':{'min_duration':600}}");

        assertThat(shown(segment(3600, List.of(), List.of(), tariff, ZONE)))
                .containsExactly("0: ENERGY 0 TIME 0.166666", "600: ENERGY 0 TIME 0.833333");
    }

    @Test
    void s25ATariffThatCannotBePricedCutsNothing() {
        List<RegisterReading> readings = List.of(reading(0, "0"), reading(3600, "1000"));

        assertThat(shown(segment(3600, readings, List.of(), energy("'max_kwh':0.5,'maxKwh':1"), ZONE))).containsExactly("0: ENERGY 1 TIME 1");
        assertThat(shown(segment(3600, readings, List.of(), energy("'max_kwh':0.5,'end_time':'11:30'"), null))).containsExactly("0: ENERGY 1 TIME 1");
    }

    @Test
    void s27ReservedTimeComesFirstAndDurationCountsFromCharging() {
        Segmentation segmentation = segment(3600, List.of(reading(600, "0"), reading(3600, "3000")),
                List.of(state(0, VehicleState.RESERVED), state(600, TAKING_POWER)), energy("'max_duration':1200"), ZONE);

        assertThat(shown(segmentation)).containsExactly(
                "0: RESERVATION_TIME 0.166666", "600: ENERGY 1.2 TIME 0.333333", "1800: ENERGY 1.8 TIME 0.5");
    }

    @Test
    void s27WithoutStatusNoGrowthIsParking() {
        Segmentation segmentation =
                segment(3600, List.of(reading(0, "0"), reading(1800, "5000"), reading(3600, "5000")), List.of());

        assertThat(shown(segmentation)).containsExactly("0: ENERGY 5 TIME 0.5", "1800: PARKING_TIME 0.5");
    }

    @Test
    void s27BeforeTheFirstStatusTheMeterTells() {
        Segmentation segmentation = segment(3600,
                List.of(reading(0, "0"), reading(900, "0"), reading(1800, "4000"), reading(3600, "4000")),
                List.of(state(1800, NOT_REQUESTING_POWER)));

        assertThat(shown(segmentation)).containsExactly("0: PARKING_TIME 0.25", "900: ENERGY 4 TIME 0.25", "1800: PARKING_TIME 0.5");
    }

    @Test
    void s27WithoutStatusAndMeterIsCharging() {
        assertThat(shown(segment(3600, List.of(), List.of()))).containsExactly("0: ENERGY 0 TIME 1");
    }

    @Test
    void s27StatusFromBeforeTheSessionHoldsAndOneAtItsEndDoesNotCut() {
        Segmentation segmentation = segment(3600, List.of(),
                List.of(state(-60, NOT_REQUESTING_POWER), state(3600, TAKING_POWER)));

        assertThat(shown(segmentation)).containsExactly("0: PARKING_TIME 1");
    }

    @Test
    void s23SessionWithoutLengthIsOnePeriod() {
        assertThat(shown(segment(0, List.of(reading(0, "7")), List.of()))).containsExactly("0: ENERGY 0 TIME 0");
    }

    @Test
    void s31TenMinutesStayOneStepOfTenMinutes() {
        ChargingPeriod period = segment(600, List.of(), List.of()).periods().get(0);
        BigDecimal seconds = period.dimensions().get(1).volume().multiply(BigDecimal.valueOf(3600));

        assertThat(seconds).isBetween(new BigDecimal("599.99"), new BigDecimal("600"));
    }

    @Test
    void readingsMayArriveOutOfOrder() {
        Segmentation segmentation = segment(3600, List.of(reading(3600, "3000"), reading(0, "1000")), List.of());

        assertThat(shown(segmentation)).containsExactly("0: ENERGY 2 TIME 1");
        assertThat(segmentation.flags()).isEmpty();
    }

    @Test
    void sessionThatEndsBeforeItsStartIsRefused() {
        assertThatThrownBy(() -> segment(-1, List.of(), List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Segmentation segment(int seconds, List<RegisterReading> readings, List<StateChange> states) {
        return segment(seconds, readings, states, TARIFF, null);
    }

    private static Segmentation segment(int seconds, List<RegisterReading> readings, List<StateChange> states, Tariff tariff, ZoneId zone) {
        return Segmenter.segment(new SegmentationRequest(START, START.plusSeconds(seconds), readings, states, List.of(), List.of(), tariff, zone));
    }

    /** One price while the restrictions hold, another else. */
    private static Tariff energy(String restrictions) {
        return tariff("{'price_components':[{'type':'ENERGY','price':1}],'restrictions':{" + restrictions + "}},"
                + "{'price_components':[{'type':'ENERGY','price':2}]}");
    }

    private static Tariff tariff(String elements) {
        return Tariff.from(Examples.parse(("{'id':'T1','elements':[" + elements + "]}").replace('\'', '"')));
    }

    private static RegisterReading reading(int second, String energyWh) {
        return new RegisterReading(START.plusSeconds(second), new BigDecimal(energyWh));
    }

    private static StateChange state(int second, VehicleState state) {
        return new StateChange(START.plusSeconds(second), state);
    }

    /** Each period as "second: TYPE volume …". */
    private static List<String> shown(Segmentation segmentation) {
        return segmentation.periods().stream().map(SegmenterTest::shown).toList();
    }

    private static String shown(ChargingPeriod period) {
        StringBuilder text = new StringBuilder();
        text.append(period.startDateTime().getEpochSecond() - START.getEpochSecond()).append(':');
        period.dimensions().forEach(dimension ->
                text.append(' ').append(dimension.type()).append(' ').append(dimension.volume().toPlainString()));
        return text.toString();
    }
}
