package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;

/** The hub's part in a test: calls a platform's endpoints with the token that the platform gave. */
record PartnerCalls(EmspPlatform platform, TinyHub hub) implements AutoCloseable {

    private static final HttpCalls HTTP = new HttpCalls(Duration.ofSeconds(2));

    static PartnerCalls registered() {
        TinyHub hub = new TinyHub();
        EmspPlatform platform = new EmspPlatform(EmspSettings.of("DE", "ALP", "Alpha Mobility"));
        platform.start(0);
        platform.register(hub.versionsUrl(), TinyHub.TOKEN_A);
        return new PartnerCalls(platform, hub);
    }

    HttpAnswer send(String method, String module, String path, String body) {
        return sendAs(method, url(module) + path, hub.partnerToken, body == null ? null : Json.parse(body));
    }

    HttpAnswer get(String url) {
        return sendAs("GET", url, hub.partnerToken, null);
    }

    HttpAnswer sendAs(String method, String url, String token, JsonNode body) {
        Map<String, String> headers = Map.of(
                "Authorization", TokenEncoding.BASE64.header(token),
                "X-Request-ID", "request-1",
                "X-Correlation-ID", "correlation-1",
                "OCPI-to-party-id", "ALP");
        return HTTP.send(method, url, headers, body);
    }

    String url(String module) {
        return "http://127.0.0.1:" + platform.port() + EmspUrls.path(module);
    }

    @Override
    public void close() {
        platform.close();
        hub.close();
    }
}
