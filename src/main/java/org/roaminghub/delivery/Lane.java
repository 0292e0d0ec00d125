package org.roaminghub.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /** So often may a partner fail on one object, while taking others, before the object and not the partner is to blame. */
    private static final int FAILURES_OF_A_POISON_OBJECT = 3;

    /** What a lane is doing; the names of the lanes API. */
    enum State {
        RUNNING,
        PAUSED,
        WAITING_FOR_PARTNER,
        STOPPED
    }

    /** How often the partner failed on an object, and since when. */
    private record Failures(int count, Instant firstAt) {
        static final Failures NONE = new Failures(0, Instant.MAX);
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
    private final Map<String, Failures> failures = new ConcurrentHashMap<>();

    private LaneQueue queue;
    private State state = State.STOPPED;
    private boolean atHead;
    private boolean reading;
    private int failuresInARow;
    private Instant lastSuccessAt;
    private String lastError;
    private Instant lastErrorAt;
    private Place saved;
    private Instant savedSuccessAt;
    private String savedError;

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
        this.saved = saved.position();
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

    synchronized void pause() {
        state = State.PAUSED;
        store.setPaused(id, true);
        leaveHead();
    }

    synchronized void resume() {
        store.setPaused(id, false);
        if (state == State.PAUSED) {
            state = State.STOPPED;
        }
        open();
    }

    /** Starts over from the beginning: every object of the lane is sent again in its newest form. */
    synchronized void resync() {
        queue = new LaneQueue(Place.START);
        atHead = false;
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
    synchronized void offer(FeedEntry entry, Outgoing outgoing) {
        if (!atHead || state != State.RUNNING || !entry.isFor(key.receiver())) {
            return;
        }
        if (queue.size() >= QUEUE_CAP) {
            atHead = false;
            return;
        }
        queue.offer(entry, outgoing);
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
            Optional<Item> item = queue.next(this::isNoSuspect).or(() -> queue.next(object -> true));
            if (item.isEmpty()) {
                return;
            }
            send(item.get());
        }
    }

    /** Probing with an object that may itself be the trouble would keep the lane waiting for ever. */
    private boolean isNoSuspect(String object) {
        return failures.getOrDefault(object, Failures.NONE).count() < FAILURES_OF_A_POISON_OBJECT;
    }

    private void readPage() {
        Place from;
        LaneQueue target;
        synchronized (this) {
            from = queue.readUpTo();
            target = queue;
        }
        try {
            // Joining the head first and reading once more afterwards leaves no gap between the two.
            boolean joining = feed.laneAfter(key.module(), key.owner(), key.receiver(), from, 1).isEmpty();
            if (joining) {
                synchronized (this) {
                    atHead = state == State.RUNNING;
                }
            }
            List<FeedEntry> page = feed.laneAfter(key.module(), key.owner(), key.receiver(), from, PAGE);
            Map<DocumentSource.ObjectKey, Outgoing> read = documents.read(key.module(), page.stream().map(Lane::objectKey).toList());
            synchronized (this) {
                reading = false;
                if (target == queue && state == State.RUNNING) {
                    page.forEach(entry -> queue.offer(entry, read.get(objectKey(entry))));
                    if (!atHead || !page.isEmpty()) {
                        pump();
                    }
                }
            }
        } catch (RuntimeException e) {
            LOG.warnf("Lane %s cannot read the feed (%s); trying again", key, e.getMessage());
            synchronized (this) {
                reading = false;
                atHead = false;
            }
            wakeAfter(FIRST_WAIT);
        }
    }

    private static DocumentSource.ObjectKey objectKey(FeedEntry entry) {
        return new DocumentSource.ObjectKey(entry.owner(), entry.object());
    }

    private void send(Item item) {
        boolean baseConfirmed = !item.retry() && !heldAttempts.containsKey(item.entry().object())
                && !item.entry().full().isAfter(queue.position());
        int attempt = 1 + heldAttempts.getOrDefault(item.entry().object(), 0) + failures.getOrDefault(item.entry().object(), Failures.NONE).count();
        sender.send(key, item, baseConfirmed, attempt).whenCompleteAsync((result, error) -> {
            try {
                finish(item, error == null ? result : LaneSender.Result.hubFault(error));
            } catch (RuntimeException e) {
                LOG.errorf(e, "Lane %s could not settle %s", key, item.entry().object());
                giveBack(item, FIRST_WAIT);
            }
        }, workers);
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
        if (heldAttempts.remove(object) != null) {
            store.release(id, object);
        }
        failures.remove(object);
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
        failures.remove(object);
        LOG.warnf("Held: %s %s for %s, attempt %d: %s; next try in %d s", key.module().id(), object, key.partner(), attempts, result.reason(), wait.toSeconds());
        synchronized (this) {
            queue.settled(item);
            error(result.reason());
            pump();
        }
    }

    /** A fault on the partner's side. Others may still get through; one object that fails again and again must not block them. */
    private void failed(Item item, LaneSender.Result result) {
        Instant now = clock.instant();
        Failures seen = failures.merge(item.entry().object(), new Failures(1, now), (old, fresh) -> new Failures(old.count() + 1, old.firstAt()));
        boolean othersGotThrough;
        synchronized (this) {
            othersGotThrough = lastSuccessAt != null && lastSuccessAt.isAfter(seen.firstAt());
        }
        if (seen.count() >= FAILURES_OF_A_POISON_OBJECT && othersGotThrough) {
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
        failuresInARow++;
        state = State.WAITING_FOR_PARTNER;
        Duration backoff = Backoff.after(failuresInARow, FIRST_WAIT, LONGEST_WAIT, ThreadLocalRandom.current());
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
        stop("our credentials are refused: " + result.reason());
    }

    private void stop(String reason) {
        state = State.STOPPED;
        error(reason);
        leaveHead();
    }

    private void leaveHead() {
        atHead = false;
        queue.forgetWaiting();
    }

    private void error(String reason) {
        lastError = reason;
        lastErrorAt = clock.instant();
    }

    /** What changed since the last call, for the batch that saves positions. */
    synchronized Optional<LaneStore.Progress> unsaved() {
        Place position = queue.position();
        boolean changed = !position.equals(saved) || !java.util.Objects.equals(lastSuccessAt, savedSuccessAt) || !java.util.Objects.equals(lastError, savedError);
        if (!changed) {
            return Optional.empty();
        }
        saved = position;
        savedSuccessAt = lastSuccessAt;
        savedError = lastError;
        return Optional.of(new LaneStore.Progress(id, position, lastSuccessAt, lastError, lastErrorAt));
    }
}
