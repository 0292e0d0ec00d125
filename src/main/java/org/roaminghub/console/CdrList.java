package org.roaminghub.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.roaminghub.delivery.CdrState;

/** Reads CDRs, newest first. The index has the state in front, so every state is read for itself and the best of all are taken. */
@ApplicationScoped
class CdrList {
    static final List<String> STATES = Stream.of(CdrState.values()).map(Enum::name).toList();
    static final List<String> UNDELIVERED = Stream.of(CdrState.values()).filter(state -> state != CdrState.DELIVERED).map(Enum::name).toList();
    /** Amounts are in the body only; it is opened for the rows that are shown. */
    private static final String SELECT = """
            select p.*, p.document ->> 'id' as spelled, p.document ->> 'session_id' as session_id, p.document ->> 'currency' as currency,
                (p.document ->> 'total_energy')::numeric as energy, (p.document -> 'total_cost' ->> 'excl_vat')::numeric as excl_vat,
                (p.document -> 'total_cost' ->> 'incl_vat')::numeric as incl_vat
            from (select c.*, c.body::json as document from unnest(:states) s(state) cross join lateral (
                    select * from cdr_handover h where h.state = s.state%s order by h.created_at desc, h.owner desc, h.id desc limit :rows) c
                order by c.created_at desc, c.owner desc, c.id desc limit :rows) p
            order by p.created_at desc, p.owner desc, p.id desc""";

    /** A row with the id under which it is stored; the item shows the owner's spelling. */
    record Row(String key, CdrItem item) {
    }

    List<Row> list(Handle handle, Conditions conditions, String[] states, int rows) {
        return conditions.with("states", states).with("rows", rows).query(handle, SELECT.formatted(conditions.more())).map((row, context) -> row(row)).list();
    }

    static void after(Conditions conditions, List<String> key) {
        conditions.and("(h.created_at, h.owner, h.id) < (:after_created, :after_owner, :after_id)", "after_created", ListQuery.time("cursor", key.get(0)))
                .with("after_owner", key.get(1)).with("after_id", key.get(2));
    }

    static List<String> cursor(Row row) {
        return List.of(row.item().createdAt().toString(), row.item().cpo(), row.key());
    }

    /** How many wait in each state, and since when the oldest does. */
    record Waiting(Map<CdrState, Long> byState, Instant oldest) {
    }

    Waiting waiting(Handle handle) {
        Map<CdrState, Long> byState = new EnumMap<>(CdrState.class);
        UNDELIVERED.forEach(state -> byState.put(CdrState.valueOf(state), 0L));
        List<Instant> oldest = handle.createQuery("select state, count(*), min(created_at) from cdr_handover where state = any(:states) group by state")
                .bind("states", UNDELIVERED.toArray(String[]::new)).map((row, context) -> {
                    byState.put(CdrState.valueOf(row.getString(1)), row.getLong(2));
                    return row.getObject(3, OffsetDateTime.class).toInstant();
                }).list();
        return new Waiting(byState, oldest.stream().min(Instant::compareTo).orElse(null));
    }

    private static Row row(ResultSet row) throws SQLException {
        String id = row.getString("id");
        String spelled = row.getString("spelled");
        return new Row(id, new CdrItem(row.getString("owner"), row.getString("receiver"), spelled == null ? id : spelled, row.getString("session_id"), row.getString("state"),
                cost(row), row.getString("currency"), row.getBigDecimal("energy"), List.of(), at(row, "created_at"), at(row, "delivered_at"), row.getString("url_at_partner"),
                row.getString("reason"), at(row, "since"), row.getInt("attempts"), at(row, "next_attempt_at"), row.getObject("http_status", Integer.class),
                row.getObject("ocpi_status", Integer.class)));
    }

    private static CdrItem.Cost cost(ResultSet row) throws SQLException {
        BigDecimal exclVat = row.getBigDecimal("excl_vat");
        return exclVat == null ? null : new CdrItem.Cost(exclVat, row.getBigDecimal("incl_vat"));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return ListQuery.instant(row.getObject(column, OffsetDateTime.class));
    }
}
