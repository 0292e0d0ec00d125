package org.roaminghub.pricing;

/** What the vehicle does with the power offered; decides between charging, parking and reserved time (S27). */
public enum VehicleState {
    /** Takes power, or would take it if the station gave it: TIME. */
    TAKING_POWER,
    /** Plugged in and full, or otherwise not asking for power: PARKING_TIME. */
    NOT_REQUESTING_POWER,
    /** Not there yet, the EVSE is kept for it: RESERVATION_TIME. */
    RESERVED
}
