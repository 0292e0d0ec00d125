package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/**
 * An answer before it is written.
 *
 * @param http HTTP status
 * @param ocpi OCPI status code
 * @param message for the reader of a log, may be null
 * @param data the envelope's data, null for none
 * @param headers besides the ones every answer has
 * @param stored whether a write took effect
 */
record OcpiReply(int http, int ocpi, String message, JsonNode data, Map<String, String> headers, boolean stored) {

    static final int SUCCESS = 1000;
    static final int CLIENT_ERROR = 2000;
    static final int INVALID_PARAMETERS = 2001;
    static final int UNKNOWN_LOCATION = 2003;
    static final int UNKNOWN_TOKEN = 2004;
    static final int CANNOT_USE_CLIENT = 3001;
    static final int UNSUPPORTED_VERSION = 3002;
    static final int NO_MATCHING_ENDPOINTS = 3003;

    static OcpiReply data(JsonNode data) {
        return new OcpiReply(200, SUCCESS, null, data, Map.of(), false);
    }

    static OcpiReply stored(boolean existedBefore) {
        return new OcpiReply(existedBefore ? 200 : 201, SUCCESS, null, null, Map.of(), true);
    }

    static OcpiReply invalid(String message) {
        return failure(200, INVALID_PARAMETERS, message);
    }

    static OcpiReply failure(int http, int ocpi, String message) {
        return new OcpiReply(http, ocpi, message, null, Map.of(), false);
    }

    static OcpiReply noSuchMethod() {
        return failure(405, CLIENT_ERROR, "method not available on this interface");
    }

    OcpiReply with(Map<String, String> more) {
        return new OcpiReply(http, ocpi, message, data, more, stored);
    }

    String envelope(Instant now) {
        ObjectNode envelope = Json.object();
        if (data != null) {
            envelope.set("data", data);
        }
        envelope.put("status_code", ocpi);
        if (message != null) {
            envelope.put("status_message", message);
        }
        return Json.write(envelope.put("timestamp", Json.time(now)));
    }
}
