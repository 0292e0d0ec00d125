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
    /** Other periods name their tariff, this one does not: it costs nothing (S3). */
    PERIOD_WITHOUT_TARIFF,
    /** A price component has a type that OCPI does not define and was ignored (S24). */
    UNKNOWN_COMPONENT
}
