package org.roaminghub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.roaminghub.ocpi.Endpoint;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.partners.Connections;
import org.roaminghub.partners.Connections.Agreed;

/**
 * A platform that answers exactly as a test wants, right or wrong, and remembers every request. Where the test says nothing it
 * accepts, with the frozen time that a known platform sends in every envelope.
 */
public final class DeviatingPartner implements AutoCloseable {
    private static final String ACCEPTED = "{\"status_code\":1000,\"timestamp\":\"1970-01-01T00:00:00Z\"}";
    private static final List<String> MODULES = List.of("locations", "tariffs", "sessions", "cdrs", "tokens");

    private final List<Request> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Function<Request, Reply> answers = request -> Reply.accepted();

    /** A request as it came; header names in lower case. */
    public record Request(String method, String path, Map<String, String> headers, String body) {
        public JsonNode json() {
            return StrictJson.parse(body);
        }

        public boolean isAbout(String id) {
            return path.contains(id) || body.contains("\"" + id + "\"");
        }
    }

    /** An answer as it goes out. */
    public record Reply(int http, String body, Map<String, String> headers) {
        public static Reply accepted() {
            return of(200, ACCEPTED);
        }

        public static Reply of(int http, String body) {
            return new Reply(http, body, Map.of());
        }

        /** HTTP status with an envelope of this code. */
        public static Reply ocpi(int http, int code) {
            return of(http, "{\"status_code\":" + code + ",\"status_message\":\"\",\"timestamp\":\"1970-01-01T00:00:00Z\"}");
        }

        public Reply with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Reply(http, body, more);
        }
    }

    public DeviatingPartner() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Registers it under a partner of the files, as if a handshake had just ended; it receives every module. */
    public DeviatingPartner registeredAs(String partner, Connections connections) {
        List<Endpoint> endpoints = MODULES.stream().map(module -> new Endpoint(module, InterfaceRole.RECEIVER, url("/" + module))).toList();
        connections.registered(new Agreed(partner, "live-token-of-" + partner, "theirs", url("/versions"), "2.2.1", endpoints, JsonNodeFactory.instance.arrayNode()), null);
        return this;
    }

    public DeviatingPartner answers(Function<Request, Reply> how) {
        answers = how;
        return this;
    }

    /** Accepts everything from now on. */
    public void calm() {
        answers = request -> Reply.accepted();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The requests that name this object in path or body. */
    public List<Request> about(String id) {
        return received.stream().filter(request -> request.isAbout(id)).toList();
    }

    public Stream<String> methods(String id) {
        return about(id).stream().map(Request::method);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
        Reply reply = answers.apply(request);
        received.add(request);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.http(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** As {@link #registeredAs}, for tests that only send: nothing listens. */
    public static void register(Set<String> partners, Connections connections) {
        partners.forEach(partner -> connections.registered(new Agreed(partner, "live-token-of-" + partner, "theirs", "https://" + partner + ".example/versions",
                "2.2.1", List.of(), JsonNodeFactory.instance.arrayNode()), null));
    }
}
