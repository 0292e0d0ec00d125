package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One dimension of one period with the component that prices it.
 *
 * @param volume measured kWh or hours; 1 for flat fees
 * @param billed volume plus what step_size adds to it (S15)
 */
record Segment(
        int periodIndex, PriceDimension dimension, SelectedComponent selected, BigDecimal volume, Fraction billed, TaxRule taxRule) {

    static Segment of(int periodIndex, PriceDimension dimension, SelectedComponent selected, BigDecimal volume, TaxRule taxRule) {
        return new Segment(periodIndex, dimension, selected, volume, Fraction.of(volume), taxRule);
    }

    Segment withSurplus(Fraction surplus) {
        return new Segment(periodIndex, dimension, selected, volume, billed.plus(surplus), taxRule);
    }

    /** Percent; null when the component has none, or none that counts. */
    BigDecimal vatPercent() {
        return taxRule.rate(selected.component().vat());
    }

    /** What 2.3.0 leaves open about the taxes of a price that is not zero (S18); 2.2.1 means no VAT by leaving it out (S17). */
    Optional<PricingFlag> taxFlag(PricingVersion version) {
        if (version != PricingVersion.V2_3_0 || selected.component().price().signum() == 0 || selected.component().vat() != null) {
            return Optional.empty();
        }
        return switch (taxRule) {
            case ADDED -> Optional.of(PricingFlag.TAX_UNKNOWN);
            case INCLUDED -> Optional.of(PricingFlag.TAX_NOT_SPLITTABLE);
            case UNKNOWN, NONE -> Optional.empty();
        };
    }

    /** Exact cost (S17, S18). */
    Amount cost() {
        return taxRule.amount(billed.times(selected.component().price()), vatPercent());
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
        BigDecimal vatPercent = vatPercent();
        return new ExplanationLine(
                ExplanationLine.Rule.COMPONENT,
                periodIndex,
                dimension,
                selected.tariffId(),
                selected.elementIndex(),
                selected.componentIndex(),
                selected.restrictions(),
                Fraction.withoutTrailingZeros(volume),
                billed.shown(),
                Fraction.withoutTrailingZeros(selected.component().price()),
                vatPercent == null ? null : Fraction.withoutTrailingZeros(vatPercent),
                cost.excl().shown(),
                cost.incl() == null ? null : cost.incl().shown());
    }
}
