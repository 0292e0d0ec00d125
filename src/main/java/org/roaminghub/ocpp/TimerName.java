package org.roaminghub.ocpp;

/** A watchdog of the hub that came due; it keeps the fold free of a clock (event-model.md, section 3). */
public enum TimerName implements WireName {
    OFFLINE("offline"),
    MISSING_STOP("missing_stop"),
    SEQ_GAP("seq_gap"),
    PENDING_TIMEOUT("pending_timeout");

    private final String wireName;

    TimerName(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
