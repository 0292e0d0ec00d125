package org.roaminghub.charging.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Section 8 of the event model, with the figures of the scenarios that show each rule. */
class SessionEnergyTest {

    @Test
    void startAndStopRegisterGiveTheDelta() {
        expect(energy(100_000L, 111_000L, 102_750, 105_500), 11_000, EnergyMethod.REGISTER_DELTA);
    }

    @Test
    void sentinelsAreReplacedByTheNearestReading_S18() {
        expect(energy(2_147_483_647L, 704_000L, 700_000, 702_000), 4_000, EnergyMethod.METER_VALUES_DELTA,
                "METER_START_INVALID");
        expect(energy(704_000L, -1L, 706_500), 2_500, EnergyMethod.METER_VALUES_DELTA, "METER_STOP_INVALID");
    }

    @Test
    void aRegisterThatRestartsAtZeroIsSummedBySegment_S19() {
        expect(energy(50_000L, 5_400L, 51_800, 52_700, 1_800, 3_600), 8_100, EnergyMethod.SEGMENT_SUM, "METER_RESET");
    }

    @Test
    void aDipThatRecoversIsNoReset_S34() {
        expect(energy(80_000L, 85_400L, 80_900, 895, 82_700), 5_400, EnergyMethod.REGISTER_DELTA, "METER_DIP");
    }

    @Test
    void anEndUpToTenWattHoursBelowTheStartIsRounding_S15() {
        expect(energy(1_000L, 999L), 0, EnergyMethod.REGISTER_DELTA, "METER_ROUNDING");
    }

    @Test
    void anEndFurtherBelowTheStartIsUnknownEnergyNotZero() {
        SessionEnergy.Result result = energy(5_000L, 2_000L);

        assertThat(result.energyWh()).isNull();
        assertThat(result.method()).isEqualTo(EnergyMethod.NONE);
        assertThat(result.flags()).containsExactly("METER_NEGATIVE");
    }

    @Test
    void aStopThatClaimsZeroLosesAgainstAReading_Q43() {
        expect(energy(0L, 0L, 500, 10_900), 10_900, EnergyMethod.METER_VALUES_DELTA);
    }

    @Test
    void nothingUsableIsUnknownNotZero() {
        assertThat(energy(null, 5_000L).energyWh()).isNull();
        assertThat(energy(null, null).method()).isEqualTo(EnergyMethod.NONE);
    }

    @Test
    void aRunningSessionDoesNotBelieveALastReadingThatFell() {
        SessionEnergy.Result result = SessionEnergy.of(BigDecimal.valueOf(80_000), null, readings(80_900, 895), false);

        assertThat(result.energyWh()).isEqualByComparingTo("900");
        assertThat(result.flags()).isEmpty();
    }

    private static void expect(SessionEnergy.Result result, long energyWh, EnergyMethod method, String... flags) {
        assertThat(result.energyWh()).isEqualByComparingTo(BigDecimal.valueOf(energyWh));
        assertThat(result.method()).isEqualTo(method);
        assertThat(result.flags()).containsExactly(flags);
    }

    private static SessionEnergy.Result energy(Long start, Long stop, long... registersWh) {
        return SessionEnergy.of(start == null ? null : BigDecimal.valueOf(start),
                stop == null ? null : BigDecimal.valueOf(stop), readings(registersWh), true);
    }

    private static List<RegisterReading> readings(long... registersWh) {
        List<RegisterReading> readings = new ArrayList<>();
        for (long register : registersWh) {
            readings.add(new RegisterReading(
                    Instant.parse("2026-03-02T08:00:00Z").plusSeconds(60L * readings.size()),
                    BigDecimal.valueOf(register), null, null));
        }
        return readings;
    }
}
