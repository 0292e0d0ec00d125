package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roaminghub.ocpi.v2_2_1.ComponentRounding;
import org.roaminghub.ocpi.v2_2_1.Price;

/**
 * Sums per cost field and in all, before price limits.
 *
 * @param byField     only fields to which a component was applied
 * @param explanation what the costs of components were changed by before they were added up
 */
record CostSummary(Map<CostField, Amount> byField, Amount total, List<ExplanationLine> explanation) {

    /** What GIREVE's dialect rounds to when the component does not say (S30). */
    private static final ComponentRounding GIREVE_DEFAULT = new ComponentRounding(3, RoundingMode.HALF_UP);

    private record Applied(PriceDimension dimension, SelectedComponent component) {
    }

    static CostSummary of(List<Segment> segments, PricingRequest request) {
        PricingPolicy policy = request.policy();
        Map<Applied, Amount> byComponent = new LinkedHashMap<>();
        for (Segment segment : segments) {
            byComponent.merge(new Applied(segment.dimension(), segment.selected()), segment.cost(policy), Amount::plus);
        }
        List<ExplanationLine> explanation = new ArrayList<>();
        if (request.version().isGireve()) {
            byComponent.replaceAll((applied, amount) -> roundedInDialect(applied.component(), amount, explanation));
        }
        Map<CostField, Amount> byField = new EnumMap<>(CostField.class);
        byComponent.forEach((applied, amount) -> byField.merge(applied.dimension().costField(), amount, Amount::plus));
        if (policy.stage() == RoundingStage.DIMENSION) {
            byField.replaceAll((field, amount) -> amount.afterRounding(policy));
        }
        Amount total = Amount.zero(request.version().isVatKnown());
        for (Amount amount : byField.values()) {
            total = total.plus(amount);
        }
        return new CostSummary(byField, total, List.copyOf(explanation));
    }

    private static Amount roundedInDialect(SelectedComponent component, Amount exact, List<ExplanationLine> explanation) {
        ComponentRounding rounding = component.component().priceRound() == null ? GIREVE_DEFAULT : component.component().priceRound();
        BigDecimal excl = exact.excl().rounded(rounding.decimals(), rounding.mode());
        Amount rounded = new Amount(Fraction.of(excl), null);
        if (rounded.excl().compareTo(exact.excl()) != 0) {
            explanation.add(ExplanationLine.ofRule(ExplanationLine.Rule.PRICE_ROUND, component.tariffId(), exact, rounded));
        }
        return rounded;
    }

    /** Null when no component was applied to the field (S21). */
    Price rounded(CostField field, PricingPolicy policy) {
        Amount amount = byField.get(field);
        return amount == null ? null : amount.rounded(policy);
    }
}
