package org.roaminghub.pull;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.roaminghub.exchange.PartnerBack;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.PartnersChanged;
import org.roaminghub.partners.config.Quirks;
import org.roaminghub.pull.Pull.Mode;

/**
 * All pulls: which there are follows from registrations and agreements, when they run from their rows. Every process looks for
 * due rows; a lease in the row keeps each of them with one.
 */
@ApplicationScoped
public class Pulls {
    private static final Logger LOG = Logger.getLogger(Pulls.class);
    private static final int WORKERS = 4;
    /** A page is at most some megabytes, and all of these may be in memory. */
    private static final int AT_ONCE = 16;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    /** Registrations with another replica are seen after this time at the latest. */
    private static final Duration ALIGN_EVERY = Duration.ofMinutes(1);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(10);
    /** The partner may still be writing down what we agreed on. */
    private static final Duration AFTER_REGISTRATION = Duration.ofSeconds(1);

    private final PullStore store;
    private final PullPlan plan;
    private final PullRun run;
    private final PullTimes times;
    private final Partners partners;
    private final Clock clock;
    private final String lease = UUID.randomUUID().toString();
    private final Set<Long> mine = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(WORKERS, task -> {
        Thread thread = new Thread(task, "pulls");
        thread.setDaemon(true);
        return thread;
    });

    Pulls(PullStore store, PullPlan plan, PullRun run, PullTimes times, Partners partners, Clock clock) {
        this.store = store;
        this.plan = plan;
        this.run = run;
        this.times = times;
        this.partners = partners;
        this.clock = clock;
    }

    void start(@Observes @Priority(250) StartupEvent event) {
        workers.scheduleWithFixedDelay(guarded("aligned", this::align), 0, ALIGN_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        workers.scheduleWithFixedDelay(guarded("begun", this::takeDue), LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs are put down where they stand; whoever takes them next goes on with the page that was not saved. */
    void stop(@Observes @Priority(250) ShutdownEvent event) {
        workers.shutdownNow();
        store.releaseAll(lease);
    }

    void partnersChanged(@Observes PartnersChanged event) {
        workers.execute(guarded("aligned", this::align));
    }

    /** A partner is back after an outage: what was missed is fetched, and what waited for it goes on (TRANS-53). */
    void back(@Observes PartnerBack event) {
        request(event.partner(), Optional.empty(), false);
    }

    /**
     * Asks for a pull, of one module or of all that this partner has lists of.
     *
     * @param full everything; otherwise what changed since the last pull
     * @return how many lists will be pulled; 0 when the partner has none that an agreement makes us pull
     */
    public int request(String partner, Optional<ModuleId> module, boolean full) {
        int lists = store.request(partner, module, full ? Mode.FULL : Mode.DELTA);
        workers.execute(guarded("begun", this::takeDue));
        return lists;
    }

    /** Stops pulls of a partner that run or wait to begin. The schedule goes on. @return how many */
    public int cancel(String partner) {
        return store.cancel(partner);
    }

    private void align() {
        store.align(plan.wanted().stream().map(wanted -> {
            Quirks quirks = partners.config(wanted.partner()).map(config -> config.quirks()).orElse(Quirks.NONE);
            return new PullStore.Schedule(wanted, times.nextDelta(quirks), times.nextFull(wanted.module(), quirks));
        }).toList(), clock.instant().plus(AFTER_REGISTRATION));
    }

    private void takeDue() {
        int free = AT_ONCE - mine.size();
        List<Pull> due = free <= 0 ? List.of() : store.takeDue(lease, LEASE, mine, free);
        for (Pull pull : due) {
            mine.add(pull.id());
            run.work(pull, lease, workers).whenComplete((done, fault) -> {
                mine.remove(pull.id());
                if (fault != null && !workers.isShutdown()) {
                    LOG.errorf(fault, "Fault of the hub in the pull of %s; its page is tried again", pull);
                    workers.execute(guarded("put down", () -> store.trouble(pull, lease, clock.instant().plus(AFTER_FAULT), "fault of the hub, see its log")));
                }
            });
        }
    }

    private static Runnable guarded(String what, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warnf("Pulls cannot be %s (%s); tried again", what, e.getMessage());
            }
        };
    }
}
