package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.util.stream.Stream;

/**
 * A lower bound that is part of the band and an upper bound that is not (S11-S13).
 *
 * @param min null when open
 * @param max null when open
 */
record Band(BigDecimal min, BigDecimal max) {

    boolean isOpen() {
        return min == null && max == null;
    }

    boolean contains(BigDecimal value) {
        return touches(new Range(value, value));
    }

    /** The highest value decides on the lower bound and the lowest on the upper, so that two adjoining bands leave no hole (S13). */
    boolean touches(Range range) {
        return (min == null || range.highest().compareTo(min) >= 0) && (max == null || range.lowest().compareTo(max) < 0);
    }

    Stream<BigDecimal> bounds() {
        return Stream.of(min, max).filter(bound -> bound != null);
    }
}
