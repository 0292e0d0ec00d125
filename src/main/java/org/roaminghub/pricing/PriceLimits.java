package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.roaminghub.ocpi.v2_2_1.Price;

/**
 * min_price and max_price of a session (S19): first the minimum, then the maximum, excluding and including VAT independently.
 *
 * @param tariffId null when no tariff has limits
 * @param min      null when there is no minimum
 * @param max      null when there is no maximum
 */
record PriceLimits(String tariffId, Price min, Price max) {

    /** @param raw total before limits; its including-VAT part has to be known, as it is wherever OCPI has limits */
    Limited apply(Amount raw, Set<PricingFlag> flags) {
        List<ExplanationLine> explanation = new ArrayList<>();
        Amount lifted = min == null ? raw : limit(raw, raw, min, 1);
        if (differ(lifted, raw)) {
            flags.add(PricingFlag.MIN_PRICE_APPLIED);
            explanation.add(ExplanationLine.ofRule(ExplanationLine.Rule.MIN_PRICE, tariffId, raw, lifted));
        }
        Amount capped = max == null ? lifted : limit(lifted, raw, max, -1);
        if (differ(capped, lifted)) {
            flags.add(PricingFlag.MAX_PRICE_APPLIED);
            explanation.add(ExplanationLine.ofRule(ExplanationLine.Rule.MAX_PRICE, tariffId, lifted, capped));
        }
        return new Limited(capped, explanation);
    }

    /** @param explanation one line per limit that was applied */
    record Limited(Amount total, List<ExplanationLine> explanation) {
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
