package org.roaminghub.charging;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
 * Folds a station's new events and stores what came of them: the state, the documents, their places in the feed and the mark on
 * the events are one transaction, so a restart at any moment finds either all of it or nothing.
 *
 * <p>An event that sorts before the last folded one starts the window again from its base. The window begins after the station
 * had been quiet for an hour.
 */
@ApplicationScoped
class StationProcessor {
    private static final int EVENTS_AT_ONCE = 1_000;
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

    /**
     * Works off what the station has.
     *
     * @param projectAgain make the documents of its sessions anew, because something they waited for has arrived
     * @return whether there is more
     */
    boolean process(StationKey station, boolean projectAgain) {
        boolean more = jdbi.inTransaction(transaction -> work(transaction, station, projectAgain));
        counts.changed(ModuleId.SESSIONS);
        counts.changed(ModuleId.CDRS);
        feed.wake();
        return more;
    }

    private boolean work(Handle transaction, StationKey station, boolean projectAgain) {
        Saved saved = rows.lock(transaction, station);
        if (projectAgain) {
            unresolved.clear(transaction, station);
        }
        List<Bound> bound = locations.bound(station.source(), station.station());
        if (bound.isEmpty()) {
            unresolved.add(transaction, Unresolved.Kind.STATION, station.station(), station);
            return false;
        }
        List<ChargingEvent> fresh = rows.unfolded(transaction, station, EVENTS_AT_ONCE);
        if (fresh.isEmpty() && !projectAgain) {
            return false;
        }
        Saved window = fresh.isEmpty() ? saved : advance(saved, fresh.get(0));
        Fold fold = fold(transaction, station, window, fresh);
        project(transaction, fold, bound, projectAgain);
        if (!fresh.isEmpty()) {
            rows.markFolded(transaction, station, fresh);
            rows.save(transaction, station, new Saved(window.base(), window.windowFrom(), fold.state()));
        }
        return fresh.size() == EVENTS_AT_ONCE;
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
        StationFold.Step step = StationFold.foldAll(window.base(), all);
        return new Fold(step.state(), step.effects(), true);
    }

    /** Moves the window's beginning up to this event when everything before it has come to rest. */
    private static Saved advance(Saved saved, ChargingEvent next) {
        Instant at = next.envelope().receivedAt();
        if (saved.windowFrom() == null) {
            return new Saved(saved.base(), at, saved.state());
        }
        Instant rest = at.minus(QUIET);
        boolean quiet = saved.state().sessions().stream().noneMatch(session -> session.isOpen() || session.lastReceivedAt().isAfter(rest));
        if (!quiet || saved.state().isBehind(next)) {
            return saved;
        }
        StationState settled = saved.state().withoutFinal(at.minus(KEEP_FINAL_SESSIONS));
        return new Saved(settled, at, settled);
    }

    private void project(Handle transaction, Fold fold, List<Bound> bound, boolean projectAgain) {
        statuses.store(transaction, fold.state(), bound);
        Set<String> touched = fold.again() || projectAgain
                ? fold.state().sessions().stream().map(SessionState::key).collect(Collectors.toCollection(LinkedHashSet::new))
                : touched(fold.effects());
        for (String key : touched) {
            fold.state().session(key).ifPresent(session -> sessions.project(transaction, session, bound));
        }
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
