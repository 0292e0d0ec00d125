package org.roaminghub.ocpi.schema;

/** How much of an object a document must hold. */
public enum Mode {
    /** The whole object: bodies of PUT and POST, objects in lists (TRANS-21). Required fields must be there. */
    FULL,
    /**
     * Changed fields only (TRANS-22): nothing is required at any depth, because received Locations are merged down to the
     * connector, and null means unchanged. That last_updated is there is the caller's check (LOC-18, SES-14,
     * TOK-05); that the merged object is whole is a FULL check of the result.
     */
    PATCH
}
