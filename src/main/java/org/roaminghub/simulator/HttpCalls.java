package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** One HTTP call and its answer. No retries here: who may repeat a call is for the caller to know. */
final class HttpCalls {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client;
    private final Duration timeout;

    HttpCalls(Duration timeout) {
        this.timeout = timeout;
        // HTTP/1.1 by name: the upgrade to HTTP/2 that the JDK otherwise offers confuses simple partners.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    HttpAnswer send(String method, String url, Map<String, String> headers, JsonNode body) {
        return send(method, url, headers, "application/json", body == null ? null : Json.write(body));
    }

    HttpAnswer send(String method, String url, Map<String, String> headers, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(timeout);
        headers.forEach(request::setHeader);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.setHeader("Content-Type", contentType);
            request.method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new HttpAnswer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(method + " " + url + ": " + unreachable.getMessage(), unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + method + " " + url, interrupted);
        }
    }
}
