package org.roaminghub.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A backend sent lines that could not be taken. Over after an hour without another. */
@ApplicationScoped
class DeadLetter implements AlertRule {
    private static final Duration REMEMBER = Duration.ofHours(1);

    /** What a source sent within the hour; code, field and reason are those of the newest line. */
    record Fact(String source, long count, String code, String field, String reason, Instant newest) {
    }

    @Override
    public AlertType type() {
        return AlertType.DEAD_LETTER;
    }

    @Override
    public List<Finding> look(Handle handle, Thresholds thresholds, Instant now) {
        return findings(handle.createQuery("""
                        select distinct on (source) source, count(*) over (partition by source) as number, code, field, reason, at from dead_letter
                        where at > :since order by source, at desc limit :rows""")
                .bind("since", Thresholds.utc(now.minus(REMEMBER))).bind("rows", AT_MOST)
                .map((row, context) -> new Fact(row.getString("source"), row.getLong("number"), row.getString("code"), row.getString("field"), row.getString("reason"),
                        row.getObject("at", OffsetDateTime.class).toInstant())).list(), now);
    }

    static List<Finding> findings(List<Fact> facts, Instant now) {
        return facts.stream().filter(fact -> !Thresholds.isOlder(fact.newest(), REMEMBER, now))
                .map(fact -> new Finding(AlertType.DEAD_LETTER, fact.source(), fact.source(), fact.field() == null ? fact.code() : fact.field(),
                        fact.source() + " sent " + (fact.count() == 1 ? "a line" : fact.count() + " lines") + " within the hour that could not be taken, the newest at " + fact.newest()
                                + ": " + fact.code() + (fact.field() == null ? "" : " at " + fact.field()) + ", " + fact.reason(),
                        "read the lines in the table dead_letter and give them to whoever runs " + fact.source() + "; corrected lines can be sent again with their ids"))
                .toList();
    }
}
