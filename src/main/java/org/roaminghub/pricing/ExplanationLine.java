package org.roaminghub.pricing;

import java.math.BigDecimal;

/**
 * Why a part of the total is what it is: {@code excl = billed × price}, {@code incl = excl × (1 + vat / 100)} (S17).
 *
 * @param periodIndex    position among the periods in order of time, from 0
 * @param elementIndex   position in the tariff's elements, from 0
 * @param componentIndex position in the element's price components, from 0
 * @param volume         measured kWh or hours; 1 for FLAT
 * @param billed         volume after step_size, at most 10 decimals (S15)
 * @param price          per unit, without VAT
 * @param vat            percent; null when the component has none or the version knows none
 * @param excl           at most 10 decimals, or the policy's scale when segments are rounded (S20)
 * @param incl           likewise; null when VAT is unknown
 */
public record ExplanationLine(
        int periodIndex,
        PriceDimension dimension,
        String tariffId,
        int elementIndex,
        int componentIndex,
        BigDecimal volume,
        BigDecimal billed,
        BigDecimal price,
        BigDecimal vat,
        BigDecimal excl,
        BigDecimal incl) {
}
