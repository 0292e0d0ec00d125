package org.roaminghub.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Takes a snapshot every second for all who watch together, and none while nobody does. A slow watcher misses pictures and delays nobody. */
@ApplicationScoped
class LiveStream {
    private static final Logger LOG = Logger.getLogger(LiveStream.class);

    private final SnapshotReader reader;
    private final ObjectMapper json;
    private final Set<MultiEmitter<? super Message>> watchers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "console-stream");
        thread.setDaemon(true);
        return thread;
    });
    private ScheduledFuture<?> ticking;
    private volatile Message last;

    LiveStream(SnapshotReader reader, ObjectMapper json) {
        this.reader = reader;
        this.json = json;
    }

    /** An event of the stream: {@code snapshot}, or {@code trouble} when none can be taken. */
    record Message(String name, String data) {
    }

    Multi<Message> watch() {
        return Multi.createFrom().<Message>emitter(this::add, BackPressureStrategy.LATEST);
    }

    private synchronized void add(MultiEmitter<? super Message> watcher) {
        watchers.add(watcher);
        watcher.onTermination(() -> remove(watcher));
        if (ticking == null) {
            ticking = clockwork.scheduleWithFixedDelay(this::tick, 0, 1, TimeUnit.SECONDS);
            return;
        }
        if (last != null) {
            watcher.emit(last);
        }
    }

    private synchronized void remove(MultiEmitter<? super Message> watcher) {
        watchers.remove(watcher);
        if (watchers.isEmpty() && ticking != null) {
            ticking.cancel(false);
            ticking = null;
            last = null;
        }
    }

    private void tick() {
        Message message = take();
        last = message;
        watchers.forEach(watcher -> watcher.emit(message));
    }

    private Message take() {
        try {
            return new Message("snapshot", json.writeValueAsString(reader.read()));
        } catch (RuntimeException | JsonProcessingException e) {
            LOG.warnf("The console's snapshot cannot be taken: %s", e.getMessage());
            return new Message("trouble", trouble());
        }
    }

    private String trouble() {
        try {
            return json.writeValueAsString(Map.of("at", reader.now(), "detail", "the hub cannot read its database"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Open streams would keep the server from stopping. */
    void stop(@Observes @Priority(10) ShutdownEvent event) {
        clockwork.shutdownNow();
        watchers.forEach(MultiEmitter::complete);
    }
}
