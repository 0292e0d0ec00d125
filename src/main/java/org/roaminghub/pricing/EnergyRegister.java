package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.roaminghub.pricing.SegmentationRequest.RegisterReading;

/**
 * The energy register of a meter as a function of time that never falls (S26).
 *
 * @param energyWhByTime rising; the last of several readings at one instant
 * @param rolledBack     whether the meter itself fell somewhere
 */
record EnergyRegister(NavigableMap<Instant, BigDecimal> energyWhByTime, boolean rolledBack) {

    /** @param readings in order of time; a fall counts as no growth, what grows after it counts */
    static EnergyRegister of(List<RegisterReading> readings) {
        NavigableMap<Instant, BigDecimal> asRead = new TreeMap<>();
        // No energy flows in no time: a second reading at one instant corrects the first, it is neither growth nor a fall.
        readings.forEach(reading -> asRead.put(reading.at(), reading.energyWh()));

        NavigableMap<Instant, BigDecimal> rising = new TreeMap<>();
        BigDecimal fallenWh = BigDecimal.ZERO;
        BigDecimal previousWh = null;
        for (Map.Entry<Instant, BigDecimal> reading : asRead.entrySet()) {
            BigDecimal energyWh = reading.getValue();
            if (previousWh != null && energyWh.compareTo(previousWh) < 0) {
                fallenWh = fallenWh.add(previousWh.subtract(energyWh));
            }
            previousWh = energyWh;
            rising.put(reading.getKey(), energyWh.add(fallenWh));
        }
        return new EnergyRegister(rising, fallenWh.signum() > 0);
    }

    /**
     * The register at an instant: as read where there is a reading, else interpolated between the readings around it and
     * rounded HALF_UP to 1 Wh. Outside of the readings it stands still. Differences of it add up exactly.
     */
    BigDecimal energyWhAt(Instant instant) {
        Map.Entry<Instant, BigDecimal> before = energyWhByTime.floorEntry(instant);
        Map.Entry<Instant, BigDecimal> after = energyWhByTime.ceilingEntry(instant);
        if (before == null && after == null) {
            return BigDecimal.ZERO;
        }
        if (before == null) {
            return after.getValue();
        }
        if (after == null || before.getKey().equals(instant)) {
            return before.getValue();
        }
        return interpolated(before, after, instant);
    }

    private static BigDecimal interpolated(
            Map.Entry<Instant, BigDecimal> before, Map.Entry<Instant, BigDecimal> after, Instant instant) {
        BigDecimal wholeTime = nanoseconds(before.getKey(), after.getKey());
        BigDecimal growthWh = after.getValue().subtract(before.getValue());
        BigDecimal rounded = before.getValue()
                .multiply(wholeTime)
                .add(growthWh.multiply(nanoseconds(before.getKey(), instant)))
                .divide(wholeTime, 0, RoundingMode.HALF_UP);
        // Registers with fractions of a Wh: rounding must not pass a neighbouring reading, or energy would flow backwards.
        return rounded.max(before.getValue()).min(after.getValue());
    }

    /**
     * The first instant at which the register reaches a value, interpolated.
     *
     * @param wh above the first reading and not above the last
     */
    Instant firstInstantOf(BigDecimal wh) {
        Map.Entry<Instant, BigDecimal> before = null;
        for (Map.Entry<Instant, BigDecimal> reading : energyWhByTime.entrySet()) {
            if (reading.getValue().compareTo(wh) >= 0) {
                return before == null ? reading.getKey() : crossing(before, reading, wh);
            }
            before = reading;
        }
        throw new IllegalArgumentException("the register never reaches " + wh + " Wh");
    }

    private static Instant crossing(Map.Entry<Instant, BigDecimal> before, Map.Entry<Instant, BigDecimal> after, BigDecimal wh) {
        BigDecimal growthWh = after.getValue().subtract(before.getValue());
        long sinceBefore = nanoseconds(before.getKey(), after.getKey())
                .multiply(wh.subtract(before.getValue()))
                .divide(growthWh, 0, RoundingMode.HALF_UP)
                .longValueExact();
        return before.getKey().plusNanos(sinceBefore);
    }

    private static BigDecimal nanoseconds(Instant from, Instant to) {
        Duration duration = Duration.between(from, to);
        return BigDecimal.valueOf(duration.getSeconds()).movePointRight(9).add(BigDecimal.valueOf(duration.getNano()));
    }
}
