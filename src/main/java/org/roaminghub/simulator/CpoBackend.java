package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A CPO backend that speaks the hub's backend API instead of OCPI (contract §4).
 *
 * <p>While the hub is away (no connection, no answer, 429, 502, 503, 504) a call is repeated unchanged until the patience is
 * used up. That loses nothing and doubles nothing: acknowledged means durable, and the hub recognises an event's id.
 */
public final class CpoBackend {

    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 200;
    private static final Set<Integer> AWAY = Set.of(429, 502, 503, 504);

    private final String baseUrl;
    private final String token;
    private final Duration patience;
    private final HttpCalls http = new HttpCalls(Duration.ofSeconds(30));

    /** A backend that waits up to a minute for an absent hub. */
    public CpoBackend(String hubBaseUrl, String bearerToken) {
        this(hubBaseUrl, bearerToken, DEFAULT_PATIENCE);
    }

    /** A backend that repeats a call for as long as {@code patience}; zero means once. */
    public CpoBackend(String hubBaseUrl, String bearerToken, Duration patience) {
        this.baseUrl = hubBaseUrl.endsWith("/") ? hubBaseUrl.substring(0, hubBaseUrl.length() - 1) : hubBaseUrl;
        this.token = bearerToken;
        this.patience = patience;
    }

    /** PUT of a location in OCPI 2.2.1 shape; its EVSEs may carry the {@code ocpp} member that names their station. */
    public HttpAnswer putLocation(JsonNode location) {
        return put("locations", location);
    }

    /** PUT of a tariff in OCPI 2.2.1 shape. */
    public HttpAnswer putTariff(JsonNode tariff) {
        return put("tariffs", tariff);
    }

    /** Posts canonical events as one JSON array; at most 1,000 are allowed. */
    public HttpAnswer postEvents(List<? extends JsonNode> events) {
        String body = events.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
        return send("POST", "/backend/v1/events", "application/json", body);
    }

    /** Posts canonical events one to a line. */
    public HttpAnswer postEventsNdjson(List<? extends JsonNode> events) {
        String body = events.stream().map(Json::write).collect(Collectors.joining("\n", "", "\n"));
        return send("POST", "/backend/v1/events", "application/x-ndjson", body);
    }

    /** Any other call of the backend API, for instance {@code ("POST", "/backend/v1/authorize", body)}; null for no body. */
    public HttpAnswer call(String method, String path, JsonNode body) {
        return send(method, path, "application/json", body == null ? null : Json.write(body));
    }

    private HttpAnswer put(String module, JsonNode object) {
        String id = OcpiClient.encoded(object.path("id").asText());
        return send("PUT", "/backend/v1/" + module + "/" + id, "application/json", Json.write(object));
    }

    private HttpAnswer send(String method, String path, String contentType, String body) {
        Map<String, String> headers = Map.of("Authorization", "Bearer " + token);
        return patiently(() -> http.send(method, baseUrl + path, headers, contentType, body));
    }

    private HttpAnswer patiently(Supplier<HttpAnswer> call) {
        Instant end = Instant.now().plus(patience);
        while (true) {
            boolean last = !Instant.now().plusMillis(PAUSE_MILLIS).isBefore(end);
            try {
                HttpAnswer answer = call.get();
                if (last || !AWAY.contains(answer.status())) {
                    return answer;
                }
            } catch (UncheckedIOException unreachable) {
                if (last) {
                    throw unreachable;
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the hub", interrupted);
        }
    }
}
