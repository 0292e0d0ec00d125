package org.roaminghub.modules.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.roaminghub.ocpi.OcpiStatus;

/**
 * A CommandResponse: whether the CPO passed a command on (CMD-05, CMD-07).
 *
 * @param status status code of the envelope
 * @param data   the CommandResponse
 */
record CommandAnswer(OcpiStatus status, ObjectNode data) {
    static final String ACCEPTED = "ACCEPTED";

    static CommandAnswer of(OcpiStatus status, String result, Duration timeout, String message) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("result", result).put("timeout", timeout.toSeconds());
        if (message != null) {
            data.putArray("message").addObject().put("language", "en").put("text", message);
        }
        return new CommandAnswer(status, data);
    }

    static CommandAnswer refused(String result, String message) {
        return of(OcpiStatus.SUCCESS, result, Duration.ZERO, message);
    }

    /** CMD-24: both layers say it. */
    static CommandAnswer unknownLocation(String message) {
        return of(OcpiStatus.UNKNOWN_LOCATION, "REJECTED", Duration.ZERO, message);
    }

    static boolean isAccepted(JsonNode data) {
        return ACCEPTED.equals(data.path("result").asText());
    }

    static Duration timeout(JsonNode data) {
        return Duration.ofSeconds(Math.max(0, Math.min(data.path("timeout").asLong(), Duration.ofDays(1).toSeconds())));
    }
}
