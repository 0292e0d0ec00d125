package org.roaminghub.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.PartnerConfig;

/** Reads the snapshot: a handful of bounded queries in one transaction, however many people watch and however much is stored. */
@ApplicationScoped
class SnapshotReader {
    private static final int NEWEST = 20;
    private static final int LANES_PER_PARTNER = 50;
    private static final int LANES_OVERALL = 500;
    private static final int PULLS_OVERALL = 200;

    private final Reading reading;
    private final Partners partners;
    private final PartnerViews views;
    private final LaneRows lanes;
    private final PullRows pulls;
    private final SessionList sessions;
    private final CdrList cdrs;
    private final HeldRows held;
    private final AlertRows alerts;
    private final Rates rates;
    private final Clock clock;

    SnapshotReader(Reading reading, Partners partners, PartnerViews views, LaneRows lanes, PullRows pulls, SessionList sessions, CdrList cdrs, HeldRows held,
            AlertRows alerts, Rates rates, Clock clock) {
        this.reading = reading;
        this.partners = partners;
        this.views = views;
        this.lanes = lanes;
        this.pulls = pulls;
        this.sessions = sessions;
        this.cdrs = cdrs;
        this.held = held;
        this.alerts = alerts;
        this.rates = rates;
        this.clock = clock;
    }

    Snapshot read() {
        return reading.read(handle -> new Snapshot(clock.instant(), partners(handle), new Snapshot.SessionsPart(sessions.countOpen(handle), sessions.newestOpen(handle, NEWEST)),
                cdrs(handle), new Snapshot.HeldPart(held.count(handle), held.newest(handle, NEWEST)), unresolved(handle),
                new Snapshot.AlertsPart(alerts.counts(handle), alerts.newestOpen(handle, NEWEST)), rates.look()));
    }

    private List<Snapshot.PartnerPart> partners(Handle handle) {
        List<PartnerConfig> configs = partners.all();
        Map<String, PartnerViews.State> states = views.states(handle, configs);
        Map<String, List<LaneRows.Ranked>> byPartner = lanes.worst(handle, LANES_PER_PARTNER, LANES_OVERALL).stream()
                .collect(Collectors.groupingBy(ranked -> ranked.lane().partner()));
        Map<String, List<Snapshot.PullNote>> pulling = pulls.notes(handle, PULLS_OVERALL);
        return configs.stream().map(config -> {
            PartnerViews.State state = states.get(config.partner());
            List<LaneRows.Ranked> worst = byPartner.getOrDefault(config.partner(), List.of());
            return new Snapshot.PartnerPart(config.partner(), config.name(), config.ocpi().isPresent() ? "ocpi" : "backend", state.registration(), state.status(),
                    pulling.getOrDefault(config.partner(), List.of()), worst.stream().map(LaneRows.Ranked::lane).toList(), worst.isEmpty() ? 0 : worst.get(0).total());
        }).toList();
    }

    private Snapshot.CdrsPart cdrs(Handle handle) {
        CdrList.Waiting waiting = cdrs.waiting(handle);
        long oldestSeconds = waiting.oldest() == null ? 0 : Math.max(0, Duration.between(waiting.oldest(), clock.instant()).toSeconds());
        List<CdrItem> newest = cdrs.list(handle, new Conditions(), CdrList.UNDELIVERED.toArray(String[]::new), NEWEST).stream().map(CdrList.Row::item).toList();
        return new Snapshot.CdrsPart(waiting.byState(), oldestSeconds, newest);
    }

    private static Snapshot.UnresolvedPart unresolved(Handle handle) {
        long total = handle.createQuery("select count(*) from unresolved").mapTo(Long.class).one();
        List<Snapshot.Waiting> newest = handle.createQuery("select kind, ref, source, station, since from unresolved order by since desc limit :rows").bind("rows", NEWEST)
                .map((row, context) -> new Snapshot.Waiting(row.getString(1), ref(row.getString(1), row.getString(2)), row.getString(3), row.getString(4),
                        row.getObject(5, OffsetDateTime.class).toInstant())).list();
        return new Snapshot.UnresolvedPart(total, newest);
    }

    private static String ref(String kind, String ref) {
        return TokenMask.object("TOKEN".equals(kind) ? "tokens" : "", ref, false);
    }

    /** For a trouble event when nothing can be read. */
    Instant now() {
        return clock.instant();
    }
}
