package org.roaminghub.ocpp;

/**
 * The event types the hub reads (event-model.md, section 3). The order of the constants is the order in which events of
 * one station apply when nothing else tells them apart: a start before its readings, its readings before its end.
 */
public enum EventType implements WireName {
    STATION_DISCONNECTED("station.disconnected"),
    STATION_CONNECTED("station.connected"),
    STATION_BOOTED("station.booted"),
    CONNECTOR_STATUS("connector.status"),
    COMMAND("command"),
    TRANSACTION_STARTED("transaction.started"),
    TRANSACTION_IDENTIFIED("transaction.identified"),
    AUTHORIZATION("authorization"),
    TRANSACTION_UPDATED("transaction.updated"),
    METER_VALUES("meter.values"),
    SESSION_REPORTED("session.reported"),
    TRANSACTION_ENDED("transaction.ended"),
    TIMER_DUE("timer.due");

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    /** True for the types that move a transaction; only these can be "delivered late" (event-model.md, section 6). */
    public boolean ofTransaction() {
        return this == TRANSACTION_STARTED || this == TRANSACTION_IDENTIFIED
                || this == TRANSACTION_UPDATED || this == TRANSACTION_ENDED;
    }

    /** False for the types whose OCPP message carries no time: theirs is the receipt, which differs for a repetition. */
    public boolean hasStationTime() {
        return switch (this) {
            case STATION_DISCONNECTED, STATION_CONNECTED, STATION_BOOTED, COMMAND, TRANSACTION_IDENTIFIED,
                    AUTHORIZATION -> false;
            case CONNECTOR_STATUS, TRANSACTION_STARTED, TRANSACTION_UPDATED, METER_VALUES, SESSION_REPORTED,
                    TRANSACTION_ENDED, TIMER_DUE -> true;
        };
    }
}
