package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;

/**
 * The register of a session that is cut at energy bounds: at such a cut it shows exactly the bound, although the cut is on a
 * full second (S26).
 *
 * @param boundsWh register by instant of the cut, rising
 */
record CutRegister(EnergyRegister register, NavigableMap<Instant, BigDecimal> boundsWh) {

    /** @param boundsKwh of the tariff, from the start of the session */
    static CutRegister of(EnergyRegister register, Instant start, Instant end, Collection<BigDecimal> boundsKwh) {
        BigDecimal startWh = register.energyWhAt(start);
        BigDecimal endWh = register.energyWhAt(end);
        NavigableMap<Instant, BigDecimal> cuts = new TreeMap<>();
        for (BigDecimal boundKwh : boundsKwh) {
            BigDecimal boundWh = startWh.add(boundKwh.movePointRight(3));
            if (boundWh.compareTo(startWh) > 0 && boundWh.compareTo(endWh) < 0) {
                cuts.merge(onFullSecond(register.firstInstantOf(boundWh), start, end), boundWh, BigDecimal::max);
            }
        }
        return new CutRegister(register, cuts);
    }

    /** The exact instant where the full second is not inside of the session. */
    private static Instant onFullSecond(Instant exact, Instant start, Instant end) {
        Instant rounded = Instant.ofEpochSecond(exact.plusMillis(500).getEpochSecond());
        return rounded.isAfter(start) && rounded.isBefore(end) ? rounded : exact;
    }

    NavigableSet<Instant> cuts() {
        return boundsWh.navigableKeySet();
    }

    /** Never beyond the bound of a cut that is still to come, nor below one that is past: rounding must not turn energy back. */
    BigDecimal energyWhAt(Instant instant) {
        BigDecimal energyWh = register.energyWhAt(instant);
        Map.Entry<Instant, BigDecimal> before = boundsWh.floorEntry(instant);
        Map.Entry<Instant, BigDecimal> after = boundsWh.ceilingEntry(instant);
        if (before != null) {
            energyWh = energyWh.max(before.getValue());
        }
        return after == null ? energyWh : energyWh.min(after.getValue());
    }
}
