package org.roaminghub.delivery;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.PartnersChanged;

/** All lanes of this process: opens them by the agreements, hands them fresh changes, saves their positions in batches. */
@ApplicationScoped
public class Lanes {
    /** How the last error of a lane begins whose partner refuses our token. */
    public static final String CREDENTIALS_REFUSED = "our credentials are refused: ";
    private static final Logger LOG = Logger.getLogger(Lanes.class);
    private static final int WORKERS = 4;
    private static final Duration RETRY_LEASE = Duration.ofMinutes(2);
    private static final int RETRY_BATCH = 500;

    /** Lanes by what they carry, so that a change finds its lanes without looking at others. */
    private record Carries(ModuleId module, PartyId owner) {
    }

    private final Partners partners;
    private final Feed feed;
    private final LaneStore store;
    private final LaneSender sender;
    private final Instance<DocumentSource> documents;
    private final FeedReader reader;
    private final Clock clock;
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(WORKERS, task -> {
        Thread thread = new Thread(task, "lanes");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<LaneKey, Lane> lanes = new ConcurrentHashMap<>();
    private volatile Map<Carries, List<Lane>> byContent = Map.of();
    private volatile FeedReader.Handed handed = FeedReader.Handed.NOTHING;

    Lanes(Partners partners, Feed feed, LaneStore store, LaneSender sender, Instance<DocumentSource> documents, FeedReader reader, Clock clock) {
        this.partners = partners;
        this.feed = feed;
        this.store = store;
        this.sender = sender;
        this.documents = documents;
        this.reader = reader;
        this.clock = clock;
    }

    void start(@Observes @Priority(200) StartupEvent event) {
        reader.start(this);
        align();
        workers.scheduleWithFixedDelay(this::savePositions, 500, 500, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes @Priority(200) ShutdownEvent event) {
        lanes.values().forEach(Lane::close);
        workers.shutdown();
        savePositions();
    }

    void partnersChanged(@Observes PartnersChanged event) {
        workers.execute(this::align);
    }

    /** Brings the lanes in line with agreements and connections: opens new ones at zero, closes those without an agreement. */
    synchronized void align() {
        Set<LaneKey> wanted = Set.copyOf(partners.pushes().stream()
                .map(push -> new LaneKey(push.partner(), push.module(), push.owner(), push.receiver())).toList());
        for (LaneStore.Saved saved : store.ensure(wanted)) {
            lanes.computeIfAbsent(saved.key(), key -> new Lane(saved, feed, store, sender, documents.get(), workers, clock));
        }
        lanes.values().removeIf(lane -> {
            boolean gone = !wanted.contains(lane.key());
            if (gone) {
                lane.close();
            }
            return gone;
        });
        byContent = lanes.values().stream().collect(Collectors.groupingBy(lane -> new Carries(lane.key().module(), lane.key().owner())));
        lanes.values().forEach(Lane::open);
    }

    void offer(FeedEntry entry, Outgoing outgoing) {
        for (Lane lane : byContent.getOrDefault(new Carries(entry.module(), entry.owner()), List.of())) {
            lane.offer(entry, outgoing, handed);
        }
    }

    /** The reader of the feed has nothing left at the moment. */
    void handed(FeedReader.Handed everything) {
        handed = everything;
    }

    /** The lane with this id, if its agreement exists. */
    public Optional<LaneControl> control(long id) {
        return lanes.values().stream().filter(lane -> lane.id() == id).findFirst().map(lane -> new LaneControl(lane, store, clock));
    }

    /** Sends everything again to a partner that has lost it. */
    public void resync(String partner) {
        lanes.values().stream().filter(lane -> lane.key().partner().equals(partner)).forEach(Lane::resync);
    }

    /** What every lane is doing at this moment, by id. */
    public Map<Long, String> states() {
        return lanes.values().stream().collect(Collectors.toMap(Lane::id, lane -> lane.state().name()));
    }

    /** Works off held objects whose time has come; the durable half of "try again". */
    @Scheduled(identity = "held-retry", every = "5s")
    void retryHeld() {
        Instant now = clock.instant();
        Map<Long, Lane> byId = lanes.values().stream().collect(Collectors.toMap(Lane::id, lane -> lane));
        for (LaneStore.Due due : store.takeDue(now, now.plus(RETRY_LEASE), RETRY_BATCH)) {
            Lane lane = byId.get(due.lane());
            if (lane != null) {
                feed.entry(lane.key().module(), lane.key().owner(), due.object()).ifPresent(lane::retry);
            }
        }
    }

    private void savePositions() {
        Map<Lane, LaneStore.Progress> progress = new HashMap<>();
        lanes.values().forEach(lane -> lane.unsaved().ifPresent(unsaved -> progress.put(lane, unsaved)));
        if (progress.isEmpty()) {
            return;
        }
        try {
            store.save(List.copyOf(progress.values()));
            progress.forEach(Lane::saved);
        } catch (RuntimeException e) {
            LOG.warnf("Lane positions cannot be saved (%s); a restart would repeat what was sent since", e.getMessage());
        }
    }
}
