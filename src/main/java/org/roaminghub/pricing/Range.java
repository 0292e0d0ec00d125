package org.roaminghub.pricing;

import java.math.BigDecimal;

/** Lowest and highest power in kW, or current in A as sum over the phases, during a period (S13). */
record Range(BigDecimal lowest, BigDecimal highest) {

    static final Range ZERO = new Range(BigDecimal.ZERO, BigDecimal.ZERO);

    /** Null when both are unknown. */
    static Range union(Range first, Range second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return new Range(first.lowest.min(second.lowest), first.highest.max(second.highest));
    }
}
