package org.roaminghub.ocpp;

/** What the transaction does with the car (OCPP 2.0.1 {@code chargingState}); 1.6 adapters may leave it out. */
public enum ChargingState implements WireName {
    EV_CONNECTED("EVConnected"),
    CHARGING("Charging"),
    SUSPENDED_EV("SuspendedEV"),
    SUSPENDED_EVSE("SuspendedEVSE"),
    IDLE("Idle");

    private final String wireName;

    ChargingState(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
