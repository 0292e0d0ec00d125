package org.roaminghub.charging.fold;

/** Where a session stands (event-model.md, section 9). */
public enum SessionStatus {
    /** Begun, but nobody accepted yet who pays. */
    PENDING,
    ACTIVE,
    /** Something says it is over, its own end has not come; may become ACTIVE again. OCPI still shows ACTIVE. */
    ENDED_PROVISIONAL,
    COMPLETED,
    /** Refused or never accepted; never billable. */
    INVALID;

    public boolean isOpen() {
        return this == PENDING || this == ACTIVE || this == ENDED_PROVISIONAL;
    }
}
