package org.roaminghub.ocpp;

/** What a connector does, before it is put into OCPI words (status-mapping.md, section 1). */
public enum CanonicalStatus implements WireName {
    AVAILABLE("Available"),
    PREPARING("Preparing"),
    CHARGING("Charging"),
    SUSPENDED_EV("SuspendedEV"),
    SUSPENDED_EVSE("SuspendedEVSE"),
    FINISHING("Finishing"),
    OCCUPIED("Occupied"),
    RESERVED("Reserved"),
    UNAVAILABLE("Unavailable"),
    FAULTED("Faulted"),
    OFFLINE("Offline"),
    UNKNOWN("Unknown");

    private final String wireName;

    CanonicalStatus(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
