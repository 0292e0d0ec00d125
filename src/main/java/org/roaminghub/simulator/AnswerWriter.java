package org.roaminghub.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Puts one reply on the wire, or does to the connection what the decided behaviour says. */
final class AnswerWriter {

    private static final int ENDLESS_CHUNK_BYTES = 64 * 1024;
    private static final int ENDLESS_PAUSE_MILLIS = 6;
    private static final String HTML = "<!DOCTYPE html><html><body><h1>We will be back soon</h1></body></html>";

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Decision decision;

    AnswerWriter(Vertx vertx, HttpServerRequest request, Decision decision) {
        this.vertx = vertx;
        this.request = request;
        this.decision = decision;
    }

    /** The answer of a behaviour that keeps the request from the data. What is not OCPI at all has OCPI status 0. */
    static OcpiReply replyFor(Behaviour effect, OcpiCall call) {
        if (effect instanceof Behaviour.Status status) {
            OcpiReply reply = OcpiReply.failure(status.httpStatus(), status.httpStatus() / 100 == 5 ? 3000 : 2000, "simulated");
            boolean retryAfter = status.retryAfterSeconds() > 0;
            return retryAfter ? reply.with(Map.of("Retry-After", "" + status.retryAfterSeconds())) : reply;
        }
        if (effect instanceof Behaviour.Ocpi ocpi) {
            return OcpiReply.failure(200, ocpi.statusCode(), "simulated");
        }
        if (effect instanceof Behaviour.NotFoundOnPatch) {
            int code = call.module().equals("locations") ? OcpiReply.UNKNOWN_LOCATION : OcpiReply.CLIENT_ERROR;
            return OcpiReply.failure(404, code, "simulated: unknown object");
        }
        return OcpiReply.failure(200, 0, null);
    }

    /** Whether the client gets no HTTP status at all. */
    boolean isSilent() {
        Behaviour effect = decision.effect();
        return effect instanceof Behaviour.Hang
                || effect instanceof Behaviour.ResetBefore
                || effect instanceof Behaviour.ResetAfter;
    }

    void write(OcpiReply reply) {
        if (decision.delay().isZero()) {
            writeNow(reply);
            return;
        }
        vertx.setTimer(decision.delay().toMillis(), timer -> writeNow(reply));
    }

    private void writeNow(OcpiReply reply) {
        if (decision.effect() instanceof Behaviour.Hang || request.response().closed()) {
            return;
        }
        if (isSilent()) {
            request.connection().close();
            return;
        }
        HttpServerResponse response = request.response();
        if (decision.effect() instanceof Behaviour.Html) {
            response.putHeader("Content-Type", "text/html").end(HTML);
            return;
        }
        response.setStatusCode(reply.http());
        response.putHeader("Content-Type", "application/json");
        echo(response, "X-Request-ID");
        echo(response, "X-Correlation-ID");
        reply.headers().forEach(response::putHeader);
        if (decision.effect() instanceof Behaviour.Endless) {
            streamWithoutEnd(response);
            return;
        }
        response.end(reply.envelope(Instant.now()));
    }

    /** A request without an id is served all the same and given one. */
    private void echo(HttpServerResponse response, String header) {
        String value = request.getHeader(header);
        response.putHeader(header, value == null ? UUID.randomUUID().toString() : value);
    }

    private void streamWithoutEnd(HttpServerResponse response) {
        response.setChunked(true);
        response.write("{\"status_code\":1000,\"timestamp\":\"" + Json.time(Instant.now()) + "\",\"data\":\"");
        Buffer chunk = Buffer.buffer("x".repeat(ENDLESS_CHUNK_BYTES));
        vertx.setPeriodic(ENDLESS_PAUSE_MILLIS, timer -> {
            if (response.closed()) {
                vertx.cancelTimer(timer);
                return;
            }
            // A reader that stops reading must not fill our memory.
            if (!response.writeQueueFull()) {
                response.write(chunk);
            }
        });
    }
}
