package org.roaminghub.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads charging sessions, newest start first; those whose start is not known yet come before all others. */
@ApplicationScoped
class SessionList {
    static final List<String> STATES = List.of("PENDING", "ACTIVE", "ENDED_PROVISIONAL", "COMPLETED", "INVALID");
    private static final String COLUMNS = """
            owner, id, emsp, station, evse_id, connector_id, transaction_id, id_token, start_at, stop_at, stop_reason, stop_reason_raw, energy_wh, energy_method,
            state, cdr, cdr_reason, flags, updated_at""";
    private static final String OPEN = "state in ('PENDING', 'ACTIVE', 'ENDED_PROVISIONAL')";

    /** A page; the cursor is start, owner and id of the last item, the start empty when it is not known. */
    List<SessionItem> list(Handle handle, Conditions conditions, int rows, boolean clear) {
        return conditions.with("rows", rows).query(handle, "select " + COLUMNS + " from charging_session" + conditions.where()
                        + " order by start_at desc, owner desc, id desc limit :rows")
                .map((row, context) -> item(row, clear)).list();
    }

    static void after(Conditions conditions, List<String> key) {
        conditions.with("after_owner", key.get(1)).with("after_id", key.get(2));
        if (key.get(0).isEmpty()) {
            conditions.and("(start_at is not null or (owner, id) < (:after_owner, :after_id))");
            return;
        }
        conditions.and("(start_at, owner, id) < (:after_start, :after_owner, :after_id)", "after_start", ListQuery.time("cursor", key.get(0)));
    }

    static List<String> cursor(SessionItem item) {
        return List.of(item.start() == null ? "" : item.start().toString(), item.cpo(), item.id());
    }

    long countOpen(Handle handle) {
        return handle.createQuery("select count(*) from charging_session where " + OPEN).mapTo(Long.class).one();
    }

    /** Open sessions that began last. Looked for among the open ones only, however many closed ones there are. */
    List<SessionItem> newestOpen(Handle handle, int rows) {
        return handle.createQuery("with opened as materialized (select owner, id, start_at from charging_session where " + OPEN + "), "
                        + "newest as (select owner, id from opened order by start_at desc, owner desc, id desc limit :rows) "
                        + "select " + COLUMNS + " from charging_session where (owner, id) in (select owner, id from newest) order by start_at desc, owner desc, id desc")
                .bind("rows", rows).map((row, context) -> item(row, false)).list();
    }

    private static SessionItem item(ResultSet row, boolean clear) throws SQLException {
        return new SessionItem(row.getString("owner"), row.getString("id"), row.getString("emsp"), row.getString("station"), row.getInt("evse_id"),
                row.getObject("connector_id", Integer.class), row.getString("transaction_id"), TokenMask.idToken(row.getString("id_token"), clear),
                at(row, "start_at"), at(row, "stop_at"), row.getString("stop_reason"), row.getString("stop_reason_raw"), row.getBigDecimal("energy_wh"),
                row.getString("energy_method"), row.getString("state"), cdr(row.getString("cdr")), row.getString("cdr_reason"),
                List.of((String[]) row.getArray("flags").getArray()), at(row, "updated_at"));
    }

    /** The fold decides to hold; of the session people say that its CDR is held. */
    private static String cdr(String decision) {
        return "HOLD".equals(decision) ? "HELD" : decision;
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return ListQuery.instant(row.getObject(column, OffsetDateTime.class));
    }
}
