package org.roaminghub.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Signs of life in the database. Every change of state is an update that only one replica can win. */
@ApplicationScoped
class PresenceStore {
    private final Jdbi jdbi;

    PresenceStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param notBefore null when the partner may be asked at any time */
    record Row(String partner, boolean reachable, Instant since, Instant heard, Instant notBefore) {
    }

    Map<String, Row> all() {
        return jdbi.withHandle(handle -> handle.createQuery("select partner, reachable, since, heard_at, next_probe_at from partner_presence")
                .map((row, context) -> new Row(row.getString(1), row.getBoolean(2), instant(row.getObject(3, OffsetDateTime.class)),
                        instant(row.getObject(4, OffsetDateTime.class)), instant(row.getObject(5, OffsetDateTime.class))))
                .stream().collect(Collectors.toMap(Row::partner, row -> row)));
    }

    /** Writes down when partners were heard last; one that is seen for the first time counts as reachable. */
    void heard(Map<String, Instant> partners) {
        jdbi.useHandle(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    insert into partner_presence as p (partner, reachable, since, heard_at) values (?, true, ?, ?)
                    on conflict (partner) do update set heard_at = greatest(p.heard_at, excluded.heard_at)""");
            partners.forEach((partner, at) -> batch.add(partner, utc(at), utc(at)));
            batch.execute();
        });
    }

    /** Whether it is for this replica to ask; until {@code lease} no other will. */
    boolean claim(String partner, Instant now, Instant lease) {
        return update("update partner_presence set next_probe_at = ? where partner = ? and (next_probe_at is null or next_probe_at <= ?)", utc(lease), partner, utc(now));
    }

    void askAgain(String partner, Instant at) {
        update("update partner_presence set next_probe_at = ? where partner = ?", utc(at), partner);
    }

    /** Whether the partner was away until now. */
    boolean back(String partner, Instant heard, Instant now) {
        return update("""
                update partner_presence set reachable = true, since = ?, heard_at = greatest(heard_at, ?), next_probe_at = null
                where partner = ? and not reachable and since < ?""", utc(now), utc(heard), partner, utc(heard));
    }

    /** Whether the partner was there until now and gave no sign of life on any replica since it was asked. */
    boolean gone(String partner, Instant asked, Instant now) {
        return update("update partner_presence set reachable = false, since = ? where partner = ? and reachable and heard_at < ?", utc(now), partner, utc(asked));
    }

    private boolean update(String sql, Object... arguments) {
        return jdbi.withHandle(handle -> handle.execute(sql, arguments)) == 1;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
