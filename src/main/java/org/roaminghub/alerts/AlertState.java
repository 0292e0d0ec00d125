package org.roaminghub.alerts;

/** Where an alert stands. All but {@code CLEARED} are live: found in the last round. */
public enum AlertState {
    OPEN,
    /** Somebody has seen it and works on it. */
    ACKNOWLEDGED,
    /** Nobody wants to see it until a time. */
    SILENCED,
    /** It was not found any more. */
    CLEARED
}
