package org.roaminghub.pricing;

/** The costs a CDR states beside its total (S21). */
enum CostField {
    ENERGY,
    TIME,
    PARKING,
    /** Flat fees outside of reservations; nothing in OCPI says which of them is for parking. */
    FIXED,
    /** Everything from reservation elements. */
    RESERVATION
}
