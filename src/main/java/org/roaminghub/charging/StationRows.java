package org.roaminghub.charging;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.roaminghub.charging.fold.StationState;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.EventReader;

/** A station's inbox and the state of its fold. */
@ApplicationScoped
class StationRows {

    /**
     * Where the fold of a station stands.
     *
     * @param base       state before the window
     * @param windowFrom receipt time of the first event of the window; null before the first event
     * @param state      state after the last folded event
     */
    record Saved(StationState base, Instant windowFrom, StationState state) {
    }

    /** The state, locked: another process that works on the same station waits. */
    Saved lock(Handle transaction, StationKey station) {
        String empty = StationState.empty(station.source(), station.station()).toJson();
        transaction.execute("insert into station_state (source, station, base, state) values (?, ?, ?, ?) on conflict do nothing",
                station.source(), station.station(), empty, empty);
        return transaction.select("select base, window_from, state from station_state where source = ? and station = ? for update", station.source(), station.station())
                .map((row, context) -> new Saved(StationState.fromJson(row.getString(1)),
                        Optional.ofNullable(row.getObject(2, OffsetDateTime.class)).map(OffsetDateTime::toInstant).orElse(null),
                        StationState.fromJson(row.getString(3)))).one();
    }

    void save(Handle transaction, StationKey station, Saved saved) {
        transaction.execute("update station_state set base = ?, window_from = ?, state = ? where source = ? and station = ?",
                saved.base().toJson(), saved.windowFrom().atOffset(ZoneOffset.UTC), saved.state().toJson(), station.source(), station.station());
    }

    /** Events that were not folded yet, in order. */
    List<ChargingEvent> unfolded(Handle transaction, StationKey station, int limit) {
        return transaction.select("select body from inbox where source = ? and station = ? and not folded order by received_at, source_seq nulls first, event_id limit ?",
                station.source(), station.station(), limit).map((row, context) -> event(row.getString(1))).list();
    }

    /** Events of the window that were folded already. */
    List<ChargingEvent> folded(Handle transaction, StationKey station, Instant from) {
        return transaction.select("select body from inbox where source = ? and station = ? and folded and received_at >= ?",
                station.source(), station.station(), from.atOffset(ZoneOffset.UTC)).map((row, context) -> event(row.getString(1))).list();
    }

    void markFolded(Handle transaction, StationKey station, List<ChargingEvent> events) {
        transaction.execute("update inbox set folded = true where source = ? and event_id = any(?)", station.source(),
                events.stream().map(event -> event.envelope().id()).toArray(String[]::new));
    }

    private static ChargingEvent event(String body) {
        return EventReader.stored(StrictJson.parse(body));
    }
}
