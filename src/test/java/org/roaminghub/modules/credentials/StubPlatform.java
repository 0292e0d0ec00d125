package org.roaminghub.modules.credentials;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A partner's versions and version details exactly as a test wants them, right or wrong. It asks for no token and remembers the ones it got. */
final class StubPlatform implements AutoCloseable {
    private static final List<String> RECEIVERS = List.of("locations", "tariffs", "sessions", "cdrs", "tokens");

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    StubPlatform() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
        versions("[{\"version\":\"2.1.1\",\"url\":\"%s\"},{\"version\":\"2.2.1\",\"url\":\"%s\"}]".formatted(url("/old"), url("/details")));
        details(endpoints(RECEIVERS));
    }

    /** Credentials, and a receiver for each of these modules. */
    String endpoints(List<String> receivers) {
        StringBuilder endpoints = new StringBuilder("[{\"identifier\":\"credentials\",\"role\":\"SENDER\",\"url\":\"%s\"}".formatted(url("/credentials")));
        receivers.forEach(module -> endpoints.append(",{\"identifier\":\"%s\",\"role\":\"RECEIVER\",\"url\":\"%s\"}".formatted(module, url("/" + module))));
        return endpoints.append(']').toString();
    }

    /** {@code data} of the versions answer. */
    StubPlatform versions(String data) {
        return answer("/versions", envelope(data));
    }

    /** {@code endpoints} of the details answer. */
    StubPlatform details(String endpoints) {
        return answer("/details", envelope("{\"version\":\"2.2.1\",\"endpoints\":" + endpoints + "}"));
    }

    StubPlatform answer(String path, String body) {
        answers.put(path, body);
        return this;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Every request of a handshake as {@code METHOD path authorization}; once registered the hub begins to push, which is left out. */
    List<String> calls() {
        return calls;
    }

    /** Credentials of one party, pointing here. */
    String credentials(String token, String role, String country, String party) {
        return """
                {"token":"%s","url":"%s","roles":[{"role":"%s","business_details":{"name":"Stub"},"party_id":"%s","country_code":"%s"}]}"""
                .formatted(token, url("/versions"), role, party, country);
    }

    static String envelope(String data) {
        return "{\"data\":" + data + ",\"status_code\":1000,\"timestamp\":\"2026-01-01T00:00:00Z\"}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!RECEIVERS.contains(path.split("/")[1])) {
            calls.add(exchange.getRequestMethod() + " " + path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        }
        exchange.getRequestBody().readAllBytes();
        String body = answers.getOrDefault(path, "{\"status_code\":2000,\"timestamp\":\"2026-01-01T00:00:00Z\"}");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answers.containsKey(path) ? 200 : 404, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
