package org.roaminghub.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.roaminghub.delivery.LaneQueue.Item;
import org.roaminghub.exchange.Verdict;

/**
 * Brings one receiver to the newest state of one owner's documents in one module. Reads the feed page by page while it is
 * behind, lives on what the {@link FeedReader} hands out once it is at the head, and waits alone when its partner is away.
 *
 * <pre>
 *  RUNNING ──partner down, fails, asks to wait──► WAITING_FOR_PARTNER ──a probe succeeds──► RUNNING
 *     │ ▲                                                 │
 *  pause resume            credentials refused, no connection ──► STOPPED ──connection changed or resume──► RUNNING
 *     ▼ │
 *   PAUSED
 * </pre>
 */
final class Lane {
    private static final Logger LOG = Logger.getLogger(Lane.class);
    private static final int PAGE = 500;
    private static final int QUEUE_CAP = 5_000;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration FIRST_HOLD = Duration.ofMinutes(1);
    private static final Duration LONGEST_HOLD = Duration.ofHours(6);
    private static final Duration RATE_PAUSE = Duration.ofMillis(50);
    /** As long as the breaker stays open; a partner that is offline is not called by the next try either, which costs nothing. */
    private static final Duration BREAKER_PAUSE = Duration.ofSeconds(2);

    /** What a lane is doing; the names of the lanes API. */
    enum State {
        RUNNING,
        PAUSED,
        WAITING_FOR_PARTNER,
        STOPPED
    }

    /** A fresh change that came while the last page before the head was read. */
    private record Arrival(FeedEntry entry, Outgoing outgoing) {
    }

    private final long id;
    private final LaneKey key;
    private final Feed feed;
    private final LaneStore store;
    private final LaneSender sender;
    private final DocumentSource documents;
    private final ScheduledExecutorService workers;
    private final Clock clock;
    private final Map<String, Integer> heldAttempts = new ConcurrentHashMap<>();
    private final Suspects suspects = new Suspects();

    private final LaneQueue queue;
    private State state = State.STOPPED;
    private boolean atHead;
    private boolean reading;
    /** Fresh changes while the lane joins the head; null when it does not. */
    private List<Arrival> arrivals;
    private long joinedNanos;
    private int failuresInARow;
    private Instant lastSuccessAt;
    private String lastError;
    private Instant lastErrorAt;
    private LaneStore.Progress saved;

    Lane(LaneStore.Saved saved, Feed feed, LaneStore store, LaneSender sender, DocumentSource documents, ScheduledExecutorService workers, Clock clock) {
        this.id = saved.id();
        this.key = saved.key();
        this.feed = feed;
        this.store = store;
        this.sender = sender;
        this.documents = documents;
        this.workers = workers;
        this.clock = clock;
        this.queue = new LaneQueue(saved.position());
        this.saved = new LaneStore.Progress(id, saved.position(), null, null, null);
        this.state = saved.paused() ? State.PAUSED : State.STOPPED;
    }

    long id() {
        return id;
    }

    LaneKey key() {
        return key;
    }

    /** A lane that only probes still waits, as far as people are concerned. */
    synchronized State state() {
        return state == State.RUNNING && failuresInARow > 0 ? State.WAITING_FOR_PARTNER : state;
    }

    /** Starts, or starts again with a changed connection. A paused lane stays paused. */
    synchronized void open() {
        if (state == State.PAUSED) {
            return;
        }
        if (!sender.canReach(key)) {
            stop("no registered connection with a " + key.module().id() + " receiver");
            return;
        }
        if (state != State.RUNNING) {
            state = State.RUNNING;
            failuresInARow = 0;
            heldAttempts.putAll(store.heldAttempts(id));
            pump();
        }
    }

    synchronized void close() {
        state = State.STOPPED;
        leaveHead();
    }

    void pause() {
        store.setPaused(id, true);
        synchronized (this) {
            state = State.PAUSED;
            leaveHead();
        }
    }

    void resume() {
        store.setPaused(id, false);
        synchronized (this) {
            if (state == State.PAUSED) {
                state = State.STOPPED;
            }
            open();
        }
    }

    /** Starts over from the beginning: every object of the lane is sent again in its newest form. */
    synchronized void resync() {
        queue.rewind();
        leaveHead();
        pump();
    }

