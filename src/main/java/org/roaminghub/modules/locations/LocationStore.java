package org.roaminghub.modules.locations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.modules.core.SenderPages;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.StrictJson;

/** Rows of EVSEs, bindings of stations, and whole Locations put together from their rows. */
@ApplicationScoped
class LocationStore {
    /** A Location row without its last brace, then its EVSEs and its time: the whole document as text. */
    static final SenderPages.Shape WHOLE = new SenderPages.Shape(
            "left(d.body, -1) || coalesce(',\"evses\":[' || e.list || ']', '') || ',\"last_updated\":\"' || d.last_updated || '\"}'",
            "left join lateral (select string_agg(evse.body, ',' order by evse.position) as list from evse where evse.owner = d.owner and evse.location = d.id) e on true");

    private final Jdbi jdbi;

    LocationStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Whole documents by folded id. */
    Map<String, Whole> whole(PartyId owner, Collection<String> ids) {
        Map<String, Whole> found = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("select d.id, d.spelled, " + WHOLE.expression() + " as text from document d " + WHOLE.join()
                        + " where d.module = 'locations' and d.owner = :owner and d.id = any(:ids) and not d.deleted")
                .bind("owner", owner.toString()).bind("ids", ids.toArray(String[]::new))
                .map((row, context) -> new Whole(row.getString(1), row.getString(2), row.getString(3)))
                .forEach(location -> found.put(location.id(), location)));
        return found;
    }

    /** A Location as partners see it. */
    record Whole(String id, String spelled, String text) {
    }

    /** The time the Location itself came with, which its EVSEs do not move. */
    Optional<Instant> ownTime(Handle handle, PartyId owner, String location) {
        return handle.select("select own_updated_at from document where module = 'locations' and owner = ? and id = ? and own_updated_at is not null", owner.toString(), location)
                .map((row, context) -> row.getObject(1, OffsetDateTime.class).toInstant()).findOne();
    }

    void ownTime(Handle handle, PartyId owner, String location, Instant time) {
        handle.execute("update document set own_updated_at = ? where module = 'locations' and owner = ? and id = ?", time.atOffset(ZoneOffset.UTC), owner.toString(), location);
    }

    List<EvseRow> evses(Handle handle, PartyId owner, String location) {
        return handle.select("select position, body from evse where owner = ? and location = ? order by position", owner.toString(), location)
                .map((row, context) -> row(row)).list();
    }

    Optional<EvseRow> evse(Handle handle, PartyId owner, String location, String uid) {
        return handle.select("select position, body from evse where owner = ? and location = ? and uid = ?", owner.toString(), location, uid)
                .map((row, context) -> row(row)).findOne();
    }

    Optional<EvseRow> evse(PartyId owner, String location, String uid) {
        return jdbi.withHandle(handle -> evse(handle, owner, location, uid));
    }

    void write(Handle handle, PartyId owner, String location, EvseRow evse) {
        handle.execute("""
                insert into evse (owner, location, uid, spelled, position, body, status) values (?, ?, ?, ?, ?, ?, ?)
                on conflict (owner, location, uid) do update set spelled = excluded.spelled, position = excluded.position, body = excluded.body, status = excluded.status""",
                owner.toString(), location, evse.uid(), evse.spelled(), evse.position(), evse.body().toString(), evse.status());
    }

    void removeOthers(Handle handle, PartyId owner, String location, List<EvseRow> kept) {
        handle.execute("delete from evse where owner = ? and location = ? and not (uid = any(?))",
                owner.toString(), location, kept.stream().map(EvseRow::uid).toArray(String[]::new));
    }

    int nextPosition(Handle handle, PartyId owner, String location) {
        return handle.select("select coalesce(max(position) + 1, 0) from evse where owner = ? and location = ?", owner.toString(), location).mapTo(Integer.class).one();
    }

    /** Replaces the bindings of a Location's EVSEs. */
    void bind(Handle handle, String source, PartyId owner, String location, List<StationBinding> bindings) {
        handle.execute("delete from station_binding where owner = ? and location = ?", owner.toString(), location);
        for (StationBinding binding : bindings) {
            handle.execute("""
                    insert into station_binding (source, station, evse_id, connector_id, owner, location, evse_uid) values (?, ?, ?, ?, ?, ?, ?)
                    on conflict (source, station, evse_id, connector_id) do update set owner = excluded.owner, location = excluded.location, evse_uid = excluded.evse_uid""",
                    source, binding.station(), binding.evseId(), binding.connectorId(), owner.toString(), location, binding.evseUid());
        }
    }

    List<StationBinding> bindings(PartyId owner, String location, String evseUid) {
        return jdbi.withHandle(handle -> handle.select("select station, evse_id, connector_id from station_binding where owner = ? and location = ? and evse_uid = ? order by connector_id",
                owner.toString(), location, evseUid).map((row, context) -> new StationBinding(row.getString(1), row.getInt(2), row.getInt(3), evseUid)).list());
    }

    List<StationBinding.Bound> bound(Handle handle, List<String> sources, List<String> stations) {
        return handle.createQuery("select b.source, b.station, evse_id, connector_id, owner, location, evse_uid from unnest(:sources, :stations) k (source, station) "
                        + "join station_binding b using (source, station)")
                .bind("sources", sources.toArray(String[]::new)).bind("stations", stations.toArray(String[]::new))
                .map((row, context) -> new StationBinding.Bound(row.getString(1), row.getString(2), row.getInt(3), row.getInt(4), PartyId.parse(row.getString(5)),
                        row.getString(6), row.getString(7))).list();
    }

    private static EvseRow row(ResultSet row) throws SQLException {
        return EvseRow.of(row.getInt("position"), (ObjectNode) StrictJson.parse(row.getString("body")));
    }
}
