package org.roaminghub.pricing;

/** Something a reader of the price should know; it did not stop the pricing. Listed alphabetically, so sets sort by name. */
public enum PricingFlag {
    /** A period carries the same dimension more than once; the entries were combined (S2). */
    DUPLICATE_DIMENSION,
    /** The first period starts after the session; the gap is not priced (S24). */
    GAP_BEFORE_FIRST_PERIOD,
    /** The total was capped, so the parts add up to more (S19). */
    MAX_PRICE_APPLIED,
    /** The total was lifted, so the parts add up to less (S19). */
    MIN_PRICE_APPLIED,
    /** A period starts before the session and was priced unclipped (S24). */
    PERIODS_OUTSIDE_SESSION,
    /** The periods were not in order of time (S2). */
    PERIODS_UNSORTED,
    /** A period starts after the end of the session; it has no length but its volumes are priced (S24). */
    PERIOD_AFTER_END,
    /** Another component would win at the end of a period than at its start; the CPO had to split there (S6). */
    PERIOD_SPANS_PRICE_CHANGE,
    /** Other periods name their tariff, this one does not: it costs nothing (S3). */
    PERIOD_WITHOUT_TARIFF,
    /** An element was passed over because the period carries no power or no current (S13). */
    RESTRICTION_INPUT_MISSING,
    /** 2.3.0: taxes are included and the rate is not given, so the price cannot be split (S18). */
    TAX_NOT_SPLITTABLE,
    /** 2.3.0: taxes come on top and the rate is not given (S18). */
    TAX_UNKNOWN,
    /** A price component has a type that OCPI does not define and was ignored (S24). */
    UNKNOWN_COMPONENT,
    /** The tariff prices the dimension at other times, but no element matched: it costs nothing (S22). */
    UNPRICED_VOLUME
}