    /** A held object's time has come. */
    synchronized void retry(FeedEntry entry) {
        if (state == State.RUNNING) {
            queue.offerRetry(entry);
            pump();
        }
    }

    /** Fresh changes at the head, shared by all lanes. Ignored while the lane is behind: it will read them itself. */
    synchronized void offer(FeedEntry entry, Outgoing outgoing, FeedReader.Handed handed) {
        boolean listening = atHead || arrivals != null;
        if (!listening || state != State.RUNNING || !entry.isFor(key.receiver())) {
            return;
        }
        if (queue.size() + (arrivals == null ? 0 : arrivals.size()) >= QUEUE_CAP) {
            atHead = false;
            arrivals = null;
            return;
        }
        if (arrivals != null) {
            arrivals.add(new Arrival(entry, outgoing));
            return;
        }
        queue.offer(entry, outgoing, handed.included(entry.full(), joinedNanos));
        pump();
    }

    private void pump() {
        if (state != State.RUNNING) {
            return;
        }
        if (!atHead && !reading && queue.size() < PAGE / 2) {
            reading = true;
            workers.execute(this::readPage);
        }
        int limit = failuresInARow > 0 ? 1 : sender.maxInFlight(key);
        while (queue.inFlight() < limit) {
            Optional<Item> item = queue.next(object -> !suspects.contains(object)).or(() -> queue.next(object -> true));
            if (item.isEmpty()) {
                return;
            }
            send(item.get());
        }
    }

    private void readPage() {
        Place from;
        synchronized (this) {
            from = queue.readUpTo();
        }
        try {
            // Listening to the head first and reading once more afterwards leaves no gap between the two.
            boolean joining = feed.laneAfter(key.module(), key.owner(), key.receiver(), from, 1).isEmpty();
            if (joining) {
                synchronized (this) {
                    arrivals = new ArrayList<>();
                    joinedNanos = System.nanoTime();
                }
            }
            List<FeedEntry> page = feed.laneAfter(key.module(), key.owner(), key.receiver(), from, PAGE);
            take(from, page, documents.read(key.module(), page.stream().map(Lane::objectKey).toList()));
        } catch (RuntimeException e) {
            LOG.warnf("Lane %s cannot read the feed (%s); trying again", key, e.getMessage());
            synchronized (this) {
                reading = false;
                arrivals = null;
            }
            wakeAfter(FIRST_WAIT);
        }
    }

    private synchronized void take(Place from, List<FeedEntry> page, Map<DocumentSource.ObjectKey, Outgoing> read) {
        List<Arrival> meanwhile = arrivals;
        arrivals = null;
        reading = false;
        // The lane may have gone back meanwhile; then this page would leave a gap.
        if (state == State.RUNNING && queue.readUpTo().equals(from)) {
            page.forEach(entry -> queue.offer(entry, read.get(objectKey(entry)), false));
            atHead = meanwhile != null && page.size() < PAGE;
            if (atHead) {
                meanwhile.forEach(arrival -> queue.offer(arrival.entry(), arrival.outgoing(), false));
            }
        }
        pump();
    }

    private static DocumentSource.ObjectKey objectKey(FeedEntry entry) {
        return new DocumentSource.ObjectKey(entry.owner(), entry.object());
    }

    private void send(Item item) {
        String object = item.entry().object();
        // What the receiver refused, it does not have.
        Item request = heldAttempts.containsKey(object) ? item.withoutBase() : item;
        int attempt = 1 + heldAttempts.getOrDefault(object, 0) + suspects.failures(object);
        sent(request, attempt).whenCompleteAsync((result, error) -> {
            try {
                finish(item, error == null ? result : LaneSender.Result.hubFault(error));
            } catch (RuntimeException e) {
                LOG.errorf(e, "Lane %s could not settle %s", key, item.entry().object());
                giveBack(item, FIRST_WAIT);
            }
        }, workers);
    }

