package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.util.List;

/**
 * Why a part of the total is what it is. A component's line: {@code excl = billed × price},
 * {@code incl = excl × (1 + vat / 100)} (S17), the other way round where taxes are included in the price (S18). A limit's line
 * says what the limit adds or takes away (S19), so that the lines always add up to the total; of its other fields it has none.
 *
 * @param periodIndex    position among the periods in order of time, from 0
 * @param elementIndex   position in the tariff's elements, from 0
 * @param componentIndex position in the element's price components, from 0
 * @param restrictions   of the element, all of which held; each as name and value
 * @param volume         measured kWh or hours; 1 for flat fees
 * @param billed         volume after step_size, at most 10 decimals (S15)
 * @param price          per unit, as in the tariff
 * @param vat            percent; null when the component has none or the version knows none
 * @param excl           at most 10 decimals, or the policy's scale when segments are rounded (S20)
 * @param incl           likewise; null when VAT is unknown
 */
public record ExplanationLine(
        Rule rule,
        Integer periodIndex,
        PriceDimension dimension,
        String tariffId,
        Integer elementIndex,
        Integer componentIndex,
        List<String> restrictions,
        BigDecimal volume,
        BigDecimal billed,
        BigDecimal price,
        BigDecimal vat,
        BigDecimal excl,
        BigDecimal incl) {

    /** What the line applies. */
    public enum Rule {
        /** A price component of the tariff to one dimension of a period. */
        COMPONENT,
        /** GIREVE's rounding of the cost of a component (S30). */
        PRICE_ROUND,
        /** The tariff's min_price. */
        MIN_PRICE,
        /** The tariff's max_price. */
        MAX_PRICE
    }

    /** A line that only moves the sum. */
    static ExplanationLine ofRule(Rule rule, String tariffId, Amount from, Amount to) {
        Fraction incl = from.incl() == null || to.incl() == null ? null : to.incl().minus(from.incl());
        return new ExplanationLine(
                rule, null, null, tariffId, null, null, List.of(), null, null, null, null,
                to.excl().minus(from.excl()).shown(),
                incl == null ? null : incl.shown());
    }
}
