package org.roaminghub.ocpp;

/** A command that a backend sent to a station. */
public enum CommandName implements WireName {
    REMOTE_START("remote_start"),
    REMOTE_STOP("remote_stop"),
    RESERVE("reserve"),
    CANCEL_RESERVATION("cancel_reservation"),
    UNLOCK("unlock"),
    CHANGE_AVAILABILITY("change_availability");

    private final String wireName;

    CommandName(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