    private CompletionStage<LaneSender.Result> sent(Item item, int attempt) {
        try {
            return sender.send(key, item, attempt, workers);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void finish(Item item, LaneSender.Result result) {
        switch (result.verdict()) {
            case ACCEPTED -> accepted(item);
            case NOT_KNOWN, OBJECT_REFUSED -> hold(item, result);
            case PARTNER_FAILS, IN_DOUBT -> failed(item, result);
            case PARTNER_DOWN -> waitForPartner(item, result, Duration.ZERO);
            case WAIT -> askedToWait(item, result);
            case CREDENTIALS_REFUSED -> credentialsRefused(item, result);
        }
    }

    private void accepted(Item item) {
        String object = item.entry().object();
        if (heldAttempts.containsKey(object)) {
            store.release(id, object);
            heldAttempts.remove(object);
        }
        suspects.clear(object);
        synchronized (this) {
            queue.settled(item);
            failuresInARow = 0;
            lastError = null;
            lastSuccessAt = clock.instant();
            pump();
        }
    }

    private void hold(Item item, LaneSender.Result result) {
        String object = item.entry().object();
        Instant now = clock.instant();
        int attempts = heldAttempts.merge(object, 1, Integer::sum);
        Duration wait = Backoff.after(attempts, FIRST_HOLD, LONGEST_HOLD, ThreadLocalRandom.current());
        store.hold(id, object, now, now.plus(wait), result.reason(), result.httpStatus(), result.ocpiStatus());
        suspects.clear(object);
        LOG.warnf("Held: %s %s for %s, attempt %d: %s; next try in %d s", key.module().id(), object, key.partner(), attempts, result.reason(), wait.toSeconds());
        synchronized (this) {
            queue.settled(item);
            error(result.reason());
            pump();
        }
    }

    /** A fault on the partner's side. Others may still get through; one object that fails again and again must not block them. */
    private void failed(Item item, LaneSender.Result result) {
        Instant othersTakenAt;
        synchronized (this) {
            othersTakenAt = lastSuccessAt;
        }
        if (suspects.failed(item.entry().object(), clock.instant(), othersTakenAt)) {
            hold(item, result);
            return;
        }
        waitForPartner(item, result, Duration.ZERO);
    }

    private void askedToWait(Item item, LaneSender.Result result) {
        if (result.rateLimited()) {
            giveBack(item, RATE_PAUSE);
            return;
        }
        waitForPartner(item, result, result.retryAfter().orElse(Duration.ZERO));
    }

    /** The first failure puts the lane to sleep; those that were under way beside it only come back. */
    private synchronized void waitForPartner(Item item, LaneSender.Result result, Duration atLeast) {
        queue.returned(item);
        error(result.reason());
        leaveHead();
        if (state != State.RUNNING) {
            return;
        }
        if (failuresInARow == 0) {
            LOG.warnf("Lane %s waits for its partner: %s", key, result.reason());
        }
        // Nothing was tried while the breaker is open or the partner offline, so nothing speaks for a longer wait.
        if (failuresInARow == 0 || !result.knownAway()) {
            failuresInARow++;
        }
        state = State.WAITING_FOR_PARTNER;
        Duration backoff = result.knownAway() ? Backoff.after(1, BREAKER_PAUSE, BREAKER_PAUSE, ThreadLocalRandom.current())
                : Backoff.after(failuresInARow, FIRST_WAIT, LONGEST_WAIT, ThreadLocalRandom.current());
        wakeAfter(atLeast.compareTo(backoff) > 0 ? atLeast : backoff);
    }

    private synchronized void giveBack(Item item, Duration wait) {
        queue.returned(item);
        wakeAfter(wait);
    }

    private void wakeAfter(Duration wait) {
        workers.schedule(this::afterWait, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One probe goes out first; only its success opens the lane again. */
    private synchronized void afterWait() {
        if (state == State.WAITING_FOR_PARTNER) {
            state = State.RUNNING;
        }
        pump();
    }

    private synchronized void credentialsRefused(Item item, LaneSender.Result result) {
        queue.returned(item);
        stop(Lanes.CREDENTIALS_REFUSED + result.reason());
    }

    private void stop(String reason) {
        state = State.STOPPED;
        error(reason);
        leaveHead();
    }

    private void leaveHead() {
        atHead = false;
        arrivals = null;
        queue.forgetWaiting();
    }

    private void error(String reason) {
        lastError = reason;
        lastErrorAt = clock.instant();
    }

    /** What changed since the last time it was saved, for the batch that saves positions. */
    synchronized Optional<LaneStore.Progress> unsaved() {
        LaneStore.Progress now = new LaneStore.Progress(id, queue.position(), lastSuccessAt, lastError, lastErrorAt);
        return now.equals(saved) ? Optional.empty() : Optional.of(now);
    }

    synchronized void saved(LaneStore.Progress progress) {
        saved = progress;
    }
}
