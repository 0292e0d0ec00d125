package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request taken apart.
 *
 * @param method HTTP method
 * @param module OCPI module id, {@code versions}, {@code details}, or empty when the path is none of ours
 * @param segments what follows the module in the path, decoded
 * @param query parameters, decoded
 * @param headers by lower-case name
 * @param text the body as it came
 * @param body the body as a tree; missing when there is none, null when it is not JSON
 */
record OcpiCall(
        String method,
        String module,
        List<String> segments,
        Map<String, String> query,
        Map<String, String> headers,
        String text,
        JsonNode body) {

    static OcpiCall of(String method, String uri, Map<String, String> headers, String text) {
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        String query = mark < 0 ? "" : uri.substring(mark + 1);
        for (String module : EmspUrls.MODULES) {
            String prefix = EmspUrls.path(module);
            if (path.equals(prefix) || path.startsWith(prefix + "/")) {
                String rest = path.substring(prefix.length());
                return new OcpiCall(method, module, segments(rest), parameters(query), headers, text, tree(text));
            }
        }
        return new OcpiCall(method, "", List.of(), parameters(query), headers, text, tree(text));
    }

    boolean bodyIsMalformed() {
        return body == null;
    }

    /** The object this is about, in the words of the hub's lanes: {@code NL*ACM/LOC1/EVSE1}; a token by its uid. */
    String object() {
        if (module.equals("cdrs") && segments.isEmpty() && body != null && body.hasNonNull("id")) {
            return body.path("country_code").asText() + "*" + body.path("party_id").asText() + "/" + body.path("id").asText();
        }
        if (module.equals("tokens")) {
            return segments.isEmpty() ? "" : segments.get(0);
        }
        if (module.equals("hubclientinfo") && segments.size() == 2 && body != null) {
            return segments.get(0) + "*" + segments.get(1) + "/" + body.path("role").asText();
        }
        if (segments.size() < 3) {
            return "";
        }
        return segments.get(0) + "*" + segments.get(1) + "/" + String.join("/", segments.subList(2, segments.size()));
    }

    private static List<String> segments(String rest) {
        return Arrays.stream(rest.split("/")).filter(part -> !part.isEmpty()).map(OcpiCall::decoded).toList();
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> result = new HashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                result.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return result;
    }

    private static String decoded(String text) {
        try {
            // A plus is a plus in a path and in a time zone offset; only forms mean a space by it.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return text;
        }
    }

    private static JsonNode tree(String text) {
        if (text.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return Json.parse(text);
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }
}
