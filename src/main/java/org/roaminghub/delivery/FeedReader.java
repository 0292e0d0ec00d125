package org.roaminghub.delivery;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.roaminghub.delivery.DocumentSource.ObjectKey;
import org.roaminghub.ocpi.ModuleId;

/**
 * Follows the head of the feed for all lanes together: each change and its document are read from the database once and handed
 * to every lane that lives at the head. Woken by commits of this process; a short poll finds those of others.
 */
@ApplicationScoped
class FeedReader {
    private static final Logger LOG = Logger.getLogger(FeedReader.class);
    private static final int SLICE = 1_000;
    private static final long POLL_MS = 250;
    /** A change that waits for an older transaction to end is worth a very short poll. */
    private static final long UNDECIDED_POLL_MS = 3;

    private final Feed feed;
    private final Instance<DocumentSource> documents;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean running;
    private Lanes lanes;
    private Thread thread;

    /**
     * At one moment everything that was visible in the feed had been handed out.
     *
     * @param upTo       the newest place then
     * @param askedNanos before the feed was read for it
     */
    record Handed(Place upTo, long askedNanos) {
        /** Nothing is known yet. */
        static final Handed NOTHING = new Handed(Place.START, Long.MIN_VALUE);

        /** Whether a lane that has lived at the head since then had an object's full change. */
        boolean included(Place full, long joinedNanos) {
            return this != NOTHING && askedNanos - joinedNanos > 0 && !full.isAfter(upTo);
        }
    }

    FeedReader(Feed feed, Instance<DocumentSource> documents) {
        this.feed = feed;
        this.documents = documents;
    }

    /** Starts at the current head; lanes catch up to it on their own. */
    void start(Lanes readers) {
        lanes = readers;
        // Before any lane reads its first page: what commits between the two must be seen by one of them.
        Place head = feed.horizon();
        feed.onWake(wake::release);
        running = true;
        thread = new Thread(() -> follow(head), "feed-reader");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) throws InterruptedException {
        running = false;
        wake.release();
        if (thread != null) {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        }
    }

    private void follow(Place from) {
        Place head = from;
        while (running) {
            try {
                long askedNanos = System.nanoTime();
                Feed.Slice slice = feed.after(head, SLICE);
                if (!slice.entries().isEmpty()) {
                    hand(slice.entries());
                    head = slice.entries().get(slice.entries().size() - 1).place();
                }
                if (slice.entries().size() < SLICE) {
                    if (!slice.moreAboveHorizon()) {
                        lanes.handed(new Handed(head, askedNanos));
                    }
                    await(slice.moreAboveHorizon() ? UNDECIDED_POLL_MS : POLL_MS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("The feed cannot be read (%s); trying again", e.getMessage());
                pause();
            }
        }
    }

    private void hand(List<FeedEntry> entries) {
        Map<ModuleId, List<FeedEntry>> byModule = entries.stream().collect(Collectors.groupingBy(FeedEntry::module));
        Map<ModuleId, Map<ObjectKey, Outgoing>> read = new HashMap<>();
        byModule.forEach((module, list) -> read.put(module,
                documents.get().read(module, list.stream().map(entry -> new ObjectKey(entry.owner(), entry.object())).toList())));
        for (FeedEntry entry : entries) {
            lanes.offer(entry, read.get(entry.module()).get(new ObjectKey(entry.owner(), entry.object())));
        }
    }

    private void await(long millis) throws InterruptedException {
        if (wake.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            wake.drainPermits();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            running = false;
        }
    }
}
