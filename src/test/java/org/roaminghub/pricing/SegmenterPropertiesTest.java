package org.roaminghub.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.roaminghub.ocpi.v2_2_1.CdrDimension;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.pricing.SegmentationRequest.RegisterReading;
import org.roaminghub.pricing.SegmentationRequest.StateChange;

/** What must hold for the periods of every session, however odd its readings (S25-S27). */
class SegmenterPropertiesTest {

    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final int SESSION_SECONDS = 7200;

    @Property(tries = 500)
    void s26EnergyOfThePeriodsAddsUpToTheGrowthOfTheRegister(@ForAll("sessions") SegmentationRequest session) {
        List<RegisterReading> readings = session.readings();
        BigDecimal growthWh = BigDecimal.ZERO;
        for (int i = 0; i + 1 < readings.size(); i++) {
            growthWh = growthWh.add(readings.get(i + 1).energyWh().subtract(readings.get(i).energyWh()).max(BigDecimal.ZERO));
        }

        assertThat(sum(session, "ENERGY").movePointRight(3)).isEqualByComparingTo(growthWh);
    }

    @Property(tries = 500)
    void s27EveryInstantIsInExactlyOnePeriodAndNeighboursDiffer(@ForAll("sessions") SegmentationRequest session) {
        List<ChargingPeriod> periods = Segmenter.segment(session).periods();
        BigDecimal hours = sum(session, "TIME").add(sum(session, "PARKING_TIME"));
        BigDecimal roundedAway = new BigDecimal("2").subtract(hours);

        assertThat(periods.get(0).startDateTime()).isEqualTo(START);
        assertThat(periods).extracting(ChargingPeriod::startDateTime).isSorted().doesNotHaveDuplicates();
        assertThat(roundedAway).isBetween(BigDecimal.ZERO, BigDecimal.valueOf(periods.size(), 6));
        for (int i = 0; i + 1 < periods.size(); i++) {
            assertThat(isParking(periods.get(i))).isNotEqualTo(isParking(periods.get(i + 1)));
        }
    }

    @Property(tries = 500)
    void s26NoPeriodGivesEnergyBack(@ForAll("sessions") SegmentationRequest session) {
        assertThat(Segmenter.segment(session).periods())
                .flatExtracting(ChargingPeriod::dimensions)
                .allMatch(dimension -> dimension.volume().signum() >= 0);
    }

    /** Readings inside of the session, so that its energy is the growth of the register. */
    @Provide
    Arbitrary<SegmentationRequest> sessions() {
        Arbitrary<Instant> instants = Arbitraries.integers().between(0, SESSION_SECONDS).map(START::plusSeconds);
        Arbitrary<BigDecimal> registers = Arbitraries.bigDecimals().between(BigDecimal.ZERO, new BigDecimal("30000")).ofScale(1);
        Arbitrary<RegisterReading> readings = Combinators.combine(instants, registers).as(RegisterReading::new);
        Arbitrary<VehicleState> plugged = Arbitraries.of(VehicleState.TAKING_POWER, VehicleState.NOT_REQUESTING_POWER);
        Arbitrary<StateChange> states = Combinators.combine(instants, plugged).as(StateChange::new);
        return Combinators.combine(
                        readings.list().uniqueElements(RegisterReading::at).ofMaxSize(8),
                        states.list().ofMaxSize(6),
                        Arbitraries.of(true, false))
                .as(SegmenterPropertiesTest::session);
    }

    /** @param rising puts the register values in order, as a meter without faults does */
    private static SegmentationRequest session(List<RegisterReading> readings, List<StateChange> states, boolean rising) {
        if (!rising) {
            return new SegmentationRequest(START, START.plusSeconds(SESSION_SECONDS), readings, states, List.of(), List.of(), null, null);
        }
        List<Instant> times = readings.stream().map(RegisterReading::at).sorted().toList();
        List<BigDecimal> energies = readings.stream().map(RegisterReading::energyWh).sorted(Comparator.naturalOrder()).toList();
        List<RegisterReading> ordered = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            ordered.add(new RegisterReading(times.get(i), energies.get(i)));
        }
        return new SegmentationRequest(START, START.plusSeconds(SESSION_SECONDS), ordered, states, List.of(), List.of(), null, null);
    }

    private static boolean isParking(ChargingPeriod period) {
        return period.dimensions().stream().anyMatch(dimension -> dimension.type().equals("PARKING_TIME"));
    }

    private static BigDecimal sum(SegmentationRequest session, String type) {
        return Segmenter.segment(session).periods().stream()
                .flatMap(period -> period.dimensions().stream())
                .filter(dimension -> dimension.type().equals(type))
                .map(CdrDimension::volume)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
