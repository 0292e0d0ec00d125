package org.roaminghub.charging;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.roaminghub.charging.fold.StationState;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.EventReader;

/** Inboxes of stations and the states of their folds, read and written for many stations with one statement each. */
@ApplicationScoped
class StationRows {
    private static final int REMEMBERED_STATES = 5_000;

    /** States this process wrote last. The row's version tells whether another process has written since. */
    private final Cache<StationKey, Saved> remembered = Caffeine.newBuilder().maximumSize(REMEMBERED_STATES).build();

    /**
     * Where the fold of a station stands.
     *
     * @param version    counts the writes of the row
     * @param windowFrom receipt time of the first event of the window; null before the first event
     * @param state      state after the last folded event
     */
    record Saved(long version, Instant windowFrom, StationState state) {
    }

    /** States of these stations, locked in one order: another process that works on one of them waits. */
    Map<StationKey, Saved> lock(Handle transaction, Collection<StationKey> stations) {
        Map<StationKey, Saved> locked = select(transaction, stations);
        List<StationKey> fresh = stations.stream().filter(station -> !locked.containsKey(station)).toList();
        if (fresh.isEmpty()) {
            return locked;
        }
        PreparedBatch batch = transaction.prepareBatch("insert into station_state (source, station, base, state) values (?, ?, ?, ?) on conflict do nothing");
        for (StationKey station : fresh) {
            String empty = StationState.empty(station.source(), station.station()).toJson();
            batch.add(station.source(), station.station(), empty, empty);
        }
        batch.execute();
        return select(transaction, stations);
    }

    private Map<StationKey, Saved> select(Handle transaction, Collection<StationKey> stations) {
        Map<StationKey, Saved> locked = new LinkedHashMap<>();
        List<StationKey> unknown = new ArrayList<>();
        transaction.createQuery("select s.source, s.station, s.version, s.window_from from unnest(:sources, :stations) k (source, station) join station_state s using (source, station) "
                        + "order by s.source, s.station for update of s")
                .bind("sources", sources(stations)).bind("stations", names(stations))
                .map((row, context) -> {
                    StationKey station = new StationKey(row.getString(1), row.getString(2));
                    Saved known = remembered.getIfPresent(station);
                    if (known != null && known.version() == row.getLong(3)) {
                        locked.put(station, known);
                        return station;
                    }
                    unknown.add(station);
                    locked.put(station, new Saved(row.getLong(3), Optional.ofNullable(row.getObject(4, OffsetDateTime.class)).map(OffsetDateTime::toInstant).orElse(null), null));
                    return station;
                }).list();
        if (!unknown.isEmpty()) {
            transaction.createQuery("select source, station, state from unnest(:sources, :stations) k (source, station) join station_state using (source, station)")
                    .bind("sources", sources(unknown)).bind("stations", names(unknown))
                    .map((row, context) -> Map.entry(new StationKey(row.getString(1), row.getString(2)), StationState.fromJson(row.getString(3))))
                    .forEach(entry -> locked.computeIfPresent(entry.getKey(), (station, saved) -> new Saved(saved.version(), saved.windowFrom(), entry.getValue())));
        }
        return locked;
    }

    /** The state before the window, which is only needed to fold the window again. */
    StationState base(Handle transaction, StationKey station) {
        return transaction.select("select base from station_state where source = ? and station = ?", station.source(), station.station())
                .mapTo(String.class).map(StationState::fromJson).one();
    }

    /** Moves the window: what is given as state becomes the base. */
    void rebase(Handle transaction, StationKey station, StationState base) {
        transaction.execute("update station_state set base = ? where source = ? and station = ?", base.toJson(), station.source(), station.station());
    }

    void save(Handle transaction, Map<StationKey, Saved> saved) {
        PreparedBatch batch = transaction.prepareBatch("update station_state set version = ?, window_from = ?, state = ? where source = ? and station = ?");
        saved.forEach((station, row) -> batch.add(row.version(), row.windowFrom().atOffset(ZoneOffset.UTC), row.state().toJson(), station.source(), station.station()));
        batch.execute();
    }

    /** Keeps states in memory once they are committed. */
    void remember(Map<StationKey, Saved> committed) {
        remembered.putAll(committed);
    }

    /** Events of these stations that were not folded yet. */
    Map<StationKey, List<ChargingEvent>> unfolded(Handle transaction, Collection<StationKey> stations, int limit) {
        Map<StationKey, List<ChargingEvent>> events = new HashMap<>();
        transaction.createQuery("""
                        select k.source, k.station, i.body from unnest(:sources, :stations) k (source, station) cross join lateral
                            (select body from inbox where source = k.source and station = k.station and not folded
                             order by received_at, source_seq nulls first, event_id limit :limit) i""")
                .bind("sources", sources(stations)).bind("stations", names(stations)).bind("limit", limit)
                .map((row, context) -> Map.entry(new StationKey(row.getString(1), row.getString(2)), event(row.getString(3))))
                .forEach(entry -> events.computeIfAbsent(entry.getKey(), station -> new ArrayList<>()).add(entry.getValue()));
        return events;
    }

    /** Events of the window that were folded already. */
    List<ChargingEvent> folded(Handle transaction, StationKey station, Instant from) {
        return transaction.select("select body from inbox where source = ? and station = ? and folded and received_at >= ?",
                station.source(), station.station(), from.atOffset(ZoneOffset.UTC)).map((row, context) -> event(row.getString(1))).list();
    }

    void markFolded(Handle transaction, Collection<List<ChargingEvent>> events) {
        List<ChargingEvent> all = events.stream().flatMap(List::stream).toList();
        transaction.execute("update inbox i set folded = true from unnest(?, ?) k (source, event_id) where i.source = k.source and i.event_id = k.event_id",
                all.stream().map(event -> event.envelope().source()).toArray(String[]::new), all.stream().map(event -> event.envelope().id()).toArray(String[]::new));
    }

    private static String[] sources(Collection<StationKey> stations) {
        return stations.stream().map(StationKey::source).toArray(String[]::new);
    }

    private static String[] names(Collection<StationKey> stations) {
        return stations.stream().map(StationKey::station).toArray(String[]::new);
    }

    private static ChargingEvent event(String body) {
        return EventReader.stored(StrictJson.parse(body));
    }
}
