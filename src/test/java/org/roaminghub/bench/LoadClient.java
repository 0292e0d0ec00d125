package org.roaminghub.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** A closed-loop HTTP load: a fixed number of connections, each with one request under way. */
final class LoadClient implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final int connections;

    LoadClient(int connections) {
        this.connections = connections;
        this.client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(connections));
    }

    /** One request of the load. */
    record Call(HttpMethod method, String url, Map<String, String> headers, Buffer body) {
    }

    /** Runs for a while; answers how many requests were answered as expected per second. */
    double perSecond(Duration duration, int expectedStatus, LongFunction<Call> calls) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        AtomicLong good = new AtomicLong();
        AtomicLong bad = new AtomicLong();
        long end = System.nanoTime() + duration.toNanos();
        CountDownLatch done = new CountDownLatch(connections);
        for (int connection = 0; connection < connections; connection++) {
            new Object() {
                void send() {
                    if (System.nanoTime() >= end) {
                        done.countDown();
                        return;
                    }
                    LoadClient.this.send(calls.apply(next.getAndIncrement()), status -> {
                        (status == expectedStatus ? good : bad).incrementAndGet();
                        send();
                    });
                }
            }.send();
        }
        if (!done.await(duration.toSeconds() + 30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the load did not end");
        }
        if (bad.get() > 0) {
            throw new IllegalStateException(bad.get() + " requests were not answered with " + expectedStatus);
        }
        return good.get() / (duration.toNanos() / 1e9);
    }

    private void send(Call call, java.util.function.IntConsumer answered) {
        URI uri = URI.create(call.url());
        RequestOptions options = new RequestOptions().setMethod(call.method()).setHost(uri.getHost()).setPort(uri.getPort())
                .setURI(uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
        call.headers().forEach(options::putHeader);
        client.request(options).compose(request -> call.body() == null ? request.send() : request.send(call.body()))
                .compose(response -> response.body().map(body -> response.statusCode()))
                .onComplete(result -> answered.accept(result.succeeded() ? result.result() : -1));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
