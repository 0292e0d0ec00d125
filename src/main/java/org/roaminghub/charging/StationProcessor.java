package org.roaminghub.charging;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.charging.StationRows.Saved;
import org.roaminghub.charging.fold.Effect;
import org.roaminghub.charging.fold.SessionState;
import org.roaminghub.charging.fold.StationFold;
import org.roaminghub.charging.fold.StationState;
import org.roaminghub.delivery.Feed;
import org.roaminghub.modules.core.PageCounts;
import org.roaminghub.modules.locations.Locations;
import org.roaminghub.modules.locations.StationBinding.Bound;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpp.ChargingEvent;

/**
 * Folds the new events of some stations and stores what came of them: states, documents, their places in the feed and the marks
 * on the events are one transaction, so a restart at any moment finds either all of it or nothing.
 *
 * <p>An event that sorts before the last folded one starts its station's window again from the base. The window begins after the
 * station had been quiet for an hour.
 */
@ApplicationScoped
class StationProcessor {
    private static final int EVENTS_PER_STATION = 500;
    private static final Duration QUIET = Duration.ofHours(1);
    private static final Duration KEEP_FINAL_SESSIONS = Duration.ofDays(2);

    private final Jdbi jdbi;
    private final StationRows rows;
    private final Locations locations;
    private final EvseStatuses statuses;
    private final SessionProjector sessions;
    private final Unresolved unresolved;
    private final Feed feed;
    private final PageCounts counts;

    StationProcessor(Jdbi jdbi, StationRows rows, Locations locations, EvseStatuses statuses, SessionProjector sessions, Unresolved unresolved, Feed feed,
            PageCounts counts) {
        this.jdbi = jdbi;
        this.rows = rows;
        this.locations = locations;
        this.statuses = statuses;
        this.sessions = sessions;
        this.unresolved = unresolved;
        this.feed = feed;
        this.counts = counts;
    }

    /** What is committed, and which stations have more than was taken. */
    private record Done(Map<StationKey, Saved> saved, Set<StationKey> more, boolean projected) {
    }

    /**
     * Works off what these stations have.
     *
     * @param projectAgain those whose documents are made anew, because something they waited for has arrived
     * @return the stations that have more
     */
    Set<StationKey> process(Collection<StationKey> stations, Set<StationKey> projectAgain) {
        Done done = jdbi.inTransaction(transaction -> work(transaction, stations, projectAgain));
        rows.remember(done.saved());
        if (done.projected()) {
            counts.changed(ModuleId.SESSIONS);
            counts.changed(ModuleId.CDRS);
            feed.wake();
        }
        return done.more();
    }

    private Done work(Handle transaction, Collection<StationKey> stations, Set<StationKey> projectAgain) {
        Map<StationKey, Saved> locked = rows.lock(transaction, stations);
        Map<StationKey, List<Bound>> bound = locations.bound(transaction, stations.stream().map(StationKey::source).toList(), stations.stream().map(StationKey::station).toList())
                .stream().collect(Collectors.groupingBy(entry -> new StationKey(entry.source(), entry.station())));
        Map<StationKey, List<ChargingEvent>> unfolded = rows.unfolded(transaction, bound.keySet(), EVENTS_PER_STATION);
        Map<StationKey, Saved> saved = new HashMap<>();
        Set<StationKey> more = new HashSet<>();
        EvseStatuses.Changes changes = new EvseStatuses.Changes();
        boolean projected = false;
        for (Map.Entry<StationKey, Saved> entry : locked.entrySet()) {
            StationKey station = entry.getKey();
            boolean again = projectAgain.contains(station);
            if (again) {
                unresolved.clear(transaction, station);
            }
            if (!bound.containsKey(station)) {
                unresolved.add(transaction, Unresolved.Kind.STATION, station.station(), station);
                continue;
            }
            List<ChargingEvent> fresh = unfolded.getOrDefault(station, List.of());
            if (fresh.isEmpty() && !again) {
                continue;
            }
            Saved window = fresh.isEmpty() ? entry.getValue() : advance(transaction, station, entry.getValue(), fresh.get(0));
            Fold fold = fold(transaction, station, window, fresh);
            changes.collect(entry.getValue().state(), fold.state(), bound.get(station), again || fold.again());
            projected |= project(transaction, fold, bound.get(station), again);
            if (!fresh.isEmpty()) {
                saved.put(station, new Saved(window.version() + 1, window.windowFrom(), fold.state()));
            }
            if (fresh.size() == EVENTS_PER_STATION) {
                more.add(station);
            }
        }
        boolean statusChanged = statuses.store(transaction, changes);
        if (!saved.isEmpty()) {
            rows.markFolded(transaction, unfolded.values());
            rows.save(transaction, saved);
        }
        return new Done(saved, more, projected || statusChanged);
    }

    /** What a fold left behind; {@code again} when the whole window was folded anew. */
    private record Fold(StationState state, List<Effect> effects, boolean again) {
    }

    private Fold fold(Handle transaction, StationKey station, Saved window, List<ChargingEvent> fresh) {
        boolean behind = fresh.stream().anyMatch(event -> window.state().isBehind(event) && !event.envelope().receivedAt().isBefore(window.windowFrom()));
        if (!behind) {
            StationFold.Step step = StationFold.foldAll(window.state(), fresh);
            return new Fold(step.state(), step.effects(), false);
        }
        List<ChargingEvent> all = new ArrayList<>(rows.folded(transaction, station, window.windowFrom()));
        all.addAll(fresh);
        StationFold.Step step = StationFold.foldAll(rows.base(transaction, station), all);
        return new Fold(step.state(), step.effects(), true);
    }

    /** Moves the window's beginning up to this event when everything before it has come to rest. */
    private Saved advance(Handle transaction, StationKey station, Saved saved, ChargingEvent next) {
        Instant at = next.envelope().receivedAt();
        if (saved.windowFrom() == null) {
            return new Saved(saved.version(), at, saved.state());
        }
        Instant rest = at.minus(QUIET);
        boolean quiet = saved.state().sessions().stream().noneMatch(session -> session.isOpen() || session.lastReceivedAt().isAfter(rest));
        if (!quiet || saved.state().isBehind(next) || !saved.windowFrom().isBefore(rest)) {
            return saved;
        }
        StationState settled = saved.state().withoutFinal(at.minus(KEEP_FINAL_SESSIONS));
        rows.rebase(transaction, station, settled);
        return new Saved(saved.version(), at, settled);
    }

    private boolean project(Handle transaction, Fold fold, List<Bound> bound, boolean projectAgain) {
        Set<String> touched = fold.again() || projectAgain
                ? fold.state().sessions().stream().map(SessionState::key).collect(Collectors.toCollection(LinkedHashSet::new))
                : touched(fold.effects());
        for (String key : touched) {
            fold.state().session(key).ifPresent(session -> sessions.project(transaction, session, bound));
        }
        return !touched.isEmpty();
    }

    private static Set<String> touched(List<Effect> effects) {
        Set<String> keys = new LinkedHashSet<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.SessionChanged changed) {
                keys.add(changed.sessionKey());
            } else if (effect instanceof Effect.SessionFinished finished) {
                keys.add(finished.sessionKey());
            } else if (effect instanceof Effect.FlagRaised flag && flag.sessionKey() != null) {
                keys.add(flag.sessionKey());
            }
        }
        return keys;
    }
}
