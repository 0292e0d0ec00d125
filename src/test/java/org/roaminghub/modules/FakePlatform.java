package org.roaminghub.modules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import org.roaminghub.ocpi.Endpoint;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.schema.StrictJson;

/**
 * A partner's platform as the hub calls it: an HTTP server that answers what a test says and remembers what it was asked. Every
 * module is at {@code /ocpi/{sender|receiver}/{module}}.
 */
public final class FakePlatform implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Said> answer = request -> Said.ok();

    private FakePlatform(HttpServer server) {
        this.server = server;
    }

    /** A request of the hub. */
    public record Asked(String method, String path, String query, Map<String, List<String>> headers, String body) {

        /** A header, however it is written; null when it is absent. */
        public String header(String name) {
            return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name)).map(header -> header.getValue().get(0)).findFirst().orElse(null);
        }

        public JsonNode json() {
            return body.isBlank() ? MissingNode.getInstance() : StrictJson.parse(body);
        }

        /** FROM and TO as {@code NL*TCP > DE*ALP}. */
        public String route() {
            return header("OCPI-from-country-code") + "*" + header("OCPI-from-party-id") + " > " + header("OCPI-to-country-code") + "*" + header("OCPI-to-party-id");
        }
    }

    /** An answer to the hub; a null body is sent without one. */
    public record Said(int http, String body, Map<String, String> headers, Duration after) {

        public static Said ok() {
            return envelope(200, 1000, null);
        }

        public static Said data(String json) {
            return envelope(200, 1000, json);
        }

        public static Said envelope(int http, int code, String dataJson) {
            return new Said(http, "{" + (dataJson == null ? "" : "\"data\":" + dataJson + ",") + "\"status_code\":" + code + ",\"timestamp\":\"2026-01-01T00:00:00Z\"}",
                    Map.of(), Duration.ZERO);
        }

        public static Said bare(int http, String body) {
            return new Said(http, body, Map.of(), Duration.ZERO);
        }

        public Said with(String header, String value) {
            return new Said(http, body, Map.of(header, value), after);
        }

        public Said after(Duration pause) {
            return new Said(http, body, headers, pause);
        }
    }

    public static FakePlatform start() {
        return start(0);
    }

    /** At a port that somebody was told before. */
    public static FakePlatform start(int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            FakePlatform platform = new FakePlatform(server);
            server.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "fake-platform");
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/", platform::handle);
            server.start();
            return platform;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The endpoints of these interfaces, {@code receiver/sessions} for instance. */
    public List<Endpoint> endpoints(String... interfaces) {
        return Arrays.stream(interfaces).map(name -> name.split("/"))
                .map(parts -> new Endpoint(ModuleId.of(parts[1]).orElseThrow().id(), InterfaceRole.valueOf(parts[0].toUpperCase(Locale.ROOT)), url("/ocpi/" + parts[0] + "/" + parts[1])))
                .toList();
    }

    public void answers(Function<Asked, Said> how) {
        this.answer = how;
    }

    public void answers(Said always) {
        this.answer = request -> always;
    }

    public List<Asked> asked(Predicate<Asked> which) {
        return asked.stream().filter(which).toList();
    }

    /** The first request of this kind, when it comes within ten seconds. */
    public Asked awaits(Predicate<Asked> which) {
        Instant deadline = Instant.now().plus(DEADLINE);
        while (Instant.now().isBefore(deadline)) {
            Optional<Asked> found = asked.stream().filter(which).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            pause(Duration.ofMillis(10));
        }
        throw new AssertionError("no such request within " + DEADLINE + "; there were " + asked.stream().map(request -> request.method() + " " + request.path()).toList());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked request = new Asked(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), exchange.getRequestURI().getRawQuery(),
                    Map.copyOf(exchange.getRequestHeaders()), new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(request);
            Said said = answer.apply(request);
            pause(said.after());
            said.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] body = said.body() == null ? new byte[0] : said.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(said.http(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
