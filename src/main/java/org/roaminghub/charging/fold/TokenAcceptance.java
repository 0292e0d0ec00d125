package org.roaminghub.charging.fold;

/** What is known about the permission to charge. */
public enum TokenAcceptance {
    NONE,
    /** A sender that normalises itself named a token and refused nothing. */
    ASSUMED,
    CONFIRMED,
    REFUSED
}
