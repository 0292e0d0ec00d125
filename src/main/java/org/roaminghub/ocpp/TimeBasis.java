package org.roaminghub.ocpp;

/** Where an event's {@code time} comes from (event-model.md, section 2). */
public enum TimeBasis implements WireName {
    STATION_UTC("STATION_UTC"),
    STATION_OFFSET("STATION_OFFSET"),
    STATION_ZONE_TABLE("STATION_ZONE_TABLE"),
    RECEIPT("RECEIPT"),
    BACKEND("BACKEND");

    private final String wireName;

    TimeBasis(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
