package org.roaminghub.charging;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.platform.HubSettings;

/**
 * Stations with something to do. Each worker owns a share of the stations, so a station is never worked on twice at once and its
 * order needs no locks. What is not done when the hub dies stands in the inbox and is found again.
 */
@ApplicationScoped
public class StationWork {
    private static final Logger LOG = Logger.getLogger(StationWork.class);
    private static final int FIND_AT_ONCE = 5_000;
    /** One transaction for many stations is cheaper; a large one would hold the feed back. */
    private static final int STATIONS_AT_ONCE = 32;
    private static final long GIVE_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Acknowledging comes first, but never for longer than this. */
    private static final long LONGEST_GIVING_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LOOK_AGAIN_MS = 5;

    private final Instance<StationProcessor> processor;
    private final Jdbi jdbi;
    private final List<Worker> workers = new ArrayList<>();
    private final int count;
    private volatile boolean running;
    private volatile long giveWayUntil = System.nanoTime();

    StationWork(Instance<StationProcessor> processor, Jdbi jdbi, HubSettings settings) {
        this.processor = processor;
        this.jdbi = jdbi;
        this.count = settings.foldWorkers().orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    void start(@Observes @Priority(140) StartupEvent event) {
        running = true;
        for (int number = 0; number < count; number++) {
            Worker worker = new Worker(number);
            workers.add(worker);
            worker.thread.start();
        }
        findUndone();
    }

    void stop(@Observes @Priority(60) ShutdownEvent event) throws InterruptedException {
        running = false;
        for (Worker worker : workers) {
            worker.wake();
            worker.thread.join(TimeUnit.SECONDS.toMillis(10));
        }
    }

    /** New events of a station were committed. */
    public void add(StationKey station) {
        put(station, false);
    }

    /** Requests wait to be acknowledged: folding gives way for a moment, and gathers meanwhile. */
    public void giveWay() {
        giveWayUntil = System.nanoTime() + GIVE_WAY_NANOS;
    }

    /** Something that a station's sessions waited for has arrived. */
    void addAgain(StationKey station) {
        put(station, true);
    }

    private void put(StationKey station, boolean projectAgain) {
        workers.get(Math.floorMod(station.hashCode(), workers.size())).add(station, projectAgain);
    }

    /** Finds what was acknowledged and not worked off: after a restart, or because a step failed. */
    @Scheduled(identity = "inbox-undone", every = "5s", delayed = "5s")
    void findUndone() {
        jdbi.withHandle(handle -> handle.createQuery("""
                        select distinct i.source, i.station from inbox i where not i.folded and (not exists
                            (select 1 from unresolved u where u.kind = 'STATION' and u.source = i.source and u.station = i.station) or exists
                            (select 1 from station_binding b where b.source = i.source and b.station = i.station)) limit :limit""")
                .bind("limit", FIND_AT_ONCE).map((row, context) -> new StationKey(row.getString(1), row.getString(2))).list()).forEach(this::add);
    }

    private final class Worker {
        private final Map<StationKey, Boolean> waiting = new LinkedHashMap<>();
        private final Thread thread;

        Worker(int number) {
            thread = new Thread(this::work, "fold-" + number);
            thread.setDaemon(true);
        }

        synchronized void add(StationKey station, boolean projectAgain) {
            waiting.merge(station, projectAgain, Boolean::logicalOr);
            notifyAll();
        }

        synchronized void wake() {
            notifyAll();
        }

        private synchronized Map<StationKey, Boolean> next() throws InterruptedException {
            while (running && waiting.isEmpty()) {
                wait();
            }
            Map<StationKey, Boolean> taken = new LinkedHashMap<>();
            for (var iterator = waiting.entrySet().iterator(); iterator.hasNext() && taken.size() < STATIONS_AT_ONCE; ) {
                Map.Entry<StationKey, Boolean> entry = iterator.next();
                taken.put(entry.getKey(), entry.getValue());
                iterator.remove();
            }
            return taken;
        }

        private void work() {
            while (running) {
                try {
                    letIngestPass();
                    process(next());
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private void letIngestPass() throws InterruptedException {
            long longest = System.nanoTime() + LONGEST_GIVING_WAY_NANOS;
            while (running && System.nanoTime() - giveWayUntil < 0 && System.nanoTime() - longest < 0) {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
            }
        }

        private void process(Map<StationKey, Boolean> stations) {
            try {
                processTogether(stations);
            } catch (RuntimeException together) {
                // One of them may be the trouble; it must not hold up the others.
                stations.forEach((station, projectAgain) -> {
                    try {
                        processTogether(Map.of(station, projectAgain));
                    } catch (RuntimeException e) {
                        LOG.errorf(e, "The events of %s could not be worked off; they stay in the inbox and are tried again", station);
                    }
                });
            }
        }

        private void processTogether(Map<StationKey, Boolean> stations) {
            Set<StationKey> again = stations.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).collect(Collectors.toSet());
            processor.get().process(stations.keySet(), again).forEach(station -> add(station, false));
        }
    }
}
