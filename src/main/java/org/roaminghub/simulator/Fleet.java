package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Many stations living through sessions and a backend that reports them to the hub.
 *
 * <p>{@link #start} puts the tariff and the locations and sets the stations going; {@link #stop} breaks off in the middle, as a
 * backend that is switched off; {@link #finish} lets the running sessions come to their end. Events that the hub has not
 * acknowledged are kept, in order, and sent again with the same ids. One thread, at most one batch under way.
 */
public final class Fleet implements AutoCloseable {

    /** Id of the fleet's one tariff. */
    public static final String TARIFF_ID = "STANDARD";

    private static final int LARGEST_BATCH = 1_000;
    private static final int TICK_MILLIS = 100;
    private static final int LONGEST_STOP_SECONDS = 10;

    private final CpoBackend backend;
    private final FleetSettings settings;
    private final ScheduledExecutorService executor;
    // Only the executor's one thread touches the queue. Due times are equal now and then; the ordinal keeps a station's order.
    private final PriorityQueue<Queued> queue =
            new PriorityQueue<>(Comparator.comparing((Queued queued) -> queued.due().at()).thenComparing(Queued::ordinal));
    private long ordinals;
    private volatile boolean finishing;
    private volatile String lastFailure;
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    private record Queued(StationLife.Due due, long ordinal) {}

    /** A fleet that has not started. */
    public Fleet(CpoBackend backend, FleetSettings settings) {
        this.backend = backend;
        this.settings = settings;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "simulated-fleet");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Announces tariff and locations, then lets the stations live. Fails if the hub refuses one of those. May be called once. */
    public void start() {
        // Before anything the stations will tell: a status older than its EVSE's last_updated would rightly be ignored.
        Instant built = Instant.now().minus(settings.longest()).minus(Duration.ofHours(1));
        require(backend.putTariff(Sites.tariff(settings.countryCode(), settings.partyId(), TARIFF_ID, built)));
        Sites.locations(settings, TARIFF_ID, built).forEach(location -> require(backend.putLocation(location)));
        executor.execute(() -> {
            for (int number = 1; number <= settings.stations() && mayBegin(); number++) {
                enqueue(new StationLife(settings, number).first(Instant.now()));
            }
        });
        executor.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Stops at once; sessions under way stay open. Harmless when stopped already. */
    public void stop() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the fleet did not stop");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins no further session, sends the rest of the running ones without waiting for their time, and stops. */
    public void finish() {
        finishing = true;
        try {
            executor.submit(() -> sendWhile(queued -> true)).get();
        } catch (Exception failed) {
            throw new IllegalStateException("the rest could not be sent: " + lastFailure, failed);
        } finally {
            stop();
        }
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    /** Sessions whose events are being told or have been. */
    public long sessionsStarted() {
        return started.get();
    }

    /** Sessions whose every event, up to the free connector, was acknowledged. */
    public long sessionsEnded() {
        return ended.get();
    }

    /** Events the hub acknowledged, duplicates included. */
    public long eventsAcknowledged() {
        return acknowledged.get();
    }

    /** Events the hub refused; they are not sent again. */
    public long eventsRefused() {
        return refused.get();
    }

    /** The last thing that went wrong, for a reader; empty if nothing did. */
    public Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    private void tick() {
        try {
            Instant now = Instant.now();
            sendWhile(queued -> !queued.due().at().isAfter(now));
        } catch (RuntimeException failed) {
            // An exception would end the schedule silently; the unsent events are still in the queue.
            lastFailure = failed.getMessage();
        }
    }

    private void sendWhile(Predicate<Queued> ready) {
        while (!queue.isEmpty() && ready.test(queue.peek())) {
            List<Queued> batch = new ArrayList<>();
            while (batch.size() < LARGEST_BATCH && !queue.isEmpty() && ready.test(queue.peek())) {
                batch.add(queue.poll());
            }
            try {
                account(batch, backend.postEvents(batch.stream().map(queued -> queued.due().event()).toList()));
            } catch (RuntimeException unsent) {
                queue.addAll(batch);
                throw unsent;
            }
        }
    }

    private void account(List<Queued> batch, HttpAnswer answer) {
        if (answer.status() / 100 == 5 || answer.status() == 429) {
            throw new UncheckedIOException(new IOException("events answered " + answer.status()));
        }
        JsonNode rejected = answer.json().path("rejected");
        boolean taken = answer.status() / 100 == 2;
        int lost = taken ? rejected.size() : batch.size();
        if (lost > 0) {
            lastFailure = "events answered " + answer.status() + ": " + answer.body();
        }
        refused.addAndGet(lost);
        acknowledged.addAndGet(batch.size() - (long) lost);
        batch.stream().map(Queued::due).filter(StationLife.Due::lastOfSession).forEach(due -> {
            ended.incrementAndGet();
            if (mayBegin()) {
                enqueue(due.station().next(Instant.now()));
            }
        });
    }

    /** Counts the session if there may be one. */
    private boolean mayBegin() {
        if (finishing || started.get() >= settings.mostSessions()) {
            return false;
        }
        started.incrementAndGet();
        return true;
    }

    private void enqueue(List<StationLife.Due> events) {
        events.forEach(due -> queue.add(new Queued(due, ordinals++)));
    }

    private static void require(HttpAnswer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException("the hub refused a document: " + answer.status() + " " + answer.body());
        }
    }
}
