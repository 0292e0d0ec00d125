package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.roaminghub.ocpi.InterfaceRole;

/** The eMSP's calls to the hub: authorised, numbered, with routing headers where OCPI wants them. */
final class OcpiClient {

    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");
    private static final int MOST_PAGES = 10_000;

    private final EmspSettings settings;
    private final Connection connection;
    private final HttpCalls http = new HttpCalls(Duration.ofSeconds(30));

    OcpiClient(EmspSettings settings, Connection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    Partner partner() {
        return connection.partner().orElseThrow(() -> new IllegalStateException("not registered with the hub"));
    }

    /** A call of the configuration modules: no routing headers (CRED-30). */
    HttpAnswer configuration(String method, String url, String token, JsonNode body) {
        return http.send(method, url, headers(token), body);
    }

    HttpAnswer call(String method, String module, InterfaceRole role, String path, JsonNode body) {
        return call(method, module, role, path, body, Map.of());
    }

    /** A call of a functional module, addressed to the hub's own party unless {@code overrides} says otherwise. */
    HttpAnswer call(
            String method, String module, InterfaceRole role, String path, JsonNode body, Map<String, String> overrides) {
        Partner hub = partner();
        String endpoint = hub.endpoint(module, role)
                .orElseThrow(() -> new IllegalStateException("the hub offers no " + module + " " + role));
        return http.send(method, joined(endpoint, path), routed(hub, overrides), body);
    }

    /** All objects of a list, page by page as the Link header says. */
    List<JsonNode> pull(String module, String query) {
        Partner hub = partner();
        HttpAnswer page = call("GET", module, InterfaceRole.SENDER, query, null);
        List<JsonNode> objects = new ArrayList<>();
        for (int pages = 1; pages <= MOST_PAGES; pages++) {
            if (!page.accepted()) {
                throw new IllegalStateException("pull of " + module + " answered " + page.status() + ": " + page.body());
            }
            page.data().forEach(objects::add);
            Matcher next = NEXT.matcher(page.header("Link").orElse(""));
            if (!next.find()) {
                return objects;
            }
            page = http.send("GET", next.group(1), routed(hub, Map.of()), null);
        }
        throw new IllegalStateException("pull of " + module + " has no end after " + MOST_PAGES + " pages");
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Map<String, String> headers(String token) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", settings.encoding().header(token));
        headers.put("X-Request-ID", UUID.randomUUID().toString());
        headers.put("X-Correlation-ID", UUID.randomUUID().toString());
        return headers;
    }

    private Map<String, String> routed(Partner hub, Map<String, String> overrides) {
        Map<String, String> headers = headers(hub.token());
        headers.put("OCPI-from-country-code", settings.countryCode());
        headers.put("OCPI-from-party-id", settings.partyId());
        if (!hub.partyId().isEmpty()) {
            headers.put("OCPI-to-country-code", hub.countryCode());
            headers.put("OCPI-to-party-id", hub.partyId());
        }
        headers.putAll(overrides);
        return headers;
    }

    /** Exactly one slash between endpoint and path; a query is attached as it is. */
    private static String joined(String endpoint, String path) {
        String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
        if (path.isEmpty() || path.startsWith("?") || path.startsWith("/")) {
            return base + path;
        }
        return base + "/" + path;
    }
}
