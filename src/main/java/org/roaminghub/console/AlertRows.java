package org.roaminghub.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.roaminghub.alerts.AlertState;
import org.roaminghub.alerts.AlertType;

/** Reads alerts, newest first. */
@ApplicationScoped
class AlertRows {
    static final List<String> STATES = Arrays.stream(AlertState.values()).map(Enum::name).toList();
    static final List<String> TYPES = Arrays.stream(AlertType.values()).map(Enum::name).toList();

    List<AlertItem> list(Handle handle, Conditions conditions, int rows) {
        return conditions.with("rows", rows).query(handle, "select * from alert" + conditions.where() + " order by id desc limit :rows").map((row, context) -> item(row)).list();
    }

    Optional<AlertItem> one(Handle handle, long id) {
        return list(handle, new Conditions().and("id = :id", "id", id), 1).stream().findFirst();
    }

    /** Those nobody has taken yet. */
    List<AlertItem> newestOpen(Handle handle, int rows) {
        return list(handle, new Conditions().and("state <> 'CLEARED'").and("state = 'OPEN'"), rows);
    }

    /** How many live ones are in each state. */
    Map<AlertState, Long> counts(Handle handle) {
        Map<AlertState, Long> counts = new EnumMap<>(Map.of(AlertState.OPEN, 0L, AlertState.ACKNOWLEDGED, 0L, AlertState.SILENCED, 0L));
        handle.createQuery("select state, count(*) from alert where state <> 'CLEARED' group by state")
                .map((row, context) -> counts.put(AlertState.valueOf(row.getString(1)), row.getLong(2))).list();
        return counts;
    }

    private static AlertItem item(ResultSet row) throws SQLException {
        String type = row.getString("type");
        return new AlertItem(row.getLong("id"), type, row.getString("state"), row.getString("key"), row.getString("partner"), row.getString("object"), row.getString("reason"),
                row.getString("next_step"), AlertType.valueOf(type).runbook(), at(row, "first_at"), at(row, "last_at"), row.getLong("count"), row.getString("assigned_to"),
                row.getString("acknowledged_by"), at(row, "silenced_until"), at(row, "cleared_at"));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return ListQuery.instant(row.getObject(column, OffsetDateTime.class));
    }
}
