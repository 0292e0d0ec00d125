package org.roaminghub.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Sends one request to one already checked address and says what became of it. Connects to exactly the address that was
 * checked, follows no redirects, holds one total timeout also against a peer that drips, and reads answers up to a cap.
 */
@ApplicationScoped
class HttpTransport {
    static final int BODY_CAP_BYTES = 4 * 1024 * 1024;
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int CONNECTIONS_PER_ADDRESS = 64;
    /** Below the usual 60 s of servers, so that we rarely write into a connection that the peer is closing. */
    private static final int KEEP_ALIVE_SECONDS = 20;

    private final Vertx vertx;
    private final ObjectMapper json;
    private final HttpClient client;
    /** Loops of our own: what runs here never runs within the context of a request that somebody makes of us. */
    private final List<ContextInternal> loops;
    private final AtomicInteger turn = new AtomicInteger();

    HttpTransport(Vertx vertx, ObjectMapper json) {
        this.vertx = vertx;
        this.json = json;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS).setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setDecompressionSupported(false).setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_ADDRESS).setCleanerPeriod(5_000));
        this.loops = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .mapToObj(number -> ((VertxInternal) vertx).createEventLoopContext()).toList();
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** Completes with the outcome, never exceptionally. */
    CompletionStage<Outcome> send(PartnerCall call, String requestId, InetAddress address) {
        Exchange exchange = new Exchange(call);
        loops.get(Math.floorMod(turn.getAndIncrement(), loops.size())).runOnContext(loop -> exchange.start(requestId, address));
        return exchange.result;
    }

    private final class Exchange {
        private final PartnerCall call;
        private final CompletableFuture<Outcome> result = new CompletableFuture<>();
        private final AtomicBoolean sent = new AtomicBoolean();
        private volatile HttpClientRequest request;

        Exchange(PartnerCall call) {
            this.call = call;
        }

        void start(String requestId, InetAddress address) {
            long timer = vertx.setTimer(Math.max(1, call.timeout().toMillis()), id -> fail("no complete answer within " + call.timeout().toSeconds() + " s"));
            result.whenComplete((outcome, error) -> vertx.cancelTimer(timer));
            client.request(options(address)).onComplete(opened -> {
                if (opened.failed()) {
                    fail("no connection: " + reason(opened.cause()));
                    return;
                }
                write(opened.result(), requestId);
            });
        }

        private RequestOptions options(InetAddress address) {
            URI uri = call.uri();
            boolean tls = "https".equalsIgnoreCase(uri.getScheme());
            int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
            String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
            return new RequestOptions()
                    .setMethod(HttpMethod.valueOf(call.method()))
                    .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                    .setHost(uri.getHost()).setPort(port).setSsl(tls).setURI(target)
                    .setFollowRedirects(false);
        }

        private void write(HttpClientRequest opened, String requestId) {
            request = opened;
            if (result.isDone()) {
                opened.reset();
                return;
            }
            call.headers().forEach(opened::putHeader);
            opened.putHeader("X-Request-ID", requestId).putHeader("X-Correlation-ID", call.correlationId());
            opened.putHeader("Accept", "application/json");
            opened.response().onComplete(answer -> {
                if (answer.failed()) {
                    fail("connection lost before the answer: " + reason(answer.cause()));
                    return;
                }
                read(answer.result());
            });
            sent.set(true);
            if (call.body() == null) {
                opened.end();
                return;
            }
            opened.putHeader("Content-Type", "application/json");
            opened.end(Buffer.buffer(call.body()));
        }

        private void read(HttpClientResponse response) {
            Buffer body = Buffer.buffer();
            response.handler(chunk -> {
                if (body.length() + chunk.length() > BODY_CAP_BYTES) {
                    fail("the answer is larger than " + BODY_CAP_BYTES / 1024 / 1024 + " MiB");
                    return;
                }
                body.appendBuffer(chunk);
            });
            response.exceptionHandler(error -> fail("connection lost within the answer: " + reason(error)));
            response.endHandler(end -> result.complete(answered(response, body.toString())));
        }

        private void fail(String reason) {
            boolean first = result.complete(sent.get() ? new Outcome.Unknown(reason) : new Outcome.NotSent(reason, Outcome.Cause.UNREACHABLE));
            HttpClientRequest open = request;
            if (first && open != null) {
                open.reset();
            }
        }
    }

    private Outcome answered(HttpClientResponse response, String body) {
        Optional<JsonNode> envelope = envelope(body);
        return new Outcome.Answered(
                response.statusCode(),
                envelope.map(node -> node.path("status_code").asInt()),
                envelope.map(node -> node.path("status_message").asText("")).orElse(""),
                body,
                Optional.ofNullable(response.getHeader("Location")),
                Optional.ofNullable(response.getHeader("Link")),
                Optional.ofNullable(response.getHeader("X-Total-Count")),
                Optional.ofNullable(response.getHeader("X-Limit")),
                Optional.ofNullable(response.getHeader("Retry-After")).flatMap(HttpTransport::seconds));
    }

    private Optional<JsonNode> envelope(String body) {
        try {
            JsonNode node = json.readTree(body);
            return node != null && node.path("status_code").canConvertToInt() ? Optional.of(node) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> seconds(String header) {
        try {
            return Optional.of(Duration.ofSeconds(Math.min(3_600, Math.max(1, Long.parseLong(header.trim())))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String reason(Throwable error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }
}
