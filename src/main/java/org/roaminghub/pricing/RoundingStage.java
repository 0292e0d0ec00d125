package org.roaminghub.pricing;

/** What a partner rounds before adding up (S20). */
public enum RoundingStage {

    /** Exact to the end; every emitted amount is rounded once from its own exact value. */
    TOTAL,

    /** The cost of each dimension is rounded, the total is the sum of the rounded costs. */
    DIMENSION,

    /** The cost of each period and dimension is rounded, everything else is a sum of these. */
    SEGMENT
}
