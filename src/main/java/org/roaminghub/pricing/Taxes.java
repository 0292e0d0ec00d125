package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.roaminghub.ocpi.v2_2_1.Price;

/** Taxes by rate, as 2.3.0 lists them (S18). */
final class Taxes {

    private Taxes() {
    }

    /**
     * One amount per rate in percent. They add up to the taxes of the total before price limits; what rounding leaves is given
     * to the largest of them.
     */
    static SortedMap<BigDecimal, BigDecimal> byRate(List<Segment> segments, Amount total, PricingPolicy policy) {
        SortedMap<BigDecimal, Fraction> exact = new TreeMap<>();
        for (Segment segment : segments) {
            if (segment.vatPercent() != null) {
                Amount cost = segment.cost(policy);
                exact.merge(Fraction.withoutTrailingZeros(segment.vatPercent()), cost.incl().minus(cost.excl()), Fraction::plus);
            }
        }
        SortedMap<BigDecimal, BigDecimal> rounded = new TreeMap<>();
        exact.forEach((rate, tax) -> rounded.put(rate, tax.rounded(policy.scale(), policy.roundingMode())));
        Price emitted = total.rounded(policy);
        BigDecimal residue = emitted.inclVat().subtract(emitted.exclVat())
                .subtract(rounded.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        rounded.entrySet().stream()
                .max(Comparator.comparing((Map.Entry<BigDecimal, BigDecimal> line) -> line.getValue().abs()))
                .ifPresent(largest -> rounded.merge(largest.getKey(), residue, BigDecimal::add));
        return rounded;
    }
}
