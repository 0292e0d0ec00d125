package org.roaminghub.alerts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.platform.HubSettings;

/** What the webhook has still to be told: written down with the alert itself, taken out when it was told. */
@ApplicationScoped
class Notices {
    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Clock clock;
    private final boolean wanted;

    Notices(Jdbi jdbi, ObjectMapper json, Clock clock, HubSettings settings) {
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
        this.wanted = settings.alertsWebhookUrl().isPresent();
    }

    /** What happened to an alert. One that comes back from silence opens again. */
    enum Event {
        OPENED,
        CLEARED
    }

    /** A notice to send. */
    record Notice(long id, String body, int attempts, Instant createdAt) {
    }

    /** Writes notices about these alerts as they stand now, within the transaction that changed them. */
    void add(Handle transaction, Event event, List<Long> alerts, OffsetDateTime now) {
        if (!wanted || alerts.isEmpty()) {
            return;
        }
        transaction.createQuery("select * from alert where id = any(:ids) order by id").bind("ids", alerts.toArray(Long[]::new))
                .map((row, context) -> body(event, now, row)).list()
                .forEach(body -> transaction.execute("insert into alert_notice (alert, body, created_at, due_at) values (?, ?, ?, ?)",
                        body.path("alert").path("id").asLong(), body.toString(), now, now));
    }

    private ObjectNode body(Event event, OffsetDateTime now, ResultSet row) throws SQLException {
        ObjectNode body = json.createObjectNode().put("event", event.name()).put("at", now.toInstant().toString());
        body.putObject("alert").put("id", row.getLong("id")).put("type", row.getString("type")).put("state", row.getString("state")).put("key", row.getString("key"))
                .put("partner", row.getString("partner")).put("object", row.getString("object")).put("reason", row.getString("reason"))
                .put("next_step", row.getString("next_step")).put("runbook", AlertType.valueOf(row.getString("type")).runbook())
                .put("first_at", row.getObject("first_at", OffsetDateTime.class).toInstant().toString())
                .put("last_at", row.getObject("last_at", OffsetDateTime.class).toInstant().toString()).put("count", row.getInt("count"));
        return body;
    }

    /** Takes the next notice that is due, for one replica alone until the lease ends. An alert's clearing waits for its opening. */
    Optional<Notice> takeDue(Duration lease) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update alert_notice set due_at = :lease, attempts = attempts + 1 where id in (
                            select id from alert_notice n where state = 'DUE' and due_at <= :now
                                and not exists (select 1 from alert_notice before where before.alert = n.alert and before.id < n.id and before.state = 'DUE')
                            order by due_at, id limit 1 for update skip locked)
                        returning id, body, attempts, created_at""")
                .bind("lease", Thresholds.utc(now.plus(lease))).bind("now", Thresholds.utc(now))
                .map((row, context) -> new Notice(row.getLong(1), row.getString(2), row.getInt(3), row.getObject(4, OffsetDateTime.class).toInstant())).findOne());
    }

    void told(Notice notice) {
        jdbi.useHandle(handle -> handle.execute("delete from alert_notice where id = ?", notice.id()));
    }

    void again(Notice notice, String error, Instant at) {
        jdbi.useHandle(handle -> handle.execute("update alert_notice set due_at = ?, last_error = ? where id = ?", Thresholds.utc(at), error, notice.id()));
    }

    /** Nobody will be told any more; the row stays with its alert. */
    void givenUp(Notice notice, String error) {
        jdbi.useHandle(handle -> handle.execute("update alert_notice set state = 'FAILED', last_error = ? where id = ?", error, notice.id()));
    }
}
