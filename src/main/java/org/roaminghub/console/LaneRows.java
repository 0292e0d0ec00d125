package org.roaminghub.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.roaminghub.delivery.Lanes;

/** Reads lanes with their lag: what is saved comes from the database in one query, what they are doing now from {@link Lanes}. */
@ApplicationScoped
class LaneRows {
    /** Counting further would cost much and tell an operator nothing new. */
    private static final int COUNT_UP_TO = 100_000;
    private static final int COUNT_UP_TO_LIVE = 2_000;
    private static final String NO_AGREEMENT = "STOPPED";
    private static final String WITH_LAG = """
            select l.id, l.partner, l.module, l.owner, l.receiver, l.last_success_at, l.last_error, l.last_error_at, lag.objects, lag.oldest, kept.objects as held
            from (select * from lane%s order by id limit :rows) l
            cross join lateral (
                select count(*) as objects, min(beyond.changed_at) as oldest from (
                    select f.changed_at from feed f where f.module = l.module and f.owner = l.owner and (f.tx, f.seq) > (l.tx, l.seq)
                        and (f.recipient is null or f.recipient = l.receiver) order by f.tx, f.seq limit :cap + 1) beyond) lag
            cross join lateral (select count(*) as objects from held where held.lane = l.id) kept""";

    private final Lanes lanes;
    private final Clock clock;

    LaneRows(Lanes lanes, Clock clock) {
        this.lanes = lanes;
        this.clock = clock;
    }

    /** Lanes in the order of their ids. */
    List<LaneItem> list(Handle handle, Conditions conditions, int rows) {
        Map<Long, String> states = lanes.states();
        Instant now = clock.instant();
        return conditions.with("rows", rows).with("cap", COUNT_UP_TO).query(handle, WITH_LAG.formatted(conditions.where()) + " order by l.id")
                .map((row, context) -> item(row, states, now, COUNT_UP_TO)).list();
    }

    Optional<LaneItem> one(Handle handle, long id) {
        return list(handle, new Conditions().and("id = :id", "id", id), 1).stream().findFirst();
    }

    /** A lane among its partner's, worst first. */
    record Ranked(LaneItem lane, long total) {
    }

    /** The worst lanes of every partner, of those that have an agreement; the one whose oldest change waits longest comes first. */
    List<Ranked> worst(Handle handle, int perPartner, int overall) {
        Map<Long, String> states = lanes.states();
        Instant now = clock.instant();
        String worstFirst = "oldest nulls last, held desc, last_error_at desc nulls last, id";
        String ranked = "select *, row_number() over (partition by partner order by " + worstFirst + ") as place, count(*) over (partition by partner) as total from ("
                + WITH_LAG.formatted(" where id = any(:ids)") + ") every_lane";
        return handle.createQuery("select * from (" + ranked + ") ranked where place <= :per_partner order by " + worstFirst + " limit :overall")
                .bind("ids", states.keySet().toArray(Long[]::new)).bind("rows", states.size()).bind("cap", COUNT_UP_TO_LIVE)
                .bind("per_partner", perPartner).bind("overall", overall)
                .map((row, context) -> new Ranked(item(row, states, now, COUNT_UP_TO_LIVE), row.getLong("total"))).list();
    }

    private static LaneItem item(ResultSet row, Map<Long, String> states, Instant now, int cap) throws SQLException {
        long id = row.getLong("id");
        long objects = row.getLong("objects");
        Instant oldest = ListQuery.instant(row.getObject("oldest", OffsetDateTime.class));
        return new LaneItem(id, row.getString("partner"), row.getString("module"), row.getString("owner"), row.getString("receiver"),
                states.getOrDefault(id, NO_AGREEMENT), Math.min(objects, cap), objects > cap,
                oldest == null ? 0 : Math.max(0, Duration.between(oldest, now).toSeconds()), row.getLong("held"),
                ListQuery.instant(row.getObject("last_success_at", OffsetDateTime.class)), row.getString("last_error"),
                ListQuery.instant(row.getObject("last_error_at", OffsetDateTime.class)));
    }
}
