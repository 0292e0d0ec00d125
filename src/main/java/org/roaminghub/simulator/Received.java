package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request as a platform saw it.
 *
 * @param at when it had arrived completely
 * @param method HTTP method
 * @param path path and query as sent, still percent-encoded
 * @param headers values by lower-case name, routing headers among them ({@code ocpi-to-party-id} …); of a repeated header
 *     the first
 * @param body the text as it came, empty if there was none
 * @param module OCPI module id, {@code versions}, {@code details}, or empty for a path that is none of ours
 * @param object the object named by path or body, {@code NL*ACM/LOC1/EVSE1}; empty if it names none
 * @param status the HTTP status answered, 0 when the platform closed or kept the connection without an answer
 * @param ocpiStatus the OCPI status code answered, 0 when there was none
 * @param stored whether the platform's data changed or already was as asked
 */
public record Received(
        Instant at,
        String method,
        String path,
        Map<String, String> headers,
        String body,
        String module,
        String object,
        int status,
        int ocpiStatus,
        boolean stored) {

    /** A header's value; the name may be written in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body as a tree; fails when it is not JSON. */
    public JsonNode json() {
        return Json.parse(body);
    }
}
