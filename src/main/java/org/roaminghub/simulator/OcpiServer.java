package org.roaminghub.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The port of a simulated platform: opens, closes, reads whole requests, asks the behaviour, and logs. All requests are
 * processed one after the other on one event loop, except the handshake, which blocks while it connects back.
 */
final class OcpiServer {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int LONGEST_STOP_SECONDS = 10;

    private final OcpiRouter router;
    private final Behaviours behaviours;
    private final ReceivedLog log;
    private Vertx vertx;
    // Not under the lock: a request that asks for its own URL must not wait for stop(), which waits for requests.
    private volatile int port;

    OcpiServer(OcpiRouter router, Behaviours behaviours, ReceivedLog log) {
        this.router = router;
        this.behaviours = behaviours;
        this.log = log;
    }

    synchronized void start(int wantedPort) {
        if (vertx != null) {
            throw new IllegalStateException("already listening on port " + port);
        }
        Vertx starting = Vertx.vertx(options());
        try {
            HttpServer server = starting.createHttpServer().requestHandler(request -> read(starting, request));
            port = await(server.listen(wantedPort, LOOPBACK)).actualPort();
            vertx = starting;
        } catch (RuntimeException failed) {
            starting.close();
            throw failed;
        }
    }

    /** Closes the port and every open connection, hanging ones included. */
    synchronized void stop() {
        if (vertx == null) {
            return;
        }
        await(vertx.close());
        vertx = null;
    }

    /** The port it listens on, or did last; 0 before the first start. */
    int port() {
        return port;
    }

    String url(String path) {
        return "http://" + LOOPBACK + ":" + port + path;
    }

    private void read(Vertx running, HttpServerRequest request) {
        request.body().onSuccess(body -> handle(running, request, body));
    }

    private void handle(Vertx running, HttpServerRequest request, Buffer body) {
        Instant at = Instant.now();
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        OcpiCall call = OcpiCall.of(request.method().name(), request.uri(), Map.copyOf(headers), body.toString());
        Decision decision = Decision.of(behaviours.of(call.module(), call.object()), call.method());
        AnswerWriter writer = new AnswerWriter(running, request, decision);
        if (!decision.processes()) {
            finish(at, call, request.uri(), writer, AnswerWriter.replyFor(decision.effect(), call));
            return;
        }
        if (!call.module().equals("credentials")) {
            finish(at, call, request.uri(), writer, answered(call));
            return;
        }
        running.executeBlocking(() -> answered(call), false)
                .onSuccess(reply -> finish(at, call, request.uri(), writer, reply));
    }

    private OcpiReply answered(OcpiCall call) {
        try {
            return router.answer(call);
        } catch (RuntimeException bug) {
            // Without an answer a test would wait for its timeout and never learn why.
            return OcpiReply.failure(500, 3000, "simulator fault: " + bug);
        }
    }

    private void finish(Instant at, OcpiCall call, String uri, AnswerWriter writer, OcpiReply reply) {
        // Logged first: whoever has the answer can rely on finding the request in the log.
        log.add(new Received(
                at,
                call.method(),
                uri,
                call.headers(),
                call.text(),
                call.module(),
                call.object(),
                writer.isSilent() ? 0 : reply.http(),
                writer.isSilent() ? 0 : reply.ocpi(),
                reply.stored()));
        writer.write(reply);
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(4)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while opening or closing a port", interrupted);
        } catch (Exception failed) {
            throw new IllegalStateException("the port could not be opened or closed", failed);
        }
    }
}
