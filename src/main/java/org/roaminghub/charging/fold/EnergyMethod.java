package org.roaminghub.charging.fold;

/** How a session's energy was found (event-model.md, section 8). */
public enum EnergyMethod {
    REGISTER_DELTA, SEGMENT_SUM, METER_VALUES_DELTA,
    /** The backend reported the whole session with its energy. */
    REPORTED,
    /** Nothing usable; the energy is unknown, not zero. */
    NONE
}
