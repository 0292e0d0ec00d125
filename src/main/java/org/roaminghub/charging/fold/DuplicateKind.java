package org.roaminghub.charging.fold;

import org.roaminghub.ocpp.EventType;

/** What was repeated. Numbered transaction events (2.0.1) count as EVENT, whatever they say. */
public enum DuplicateKind {
    START, STOP, STATUS, EVENT, READING, OTHER;

    static DuplicateKind of(EventType type, boolean numbered) {
        return switch (type) {
            case TRANSACTION_STARTED -> numbered ? EVENT : START;
            case TRANSACTION_ENDED -> numbered ? EVENT : STOP;
            case TRANSACTION_UPDATED -> EVENT;
            case CONNECTOR_STATUS -> STATUS;
            case METER_VALUES -> READING;
            case STATION_BOOTED, STATION_CONNECTED, STATION_DISCONNECTED, AUTHORIZATION, COMMAND,
                    TRANSACTION_IDENTIFIED, SESSION_REPORTED, TIMER_DUE -> OTHER;
        };
    }
}
