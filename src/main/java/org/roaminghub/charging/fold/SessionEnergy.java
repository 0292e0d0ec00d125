package org.roaminghub.charging.fold;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.roaminghub.ocpp.CanonicalText;

/**
 * How much energy a session took (event-model.md, section 8), for registers that count over the meter's life. This is
 * the only place that works it out.
 */
public final class SessionEnergy {
    private static final BigDecimal SENTINEL = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final BigDecimal ROUNDING_WH = BigDecimal.TEN;
    private static final BigDecimal HARMLESS_DROP_WH = BigDecimal.valueOf(50);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private SessionEnergy() {}

    /**
     * The energy and what was remarkable about it.
     *
     * @param energyWh null if unknown
     * @param flags    METER_* flags of section 7; the ones about the shape of the readings only once the session is over
     */
    public record Result(BigDecimal energyWh, EnergyMethod method, SortedSet<String> flags) {}

    /**
     * Works the energy out.
     *
     * @param meterStartWh register sent with the start, null if none
     * @param meterStopWh  register sent with the end, null if none
     * @param readings     ordered by time
     * @param over         false while the session runs: a last reading below the others is then not believed, it may
     *                     be one that recovers
     */
    public static Result of(
            BigDecimal meterStartWh, BigDecimal meterStopWh, List<RegisterReading> readings, boolean over) {
        SortedSet<String> flags = new TreeSet<>();
        BigDecimal start = usable(meterStartWh, flags, Flags.METER_START_INVALID);
        BigDecimal stop = usable(meterStopWh, flags, Flags.METER_STOP_INVALID);
        if (stop != null && stop.signum() == 0 && !readings.isEmpty()
                && readings.get(readings.size() - 1).registerWh().signum() > 0) {
            // A stop after a reboot may claim 0 although energy flowed (quirk Q43): the readings know better.
            stop = null;
        }
        List<BigDecimal> registers = withoutDips(registers(start, readings, stop), flags, over);
        if (registers.size() < 2) {
            return new Result(null, EnergyMethod.NONE, flags);
        }
        BigDecimal segments = segmentSum(registers, flags);
        if (segments != null) {
            return new Result(CanonicalText.plain(segments), EnergyMethod.SEGMENT_SUM, flags);
        }
        EnergyMethod method =
                start != null && stop != null ? EnergyMethod.REGISTER_DELTA : EnergyMethod.METER_VALUES_DELTA;
        return delta(registers, method, flags);
    }

    private static BigDecimal usable(BigDecimal register, SortedSet<String> flags, String flag) {
        if (register == null) {
            return null;
        }
        if (register.signum() >= 0 && register.compareTo(SENTINEL) != 0) {
            return register;
        }
        flags.add(flag);
        return null;
    }

    private static List<BigDecimal> registers(BigDecimal start, List<RegisterReading> readings, BigDecimal stop) {
        List<BigDecimal> registers = new ArrayList<>(readings.size() + 2);
        if (start != null) {
            registers.add(start);
        }
        readings.forEach(reading -> registers.add(reading.registerWh()));
        if (stop != null) {
            registers.add(stop);
        }
        return registers;
    }

    /** Rule 1: a value below the ones before is a dip if any later value is back up; it says nothing about energy. */
    private static List<BigDecimal> withoutDips(List<BigDecimal> registers, SortedSet<String> flags, boolean over) {
        BigDecimal[] highestFrom = new BigDecimal[registers.size()];
        for (int index = registers.size() - 1; index >= 0; index--) {
            BigDecimal value = registers.get(index);
            boolean last = index == registers.size() - 1;
            highestFrom[index] = last ? value : value.max(highestFrom[index + 1]);
        }
        List<BigDecimal> kept = new ArrayList<>(registers.size());
        for (int index = 0; index < registers.size(); index++) {
            BigDecimal value = registers.get(index);
            BigDecimal before = kept.isEmpty() ? value : kept.get(kept.size() - 1);
            boolean last = index == registers.size() - 1;
            boolean fell = value.compareTo(before) < 0;
            boolean recovers = last ? !over : highestFrom[index + 1].compareTo(before) >= 0;
            if (!fell || !recovers) {
                kept.add(value);
            } else if (over && before.subtract(value).compareTo(HARMLESS_DROP_WH) > 0) {
                flags.add(Flags.METER_DIP);
            }
        }
        return kept;
    }

    /**
     * Rule 2: after a lasting drop to half or less the register counts on from zero. Null without such a drop. A bare
     * start and stop are no evidence of a reset: there the smaller stop stays an error.
     */
    private static BigDecimal segmentSum(List<BigDecimal> registers, SortedSet<String> flags) {
        if (registers.size() < 3) {
            return null;
        }
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal segmentStart = registers.get(0);
        BigDecimal before = segmentStart;
        boolean reset = false;
        for (BigDecimal register : registers) {
            if (isReset(before, register)) {
                sum = sum.add(before.subtract(segmentStart));
                segmentStart = BigDecimal.ZERO;
                reset = true;
            }
            before = register;
        }
        if (!reset) {
            return null;
        }
        flags.add(Flags.METER_RESET);
        return sum.add(before.subtract(segmentStart));
    }

    private static boolean isReset(BigDecimal before, BigDecimal register) {
        return register.multiply(TWO).compareTo(before) <= 0
                && before.subtract(register).compareTo(HARMLESS_DROP_WH) > 0;
    }

    private static Result delta(List<BigDecimal> registers, EnergyMethod method, SortedSet<String> flags) {
        BigDecimal delta = registers.get(registers.size() - 1).subtract(registers.get(0));
        if (delta.signum() >= 0) {
            return new Result(CanonicalText.plain(delta), method, flags);
        }
        if (delta.negate().compareTo(ROUNDING_WH) <= 0) {
            flags.add(Flags.METER_ROUNDING);
            return new Result(BigDecimal.ZERO, method, flags);
        }
        flags.add(Flags.METER_NEGATIVE);
        return new Result(null, EnergyMethod.NONE, flags);
    }
}
