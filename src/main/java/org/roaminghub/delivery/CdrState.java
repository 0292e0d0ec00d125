package org.roaminghub.delivery;

/**
 * Where a CDR stands on its way to the eMSP (D4).
 *
 * <pre>
 *  HELD ──released──► READY ──bytes leave──► SENDING ──2xx and 1xxx──► DELIVERED
 *                       ▲                      │ ├──refused──────────► REJECTED
 *                       └──nothing was taken───┘ └──no answer────────► IN_DOUBT ──asked, deduplicated, pulled or resolved──► DELIVERED or READY
 * </pre>
 */
public enum CdrState {
    /** Not to be sent: it waits for a person, with a reason. */
    HELD,
    /** To be sent, or to be sent again. */
    READY,
    /** A request may be under way. Found after a crash it becomes IN_DOUBT. */
    SENDING,
    /** The eMSP has it: it said so, it was found there, or the eMSP pulled it. */
    DELIVERED,
    /** The eMSP refuses it. */
    REJECTED,
    /** It may or may not be there. Never guessed, always resolved. */
    IN_DOUBT
}
