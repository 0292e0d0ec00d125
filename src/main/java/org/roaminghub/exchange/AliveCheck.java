package org.roaminghub.exchange;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.partners.PartnerLink;
import org.roaminghub.partners.Partners;
import org.roaminghub.platform.HubSettings;

/**
 * The still-alive check (HCI-12): a registered partner that has been silent for a while, or that failed several times in a row,
 * is asked for its versions; without an answer it is OFFLINE until it calls us or answers again. Every replica looks once a
 * second; the partner's row decides which of them asks and who tells the rest of the hub (decision 0013).
 */
@ApplicationScoped
class AliveCheck {
    private static final Logger LOG = Logger.getLogger(AliveCheck.class);
    private static final long LOOK_MS = 1_000;
    /** Longer than a call with its one repetition takes. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(10);

    private final Partners partners;
    private final Presence presence;
    private final PresenceStore store;
    private final PartnerClient client;
    private final Duration silence;
    private final Clock clock;
    private final Event<PartnerBack> back;
    private final Event<PartnerGone> gone;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "alive-check");
        thread.setDaemon(true);
        return thread;
    });

    AliveCheck(Partners partners, Presence presence, PresenceStore store, PartnerClient client, HubSettings settings, Clock clock,
            Event<PartnerBack> back, Event<PartnerGone> gone) {
        this.partners = partners;
        this.presence = presence;
        this.store = store;
        this.client = client;
        this.silence = settings.aliveSilence();
        this.clock = clock;
        this.back = back;
        this.gone = gone;
    }

    /** Before the lanes start, so that none of them tries a partner that was away when the hub stopped. */
    void start(@Observes @Priority(150) StartupEvent event) {
        presence.learn(store.all());
        looking.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes @Priority(200) ShutdownEvent event) {
        looking.shutdown();
    }

    private void look() {
        try {
            Map<String, PresenceStore.Row> rows = store.all();
            rows.values().stream().filter(row -> !row.reachable()).forEach(this::welcome);
            remember(rows);
            presence.learn(store.all());
            Instant now = clock.instant();
            rows.values().forEach(row -> partners.link(row.partner()).filter(link -> isDue(row, now) && store.claim(row.partner(), now, now.plus(lease(link))))
                    .ifPresent(link -> ask(row, link, now)));
        } catch (RuntimeException e) {
            LOG.warnf("Whether partners are alive cannot be looked at (%s); trying again", e.getMessage());
        }
    }

    /** A partner that was away and has been heard since. */
    private void welcome(PresenceStore.Row row) {
        Instant heard = presence.signs(row.partner()).heard();
        if (heard != null && heard.isAfter(row.since()) && store.back(row.partner(), heard, clock.instant())) {
            LOG.infof("%s is back", row.partner());
            back.fire(new PartnerBack(row.partner()));
        }
    }

    /** Shares what was heard here with the other replicas and the next start, but not every single sign; silence counts from the first look on. */
    private void remember(Map<String, PresenceStore.Row> rows) {
        Map<String, Instant> fresh = new HashMap<>();
        presence.lastHeard().forEach((partner, heard) -> {
            PresenceStore.Row row = rows.get(partner);
            if (row == null || heard.isAfter(row.heard().plus(silence.dividedBy(10)))) {
                fresh.put(partner, heard);
            }
        });
        partners.all().stream().filter(config -> !rows.containsKey(config.partner()) && partners.link(config.partner()).isPresent())
                .forEach(config -> fresh.putIfAbsent(config.partner(), clock.instant()));
        if (!fresh.isEmpty()) {
            store.heard(fresh);
        }
    }

    private boolean isDue(PresenceStore.Row row, Instant now) {
        Presence.Signs signs = presence.signs(row.partner());
        Instant heard = signs.heard() != null && signs.heard().isAfter(row.heard()) ? signs.heard() : row.heard();
        return AliveRules.isDue(row.reachable(), heard, signs.failures(), row.notBefore(), silence, now);
    }

    private static Duration lease(PartnerLink link) {
        return link.timeout().multipliedBy(2).plus(LEASE_MARGIN);
    }

    private void ask(PresenceStore.Row row, PartnerLink link, Instant asked) {
        URI versions;
        try {
            versions = URI.create(link.versionsUrl());
        } catch (IllegalArgumentException e) {
            settle(row, asked, new Outcome.NotSent("its versions URL is none", Outcome.Cause.REFUSED_URL));
            return;
        }
        PartnerCall call = new PartnerCall(link.partner(), ModuleId.HUBCLIENTINFO, "GET", versions, link.authorization(), null, null,
                UUID.randomUUID().toString(), 1, link.timeout());
        client.send(call).whenCompleteAsync((outcome, error) -> settle(row, asked, error == null ? outcome : new Outcome.Unknown("fault of the hub: " + error)), looking);
    }

    private void settle(PresenceStore.Row row, Instant asked, Outcome outcome) {
        try {
            Instant now = clock.instant();
            SignOfLife sign = SignOfLife.of(outcome);
            boolean lost = sign == SignOfLife.NONE && row.reachable() && !heardSince(row.partner(), asked) && store.gone(row.partner(), asked, now);
            if (lost) {
                LOG.warnf("%s is offline: %s", row.partner(), PartnerClient.reason(outcome));
                presence.gone(row.partner());
            }
            store.askAgain(row.partner(), sign == SignOfLife.ALIVE ? now : AliveRules.askAgain(lost || row.reachable() ? now : row.since(), silence, now));
            if (lost) {
                gone.fire(new PartnerGone(row.partner()));
            }
        } catch (RuntimeException e) {
            LOG.warnf("Whether %s is alive could not be settled (%s); it is asked again", row.partner(), e.getMessage());
        }
    }

    private boolean heardSince(String partner, Instant asked) {
        Instant heard = presence.signs(partner).heard();
        return heard != null && heard.isAfter(asked);
    }
}
