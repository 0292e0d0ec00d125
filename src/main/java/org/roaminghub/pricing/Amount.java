package org.roaminghub.pricing;

import org.roaminghub.ocpi.v2_2_1.Price;

/**
 * Exact money.
 *
 * @param incl null when VAT is unknown; adding anything to the unknown leaves it unknown (S17)
 */
record Amount(Fraction excl, Fraction incl) {

    static Amount zero(boolean vatKnown) {
        return new Amount(Fraction.ZERO, vatKnown ? Fraction.ZERO : null);
    }

    Amount plus(Amount other) {
        Fraction inclSum = incl == null || other.incl == null ? null : incl.plus(other.incl);
        return new Amount(excl.plus(other.excl), inclSum);
    }

    /** Excluding and including VAT are rounded each from its own value, never one from the other (S20). */
    Price rounded(PricingPolicy policy) {
        return new Price(
                excl.rounded(policy.scale(), policy.roundingMode()),
                incl == null ? null : incl.rounded(policy.scale(), policy.roundingMode()));
    }

    /** The rounded amount, to calculate on with it where the policy rounds before adding up (S20). */
    Amount afterRounding(PricingPolicy policy) {
        Price price = rounded(policy);
        return new Amount(Fraction.of(price.exclVat()), price.inclVat() == null ? null : Fraction.of(price.inclVat()));
    }
}
