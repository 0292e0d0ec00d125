package org.roaminghub.alerts;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.platform.HubSettings;

/** Looks every few seconds; one replica takes each round. A rule that cannot be looked at keeps its alerts as they are. */
@ApplicationScoped
class AlertRounds {
    private static final Logger LOG = Logger.getLogger(AlertRounds.class);
    private static final Duration HISTORY = Duration.ofDays(90);

    private final List<AlertRule> rules;
    private final AlertStore store;
    private final Partners partners;
    private final Jdbi jdbi;
    private final Clock clock;
    private final Duration every;
    private final Duration unresolved;
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "alerts");
        thread.setDaemon(true);
        return thread;
    });

    AlertRounds(@All List<AlertRule> rules, AlertStore store, Partners partners, Jdbi jdbi, Clock clock, HubSettings settings) {
        this.rules = rules;
        this.store = store;
        this.partners = partners;
        this.jdbi = jdbi;
        this.clock = clock;
        this.every = settings.alertsEvery();
        this.unresolved = settings.alertsUnresolved();
    }

    void start(@Observes @Priority(400) StartupEvent event) {
        loop.scheduleWithFixedDelay(this::round, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        loop.shutdown();
    }

    private void round() {
        try {
            if (store.claimRound(every)) {
                look();
            }
        } catch (RuntimeException e) {
            LOG.warnf("Alerts cannot be looked at (%s); trying again", e.getMessage());
        }
    }

    private void look() {
        Instant now = clock.instant();
        Thresholds thresholds = new Thresholds(partners.all().stream().collect(Collectors.toMap(PartnerConfig::partner, PartnerConfig::alerts)), unresolved);
        // Read first: what an operator or another replica changes while we look is respected when the round is written down.
        List<LifeCycle.Live> live = store.live();
        Set<AlertType> looked = EnumSet.noneOf(AlertType.class);
        List<Finding> found = new ArrayList<>();
        for (AlertRule rule : rules) {
            try {
                found.addAll(jdbi.withHandle(handle -> rule.look(handle, thresholds, now)));
                looked.add(rule.type());
            } catch (RuntimeException e) {
                LOG.warnf("Whether there is %s cannot be looked at (%s); what is known of it stays", rule.type(), e.getMessage());
            }
        }
        LifeCycle.Changes changes = LifeCycle.next(live, looked, found, now);
        changes.opened().forEach(finding -> LOG.warnf("Alert %s %s: %s. Next: %s", finding.type(), finding.key(), finding.reason(), finding.nextStep()));
        store.apply(changes);
    }

    @Scheduled(identity = "alerts-forget", every = "1h", delayed = "11m")
    void forget() {
        store.forgetClearedBefore(clock.instant().minus(HISTORY));
    }
}
