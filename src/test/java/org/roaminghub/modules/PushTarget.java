package org.roaminghub.modules;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.roaminghub.ocpi.Endpoint;
import org.roaminghub.ocpi.InterfaceRole;

/** A platform that takes everything that is pushed to it and remembers the texts. */
public final class PushTarget {
    private final List<Pushed> pushed = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** One request, as it came. */
    public record Pushed(String method, String path, String body) {
    }

    public PushTarget() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.start();
    }

    /** The receiver of a module here. */
    public Endpoint receiver(String module) {
        return new Endpoint(module, InterfaceRole.RECEIVER, "http://127.0.0.1:" + server.getAddress().getPort() + "/" + module);
    }

    /** The newest text that was sent to this path. */
    public Optional<Pushed> newest(String path) {
        return pushed.stream().filter(push -> push.path().equals(path)).reduce((first, second) -> second);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        pushed.add(new Pushed(exchange.getRequestMethod(), exchange.getRequestURI().toString(), body));
        byte[] answer = "{\"status_code\":1000,\"timestamp\":\"2026-01-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
