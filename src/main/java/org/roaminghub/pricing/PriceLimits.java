package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.util.Set;
import org.roaminghub.ocpi.v2_2_1.Price;

/**
 * min_price and max_price of a session (S19): first the minimum, then the maximum, excluding and including VAT independently.
 *
 * @param min null when there is no minimum
 * @param max null when there is no maximum
 */
record PriceLimits(Price min, Price max) {

    /** @param raw total before limits; its including-VAT part has to be known, as it is wherever OCPI has limits */
    Amount apply(Amount raw, Set<PricingFlag> flags) {
        Amount lifted = min == null ? raw : limit(raw, raw, min, 1);
        if (differ(lifted, raw)) {
            flags.add(PricingFlag.MIN_PRICE_APPLIED);
        }
        Amount capped = max == null ? lifted : limit(lifted, raw, max, -1);
        if (differ(capped, lifted)) {
            flags.add(PricingFlag.MAX_PRICE_APPLIED);
        }
        return capped;
    }

    /** @param direction 1 lifts to the limit, -1 caps at it */
    private static Amount limit(Amount current, Amount raw, Price limit, int direction) {
        Fraction excl = clamp(current.excl(), limit.exclVat(), direction);
        if (limit.inclVat() != null && current.incl() != null) {
            return new Amount(excl, clamp(current.incl(), limit.inclVat(), direction));
        }
        if (excl.compareTo(current.excl()) == 0) {
            return current;
        }
        return new Amount(excl, atEffectiveRate(excl, raw));
    }

    private static Fraction clamp(Fraction value, BigDecimal limit, int direction) {
        Fraction bound = Fraction.of(limit);
        return bound.compareTo(value) * direction > 0 ? bound : value;
    }

    /** A session that cost nothing has no rate of its own; its VAT is then unknown rather than invented. */
    private static Fraction atEffectiveRate(Fraction excl, Amount raw) {
        if (raw.excl().signum() == 0) {
            return null;
        }
        return excl.times(raw.incl()).dividedBy(raw.excl());
    }

    private static boolean differ(Amount first, Amount second) {
        if (first.incl() == null || second.incl() == null) {
            return first.excl().compareTo(second.excl()) != 0;
        }
        return first.excl().compareTo(second.excl()) != 0 || first.incl().compareTo(second.incl()) != 0;
    }
}
