package org.roaminghub.pricing;

import java.util.stream.Stream;

/** What a price component can price (S4, S14), in the order in which a period is explained. */
public enum PriceDimension {
    /** Once per session, needs no volume. */
    FLAT("FLAT", CostField.FIXED),
    /** Per kWh. */
    ENERGY("ENERGY", CostField.ENERGY),
    /** Per hour in which the vehicle takes or may take power. */
    TIME("TIME", CostField.TIME),
    /** Per hour in which the vehicle does not request power. */
    PARKING_TIME("PARKING_TIME", CostField.PARKING),
    /** GIREVE's dialect of 2.1.1: per hour of charging and parking (S30). */
    SESSION_TIME("SESSION_TIME", CostField.TIME),
    /** FLAT of an element with {@code reservation}: once per reservation. */
    RESERVATION_FLAT("FLAT", CostField.RESERVATION),
    /** TIME of an element with {@code reservation}: per reserved hour. */
    RESERVATION_TIME("TIME", CostField.RESERVATION);

    private final String componentType;
    private final CostField costField;

    PriceDimension(String componentType, CostField costField) {
        this.componentType = componentType;
        this.costField = costField;
    }

    /** OCPI's TariffDimensionType that prices it. */
    String componentType() {
        return componentType;
    }

    CostField costField() {
        return costField;
    }

    /** Only elements with {@code reservation} price it, and they price nothing else (S14). */
    boolean isReservation() {
        return costField == CostField.RESERVATION;
    }

    boolean isFlat() {
        return componentType.equals("FLAT");
    }

    boolean isKnownTo(PricingVersion version) {
        return this != SESSION_TIME || version.isGireve();
    }

    static boolean isKnown(String componentType, PricingVersion version) {
        return Stream.of(values()).anyMatch(dimension -> dimension.isKnownTo(version) && dimension.componentType.equals(componentType));
    }
}
