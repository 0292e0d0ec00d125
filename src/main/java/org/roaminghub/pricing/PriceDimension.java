package org.roaminghub.pricing;

/** What a price component can price outside of reservations (S4). Names are those of OCPI's TariffDimensionType. */
public enum PriceDimension {
    /** Once per session, needs no volume. */
    FLAT,
    /** Per kWh. */
    ENERGY,
    /** Per hour in which the vehicle takes or may take power. */
    TIME,
    /** Per hour in which the vehicle does not request power. */
    PARKING_TIME;

    static boolean isKnown(String componentType) {
        for (PriceDimension dimension : values()) {
            if (dimension.name().equals(componentType)) {
                return true;
            }
        }
        return false;
    }
}
