package org.roaminghub.pricing;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which component prices a dimension in a situation (S5, S14).
 *
 * @param kinds which reservation elements price reserved time, in order of preference
 */
record ComponentChoice(PriceableTariff tariff, List<ReservationKind> kinds) {

    /** @param flags told when a bound on power or current had nothing to be held against (S13) */
    Optional<SelectedComponent> choose(PriceDimension dimension, Situation situation, Set<PricingFlag> flags) {
        if (!dimension.isReservation()) {
            return SelectedComponent.select(tariff, dimension, holds(null, situation, flags));
        }
        return kinds.stream()
                .map(kind -> SelectedComponent.select(tariff, dimension, holds(kind, situation, flags)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    Optional<SelectedComponent> choose(PriceDimension dimension, Situation situation) {
        return choose(dimension, situation, EnumSet.noneOf(PricingFlag.class));
    }

    private static Predicate<Restrictions> holds(ReservationKind kind, Situation situation, Set<PricingFlag> flags) {
        return element -> {
            if (element.reservation() != kind) {
                return false;
            }
            Restrictions.Verdict verdict = element.verdict(situation);
            if (verdict == Restrictions.Verdict.INPUT_MISSING) {
                flags.add(PricingFlag.RESTRICTION_INPUT_MISSING);
            }
            return verdict == Restrictions.Verdict.HOLDS;
        };
    }
}
