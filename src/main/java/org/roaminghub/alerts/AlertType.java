package org.roaminghub.alerts;

/** What an alert is about. Each type has a page of its own under {@code docs/runbooks/}. */
public enum AlertType {
    /** The result of a command or charging profile request never came. */
    COMMAND_TIMEOUT,
    /** A registered partner does not answer. */
    PARTNER_UNREACHABLE,
    /** A partner refuses our token. */
    PARTNER_AUTH_FAILED,
    /** Location changes do not get to a partner. */
    LOCATION_PUSH_FAILING,
    /** A CDR is late: its session ended, and there is none that may be sent. */
    CDR_DELAYED,
    /** A CDR was made and not brought to its eMSP. */
    CDR_UNDELIVERED,
    /** A CDR was sent and no answer came. */
    CDR_IN_DOUBT,
    /** An eMSP refused a CDR. */
    CDR_REJECTED,
    /** A backend sends lines that cannot be taken. */
    DEAD_LETTER,
    /** Events of a backend wait for a Location, Token or Tariff that does not arrive. */
    UNRESOLVED_REFERENCE;

    /** Where an operator reads on, from the root of the project. */
    public String runbook() {
        return "docs/runbooks/" + name() + ".md";
    }

    /** Whether an alert of this type says nothing new while its partner does not answer at all. */
    boolean followsFromUnreachable() {
        return this == LOCATION_PUSH_FAILING || this == CDR_UNDELIVERED;
    }
}
