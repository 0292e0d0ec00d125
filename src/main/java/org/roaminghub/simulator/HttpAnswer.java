package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the hub answered to one request of the simulator.
 *
 * @param status HTTP status
 * @param headers header values by lower-case name
 * @param body the body as text, empty if there was none
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, String body) {

    /** The first value of a header; the name may be written in any case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    /** The body as a tree; a missing node when it is empty or not JSON. */
    public JsonNode json() {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return Json.parse(body);
        } catch (IllegalArgumentException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** The OCPI status code of the envelope, 0 when there is none. */
    public int ocpiStatus() {
        return json().path("status_code").asInt(0);
    }

    /** The envelope's {@code data}; a missing node when there is none. */
    public JsonNode data() {
        return json().path("data");
    }

    /** HTTP 2xx and OCPI 1xxx, the only thing that counts as acknowledged (ambiguity A-06). */
    public boolean accepted() {
        return status / 100 == 2 && ocpiStatus() / 1000 == 1;
    }
}
