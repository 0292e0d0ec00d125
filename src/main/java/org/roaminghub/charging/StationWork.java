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
import java.util.concurrent.TimeUnit;
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

    private final Instance<StationProcessor> processor;
    private final Jdbi jdbi;
    private final List<Worker> workers = new ArrayList<>();
    private final int count;
    private volatile boolean running;

    StationWork(Instance<StationProcessor> processor, Jdbi jdbi, HubSettings settings) {
        this.processor = processor;
        this.jdbi = jdbi;
        this.count = settings.foldWorkers();
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

        private synchronized Map.Entry<StationKey, Boolean> next() throws InterruptedException {
            while (running && waiting.isEmpty()) {
                wait();
            }
            if (!running) {
                return null;
            }
            Map.Entry<StationKey, Boolean> first = waiting.entrySet().iterator().next();
            Map.Entry<StationKey, Boolean> taken = Map.entry(first.getKey(), first.getValue());
            waiting.remove(taken.getKey());
            return taken;
        }

        private void work() {
            while (running) {
                try {
                    Map.Entry<StationKey, Boolean> next = next();
                    if (next == null) {
                        return;
                    }
                    boolean more = processor.get().process(next.getKey(), next.getValue());
                    if (more) {
                        add(next.getKey(), false);
                    }
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    LOG.errorf(e, "A station's events could not be worked off; they stay in the inbox and are tried again");
                }
            }
        }
    }
}
