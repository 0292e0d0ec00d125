package org.roaminghub.charging.fold;

/** Whether a CDR may be made of a session. */
public enum CdrDecision {
    /** Not over, or not billable. */
    NONE,
    EMIT,
    /** Somebody must look first; the session's flags, or its missing energy, say why. */
    HOLD
}
