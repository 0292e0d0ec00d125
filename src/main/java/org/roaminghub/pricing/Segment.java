package org.roaminghub.pricing;

import java.math.BigDecimal;

/**
 * One dimension of one period with the component that prices it.
 *
 * @param volume     measured kWh or hours; 1 for FLAT
 * @param billed     volume plus what step_size adds to it (S15)
 * @param vatPercent null when the component has no VAT or the version knows none
 * @param vatKnown   whether an including-VAT amount exists at all (S17)
 */
record Segment(
        int periodIndex,
        PriceDimension dimension,
        SelectedComponent selected,
        BigDecimal volume,
        Fraction billed,
        BigDecimal vatPercent,
        boolean vatKnown) {

    static Segment of(
            int periodIndex, PriceDimension dimension, SelectedComponent selected, BigDecimal volume, PricingVersion version) {
        BigDecimal vatPercent = version.isVatKnown() ? selected.component().vat() : null;
        return new Segment(periodIndex, dimension, selected, volume, Fraction.of(volume), vatPercent, version.isVatKnown());
    }

    Segment withSurplus(Fraction surplus) {
        return new Segment(periodIndex, dimension, selected, volume, billed.plus(surplus), vatPercent, vatKnown);
    }

    /** Exact cost (S17). */
    Amount cost() {
        Fraction excl = billed.times(selected.component().price());
        if (!vatKnown) {
            return new Amount(excl, null);
        }
        if (vatPercent == null) {
            return new Amount(excl, excl);
        }
        return new Amount(excl, excl.times(BigDecimal.ONE.add(vatPercent.movePointLeft(2))));
    }

    /** The cost as the sums of this policy see it (S20). */
    Amount cost(PricingPolicy policy) {
        return switch (policy.stage()) {
            case SEGMENT -> cost().afterRounding(policy);
            case TOTAL, DIMENSION -> cost();
        };
    }

    /** Without trailing zeros throughout, so that 0.50 and 0.5 in a tariff explain alike. */
    ExplanationLine explain(PricingPolicy policy) {
        Amount cost = cost(policy);
        return new ExplanationLine(
                periodIndex,
                dimension,
                selected.tariffId(),
                selected.elementIndex(),
                selected.componentIndex(),
                Fraction.withoutTrailingZeros(volume),
                billed.shown(),
                Fraction.withoutTrailingZeros(selected.component().price()),
                vatPercent == null ? null : Fraction.withoutTrailingZeros(vatPercent),
                cost.excl().shown(),
                cost.incl() == null ? null : cost.incl().shown());
    }
}
