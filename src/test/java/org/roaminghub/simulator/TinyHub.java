package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Just enough of the hub's outer face to try the simulator against: handshake, token push, a paged list, the backend API. */
final class TinyHub implements AutoCloseable {

    static final String TOKEN_A = "token-a-of-the-hub";

    final List<String> requests = new CopyOnWriteArrayList<>();
    final Map<String, Map<String, String>> headersByRequest = new ConcurrentHashMap<>();
    final List<JsonNode> documents = new CopyOnWriteArrayList<>();
    final Map<String, JsonNode> events = new ConcurrentHashMap<>();
    final List<JsonNode> eventsInOrder = new CopyOnWriteArrayList<>();
    final AtomicInteger duplicates = new AtomicInteger();
    final AtomicInteger timesAway = new AtomicInteger();
    volatile String ownToken = TOKEN_A;
    volatile String partnerToken;
    private final AtomicInteger tokensIssued = new AtomicInteger();
    private Vertx vertx;
    private int port;

    TinyHub() {
        start(0);
    }

    void start(int wantedPort) {
        vertx = Vertx.vertx();
        port = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body.toString())))
                .listen(wantedPort, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String versionsUrl() {
        return url() + "/ocpi/versions";
    }

    ObjectNode credentials(String token) {
        ObjectNode credentials = Json.object().put("token", token).put("url", versionsUrl());
        ObjectNode role = credentials.putArray("roles").addObject().put("role", "HUB");
        role.put("country_code", "NL").put("party_id", "HUB").putObject("business_details").put("name", "Tiny");
        return credentials;
    }

    private void answer(HttpServerRequest request, String body) {
        String call = request.method() + " " + request.uri();
        requests.add(call);
        Map<String, String> headers = new ConcurrentHashMap<>();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(), header.getValue()));
        headersByRequest.put(call, headers);
        if (timesAway.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
            request.response().setStatusCode(503).end();
            return;
        }
        if (request.path().startsWith("/backend/")) {
            backend(request, body);
            return;
        }
        if (!TokenEncoding.BASE64.header(ownToken).equals(headers.get("authorization"))) {
            request.response().setStatusCode(401).end("{\"status_code\":2000}");
            return;
        }
        ocpi(request, body);
    }

    private void ocpi(HttpServerRequest request, String body) {
        switch (request.path()) {
            case "/ocpi/versions" -> end(request, Json.object().arrayNode()
                    .add(Json.object().put("version", "2.2.1").put("url", url() + "/ocpi/2.2.1")));
            case "/ocpi/2.2.1" -> end(request, details());
            case "/ocpi/2.2.1/credentials" -> credentials(request, body);
            case "/ocpi/2.2.1/sender/locations" -> page(request);
            default -> {
                documents.add(Json.parse(body));
                end(request, null);
            }
        }
    }

    private void credentials(HttpServerRequest request, String body) {
        if (request.method().name().equals("DELETE")) {
            ownToken = "dead";
            end(request, null);
            return;
        }
        JsonNode given = Json.parse(body);
        vertx.executeBlocking(() -> connectBack(given)).onSuccess(status -> {
            if (status != 200) {
                request.response().end("{\"status_code\":3001}");
                return;
            }
            partnerToken = given.path("token").asText();
            ownToken = "hub-token-" + tokensIssued.incrementAndGet();
            end(request, credentials(ownToken));
        });
    }

    /** As CRED-07 asks, while the caller still waits for the answer to its POST or PUT. */
    private static int connectBack(JsonNode credentials) {
        String authorization = TokenEncoding.BASE64.header(credentials.path("token").asText());
        return new HttpCalls(Duration.ofSeconds(2))
                .send("GET", credentials.path("url").asText(), Map.of("Authorization", authorization), null)
                .status();
    }

    private void page(HttpServerRequest request) {
        String offsetText = request.getParam("offset");
        int offset = offsetText == null ? 0 : Integer.parseInt(offsetText);
        ArrayNode page = Json.object().arrayNode();
        for (int id = offset; id < Math.min(5, offset + 2); id++) {
            page.addObject().put("id", "LOC" + id);
        }
        if (offset + 2 < 5) {
            String next = url() + request.path() + "?offset=" + (offset + 2);
            request.response().putHeader("Link", "<" + next + ">; rel=\"next\"");
        }
        end(request, page);
    }

    private ObjectNode details() {
        ObjectNode details = Json.object().put("version", "2.2.1");
        ArrayNode endpoints = details.putArray("endpoints");
        for (String path : List.of("credentials", "sender/locations", "receiver/tokens")) {
            String identifier = path.substring(path.indexOf('/') + 1);
            endpoints.addObject()
                    .put("identifier", identifier)
                    .put("role", path.startsWith("receiver") ? "RECEIVER" : "SENDER")
                    .put("url", url() + "/ocpi/2.2.1/" + path);
        }
        return details;
    }

    private void backend(HttpServerRequest request, String body) {
        if (!request.path().endsWith("/events")) {
            documents.add(Json.parse(body));
            request.response().end("{\"changed\":true,\"warnings\":[],\"lineage\":[]}");
            return;
        }
        boolean lines = "application/x-ndjson".equals(request.getHeader("Content-Type"));
        JsonNode batch = Json.parse(lines ? "[" + String.join(",", body.strip().split("\n")) + "]" : body);
        for (JsonNode event : batch) {
            boolean known = events.putIfAbsent(event.path("id").asText(), event) != null;
            if (known) {
                duplicates.incrementAndGet();
            } else {
                eventsInOrder.add(event);
            }
        }
        request.response().setStatusCode(202).end("{\"accepted\":" + batch.size() + ",\"duplicates\":0,\"rejected\":[]}");
    }

    private static void end(HttpServerRequest request, JsonNode data) {
        request.response().end(OcpiReply.data(data).envelope(Instant.now()));
    }
}
