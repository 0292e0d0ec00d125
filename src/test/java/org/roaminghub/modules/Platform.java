package org.roaminghub.modules;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** A partner's platform as the hub's interfaces see it: somebody with a token who sends requests. */
public final class Platform {
    private static final RestAssuredConfig AS_IT_IS = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false));
    private static final String BASE = "/ocpi/2.2.1";

    private final Map<String, String> headers;

    private Platform(Map<String, String> headers) {
        this.headers = headers;
    }

    public static Platform withToken(String token) {
        return withAuthorization("Token " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)));
    }

    public static Platform withAuthorization(String authorization) {
        return new Platform(Map.of("Authorization", authorization));
    }

    public static Platform withoutToken() {
        return new Platform(Map.of());
    }

    /** The same platform, sending one more header. */
    public Platform with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Platform(more);
    }

    /** The same platform, asking from one party to another; null leaves out a pair. */
    public Platform route(String from, String to) {
        Platform routed = this;
        if (from != null) {
            routed = routed.with("OCPI-from-country-code", from.substring(0, 2)).with("OCPI-from-party-id", from.substring(3));
        }
        return to == null ? routed : routed.with("OCPI-to-country-code", to.substring(0, 2)).with("OCPI-to-party-id", to.substring(3));
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, body);
    }

    public Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** {@code path} is taken as it is: absolute, from the root, or below the version ({@code receiver/tariffs/…}). */
    public Answer send(String method, String path, Object body) {
        RequestSpecification request = RestAssured.given().config(AS_IT_IS).urlEncodingEnabled(false).redirects().follow(false).headers(headers);
        if (body != null) {
            request.contentType("application/json").body(body instanceof byte[] bytes ? bytes : body.toString().getBytes(StandardCharsets.UTF_8));
        }
        return Answer.of(request.request(method, path.startsWith("http") || path.startsWith("/") ? path : BASE + "/" + path));
    }
}
