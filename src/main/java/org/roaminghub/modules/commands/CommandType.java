package org.roaminghub.modules.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import org.roaminghub.modules.core.Document;

/** The commands of OCPI 2.2.1 (CommandType enum), each with the class of its body (CMD-02) and the field that says what it is about. */
enum CommandType {
    START_SESSION("StartSession", "location_id"),
    STOP_SESSION("StopSession", "session_id"),
    RESERVE_NOW("ReserveNow", "reservation_id"),
    CANCEL_RESERVATION("CancelReservation", "reservation_id"),
    UNLOCK_CONNECTOR("UnlockConnector", "location_id");

    private final String schemaClass;
    private final String objectField;

    CommandType(String schemaClass, String objectField) {
        this.schemaClass = schemaClass;
        this.objectField = objectField;
    }

    static Optional<CommandType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    String schemaClass() {
        return schemaClass;
    }

    /** Folded id of what a command is about. */
    String object(JsonNode command) {
        return Document.fold(command.path(objectField).asText());
    }

    /** Whether the command names a Location. */
    boolean atLocation() {
        return this == START_SESSION || this == RESERVE_NOW || this == UNLOCK_CONNECTOR;
    }

    /** Whether the command lets a token charge, now or later. */
    boolean bringsToken() {
        return this == START_SESSION || this == RESERVE_NOW;
    }
}
