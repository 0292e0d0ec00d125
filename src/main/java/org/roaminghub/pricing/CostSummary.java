package org.roaminghub.pricing;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.roaminghub.ocpi.v2_2_1.Price;

/**
 * Sums per dimension and in all, before price limits.
 *
 * @param byDimension only dimensions to which a component was applied
 */
record CostSummary(Map<PriceDimension, Amount> byDimension, Amount total) {

    static CostSummary of(List<Segment> segments, PricingRequest request) {
        PricingPolicy policy = request.policy();
        Map<PriceDimension, Amount> byDimension = new EnumMap<>(PriceDimension.class);
        for (Segment segment : segments) {
            byDimension.merge(segment.dimension(), segment.cost(policy), Amount::plus);
        }
        if (policy.stage() == RoundingStage.DIMENSION) {
            byDimension.replaceAll((dimension, amount) -> amount.afterRounding(policy));
        }
        Amount total = Amount.zero(request.version().isVatKnown());
        for (Amount amount : byDimension.values()) {
            total = total.plus(amount);
        }
        return new CostSummary(byDimension, total);
    }

    /** Null when no component was applied to the dimension (S21). */
    Price rounded(PriceDimension dimension, PricingPolicy policy) {
        Amount amount = byDimension.get(dimension);
        return amount == null ? null : amount.rounded(policy);
    }
}
