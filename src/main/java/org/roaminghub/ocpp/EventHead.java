package org.roaminghub.ocpp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The envelope as sent, before anything is filled in. */
record EventHead(
        String id, EventType type, String source, String station, Integer evseId, Integer connectorId,
        String transactionId, Instant time, Instant receivedAt, boolean receiptMissing, Long sourceSeq) {

    private static final Set<String> PLACEHOLDERS = Set.of("0", "-1", "9223372036854775807");

    static EventHead read(JsonNode line, String source, Instant arrivedAt, List<EventFault> faults) {
        Members members = new Members(line, "", faults);
        checkConstants(members);
        Instant sentReceipt = members.optionalTime("received_at");
        if (sentReceipt == null && arrivedAt == null) {
            members.required("received_at");
        }
        members.optionalWord("time_basis", TimeBasis.class);
        members.optionalText("time_raw", 64);
        String sentSource = source == null ? members.requiredText("source", 64) : null;
        EventHead head = new EventHead(
                members.requiredText("id", 64),
                typeOf(members),
                source == null ? sentSource : source,
                members.requiredText("station", 255),
                members.optionalNumber("evse_id"),
                members.optionalNumber("connector_id"),
                members.optionalText("transaction_id", 36),
                members.requiredTime("time"),
                sentReceipt == null ? arrivedAt : sentReceipt,
                !line.hasNonNull("received_at"),
                members.optionalCount("source_seq"));
        // After the type: whoever mistyped it is told of that first, not of members it would need.
        checkContainers(line, members);
        head.checkAddress(members);
        return head;
    }

    private static void checkConstants(Members members) {
        String schema = members.optionalText("schema", 64);
        if (schema != null && !schema.equals(EventReader.SCHEMA)) {
            members.fault("schema", EventFault.Code.BAD_VALUE, "must be " + EventReader.SCHEMA);
        }
        String kind = members.optionalText("kind", 64);
        if (kind != null && !kind.equals("event")) {
            members.fault("kind", EventFault.Code.BAD_VALUE, "must be event; raw frames are not taken");
        }
    }

    private static void checkContainers(JsonNode line, Members members) {
        if (members.required("data") && !line.get("data").isObject()) {
            members.fault("data", EventFault.Code.WRONG_TYPE, "must be an object");
        }
        checkLineage(line, members);
        if (!line.hasNonNull("flags")) {
            return;
        }
        if (!line.get("flags").isArray()) {
            members.fault("flags", EventFault.Code.WRONG_TYPE, "must be an array of strings");
            return;
        }
        for (JsonNode flag : line.get("flags")) {
            if (!flag.isTextual()) {
                members.fault("flags", EventFault.Code.WRONG_TYPE, "must be an array of strings");
            }
        }
    }

    private static void checkLineage(JsonNode line, Members members) {
        if (!line.hasNonNull("lineage")) {
            return;
        }
        JsonNode lineage = line.get("lineage");
        if (!lineage.isObject()) {
            members.fault("lineage", EventFault.Code.WRONG_TYPE, "must be an object");
            return;
        }
        if (lineage.hasNonNull("rules") && !lineage.get("rules").isArray()) {
            members.fault("lineage.rules", EventFault.Code.WRONG_TYPE, "must be an array");
        }
    }

    private static EventType typeOf(Members members) {
        String word = members.requiredText("type", 64);
        if (word == null) {
            return null;
        }
        return WireName.find(EventType.class, word).orElseGet(() -> members.fault(
                "type", EventFault.Code.UNSUPPORTED_TYPE, "is not an event type that this hub reads"));
    }

    private void checkAddress(Members members) {
        if (transactionId != null && PLACEHOLDERS.contains(transactionId)) {
            members.fault("transaction_id", EventFault.Code.BAD_VALUE, "is a placeholder, not an id");
        }
        if (type == null) {
            return;
        }
        switch (type) {
            case CONNECTOR_STATUS, TRANSACTION_STARTED -> members.required("evse_id");
            case TRANSACTION_UPDATED, TRANSACTION_ENDED -> members.required("transaction_id");
            case SESSION_REPORTED -> {
                members.required("evse_id");
                members.required("transaction_id");
            }
            case METER_VALUES -> {
                if (evseId == null) {
                    members.required("transaction_id");
                }
            }
            case STATION_BOOTED, STATION_CONNECTED, STATION_DISCONNECTED, AUTHORIZATION, COMMAND,
                    TRANSACTION_IDENTIFIED, TIMER_DUE -> { }
        }
    }
}
