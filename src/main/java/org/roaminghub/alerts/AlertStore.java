package org.roaminghub.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Alerts in the database. What an operator decides meanwhile is never overwritten by a round. */
@ApplicationScoped
class AlertStore {
    private final Jdbi jdbi;
    private final Notices notices;
    private final Clock clock;

    AlertStore(Jdbi jdbi, Notices notices, Clock clock) {
        this.jdbi = jdbi;
        this.notices = notices;
        this.clock = clock;
    }

    /** Whether this replica looks now; no other does before {@code every} has passed. */
    boolean claimRound(Duration every) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> handle.execute("update alert_round set at = ? where at <= ?", Thresholds.utc(now), Thresholds.utc(now.minus(every)))) == 1;
    }

    List<LifeCycle.Live> live() {
        return jdbi.withHandle(handle -> handle.createQuery("select id, type, key, state, silenced_until from alert where state <> 'CLEARED'")
                .map((row, context) -> live(row)).list());
    }

    private static LifeCycle.Live live(ResultSet row) throws SQLException {
        return new LifeCycle.Live(row.getLong("id"), AlertType.valueOf(row.getString("type")), row.getString("key"), AlertState.valueOf(row.getString("state")),
                Thresholds.instant(row.getObject("silenced_until", OffsetDateTime.class)));
    }

    /** Writes a round down, with what the webhook has to be told, in one transaction. */
    void apply(LifeCycle.Changes changes) {
        OffsetDateTime now = Thresholds.utc(clock.instant());
        jdbi.useTransaction(handle -> {
            changes.opened().forEach(finding -> open(handle, finding, now));
            again(handle, changes.again(), now);
            List<Long> cleared = handle.createQuery("update alert set state = 'CLEARED', cleared_at = :now, silenced_until = null where id = any(:ids) and state <> 'CLEARED' returning id")
                    .bind("now", now).bind("ids", changes.cleared().toArray(Long[]::new)).mapTo(Long.class).list();
            notices.add(handle, Notices.Event.CLEARED, cleared, now);
        });
    }

    private void open(Handle handle, Finding finding, OffsetDateTime now) {
        List<Long> opened = handle.createQuery("""
                        insert into alert (type, key, partner, object, reason, next_step, state, first_at, last_at)
                        values (:type, :key, :partner, :object, :reason, :nextStep, 'OPEN', :now, :now)
                        on conflict (type, key) where state <> 'CLEARED' do nothing returning id""")
                .bind("type", finding.type().name()).bind("key", finding.key()).bind("partner", finding.partner()).bind("object", finding.object())
                .bind("reason", finding.reason()).bind("nextStep", finding.nextStep()).bind("now", now).mapTo(Long.class).list();
        notices.add(handle, Notices.Event.OPENED, opened, now);
    }

    private void again(Handle handle, List<LifeCycle.Again> again, OffsetDateTime now) {
        if (again.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                update alert set last_at = ?, count = count + 1, partner = ?, object = ?, reason = ?, next_step = ? where id = ? and state <> 'CLEARED'""");
        again.forEach(seen -> batch.add(now, seen.finding().partner(), seen.finding().object(), seen.finding().reason(), seen.finding().nextStep(), seen.id()));
        batch.execute();
        Long[] returning = again.stream().filter(LifeCycle.Again::returns).map(LifeCycle.Again::id).toArray(Long[]::new);
        List<Long> returned = handle.createQuery("""
                        update alert set state = 'OPEN', silenced_until = null where id = any(:ids) and state = 'SILENCED' and silenced_until <= :now returning id""")
                .bind("ids", returning).bind("now", now).mapTo(Long.class).list();
        notices.add(handle, Notices.Event.OPENED, returned, now);
    }

    /** Cleared alerts are history for a while. */
    void forgetClearedBefore(Instant time) {
        jdbi.useHandle(handle -> handle.execute("delete from alert where state = 'CLEARED' and cleared_at < ?", Thresholds.utc(time)));
    }
}
