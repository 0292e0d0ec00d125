package org.roaminghub.charging.fold;

import java.util.Set;

/** The flags the fold raises and the level of every flag (event-model.md, section 7). */
public final class Flags {
    static final String BOOT_DURING_TX = "BOOT_DURING_TX";
    static final String BOOT_VENDOR_EMPTY = "BOOT_VENDOR_EMPTY";
    static final String CONNECTOR_INFERRED = "CONNECTOR_INFERRED";
    static final String DUPLICATE_EVENT = "DUPLICATE_EVENT";
    static final String DUPLICATE_START = "DUPLICATE_START";
    static final String DUPLICATE_STOP = "DUPLICATE_STOP";
    static final String FAULT_NON_BLOCKING = "FAULT_NON_BLOCKING";
    static final String FIRMWARE_CHANGED = "FIRMWARE_CHANGED";
    static final String IDTAG_NORMALISED = "IDTAG_NORMALISED";
    static final String LATE_METER_VALUES = "LATE_METER_VALUES";
    static final String LATE_STOP = "LATE_STOP";
    static final String MESSAGE_ID_REUSED = "MESSAGE_ID_REUSED";
    static final String METER_DIP = "METER_DIP";
    static final String METER_NEGATIVE = "METER_NEGATIVE";
    static final String METER_RESET = "METER_RESET";
    static final String METER_ROUNDING = "METER_ROUNDING";
    static final String METER_START_INVALID = "METER_START_INVALID";
    static final String METER_STOP_INVALID = "METER_STOP_INVALID";
    static final String MISSING_STOP = "MISSING_STOP";
    static final String OFFLINE_EVENT = "OFFLINE_EVENT";
    static final String ORPHAN_STOP = "ORPHAN_STOP";
    static final String OUT_OF_ORDER = "OUT_OF_ORDER";
    static final String RECEIPT_TIME_MISSING = "RECEIPT_TIME_MISSING";
    static final String SEQ_GAP = "SEQ_GAP";
    static final String START_NOT_ACCEPTED = "START_NOT_ACCEPTED";
    static final String STATION_METER = "STATION_METER";
    static final String STOP_CONFLICT = "STOP_CONFLICT";
    static final String SUPERSEDED = "SUPERSEDED";
    static final String TIME_ORDER_INVALID = "TIME_ORDER_INVALID";
    static final String TXID_REUSED = "TXID_REUSED";
    static final String TXID_UNKNOWN = "TXID_UNKNOWN";

    /** Worked out anew from readings, registers and sequence whenever a session changes. */
    static final Set<String> DERIVED = Set.of(METER_DIP, METER_NEGATIVE, METER_RESET, METER_ROUNDING,
            METER_START_INVALID, METER_STOP_INVALID, SEQ_GAP);

    private static final Set<String> HOLDING = Set.of(STOP_CONFLICT, SEQ_GAP, MISSING_STOP, TXID_REUSED,
            TIME_ORDER_INVALID, METER_NEGATIVE, "UNIT_SUSPECT", "ENERGY_IMPLAUSIBLE", "VENDOR_RECORD_ONLY");

    private static final Set<String> QUARANTINING =
            Set.of(TXID_UNKNOWN, ORPHAN_STOP, "MALFORMED_FRAME", "UNKNOWN_ACTION");

    private static final Set<String> ALERTING = Set.of("VALUE_UNPARSABLE", "STATUS_NOT_IN_ENUM",
            "ERRORCODE_NOT_IN_ENUM", "REASON_NOT_IN_ENUM", "REASON_CONTRADICTED", "CLOCK_INVALID", "CLOCK_NO_OFFSET",
            "CLOCK_ZONE_SHIFT", "CLOCK_FUTURE", "CLOCK_BAD_FORMAT", "CLOCK_DRIFT", START_NOT_ACCEPTED,
            METER_START_INVALID, METER_STOP_INVALID, "CONNECTOR_UNKNOWN", "VENDOR_RECORD_DIFFERS",
            RECEIPT_TIME_MISSING, "STATION_OFFLINE");

    /** Say something about a connector or the station even on an event of a transaction. */
    private static final Set<String> NEVER_OF_SESSION = Set.of(CONNECTOR_INFERRED, "CONNECTOR_UNKNOWN",
            "TXID_PLACEHOLDER", DUPLICATE_START, RECEIPT_TIME_MISSING, STATION_METER);

    private Flags() {}

    /** The level of a flag; one this hub does not know is counted. */
    public static FlagLevel levelOf(String flag) {
        if (HOLDING.contains(flag)) {
            return FlagLevel.HOLD;
        }
        if (QUARANTINING.contains(flag)) {
            return FlagLevel.QUARANTINE;
        }
        return ALERTING.contains(flag) ? FlagLevel.ALERT : FlagLevel.COUNTED;
    }

    static boolean belongsToSession(String flag) {
        return !NEVER_OF_SESSION.contains(flag);
    }
}
