package org.roaminghub.console;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads pulls, what they could not take and what they miss. */
@ApplicationScoped
class PullRows {
    private static final String PULLS = """
            select p.*, (p.walk::jsonb ->> 'offset')::bigint as next_offset,
                case when p.state = 'RUNNING' then case when p.attempts > 0 then 'WAITING' else 'RUNNING' end when p.wanted is not null then 'QUEUED' else p.state end as doing,
                (select count(*) from pull_fault f where f.pull = p.id) as faults,
                (select count(*) from pull_missing m where m.partner = p.partner and m.module = p.module and m.owner = p.party) as missing
            from pull p where p.partner = :partner and p.active and p.id > :after order by p.id limit :rows""";
    private static final String FAULTS = """
            select p.id, p.module, p.party, f.object, f.reason, f.since, f.last_at, f.times from pull_fault f join pull p on p.id = f.pull
            where p.partner = :partner and (p.id, f.object) > (:pull, :object) order by p.id, f.object limit :rows""";
    private static final String MISSING = """
            select module, owner, object, missing_since, pulls, acted_at from pull_missing
            where partner = :partner and (module, owner, object) > (:module, :owner, :object) order by module, owner, object limit :rows""";

    /** An object of a pulled page that was not taken. @param key as stored: {@code object} may be masked */
    record FaultItem(@JsonIgnore long pull, @JsonIgnore String key, String module, String party, String object, String reason, Instant since, Instant lastAt, int times) {
    }

    /** An object we hold that complete pulls do not show. @param actedAt when we marked it REMOVED or deleted it, null as long as it is only flagged */
    record MissingItem(String module, String owner, String object, Instant missingSince, int pulls, Instant actedAt) {
    }

    List<PullItem> pulls(Handle handle, String partner, long after, int rows) {
        return handle.createQuery(PULLS).bind("partner", partner).bind("after", after).bind("rows", rows).map((row, context) -> item(row)).list();
    }

    List<FaultItem> faults(Handle handle, String partner, long pull, String object, int rows, boolean clear) {
        return handle.createQuery(FAULTS).bind("partner", partner).bind("pull", pull).bind("object", object).bind("rows", rows)
                .map((row, context) -> new FaultItem(row.getLong("id"), row.getString("object"), row.getString("module"), row.getString("party"),
                        TokenMask.object(row.getString("module"), row.getString("object"), clear), row.getString("reason"), instant(row, "since"), instant(row, "last_at"),
                        row.getInt("times"))).list();
    }

    List<MissingItem> missing(Handle handle, String partner, List<String> after, int rows) {
        return handle.createQuery(MISSING).bind("partner", partner).bind("module", after.get(0)).bind("owner", after.get(1)).bind("object", after.get(2)).bind("rows", rows)
                .map((row, context) -> new MissingItem(row.getString("module"), row.getString("owner"), row.getString("object"), instant(row, "missing_since"),
                        row.getInt("pulls"), instant(row, "acted_at"))).list();
    }

    /** What is under way or failed, by partner; of many the first. */
    Map<String, List<Snapshot.PullNote>> notes(Handle handle, int rows) {
        return handle.createQuery("select partner, module, party, state, pages, seen, last_error from pull where active and state in ('RUNNING', 'FAILED') order by partner, module, party limit :rows")
                .bind("rows", rows)
                .map((row, context) -> Map.entry(row.getString("partner"), new Snapshot.PullNote(row.getString("module"), row.getString("party"),
                        row.getString("state").equals("RUNNING"), row.getInt("pages"), row.getInt("seen"), row.getString("last_error"))))
                .stream().collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static PullItem item(ResultSet row) throws SQLException {
        return new PullItem(row.getLong("id"), row.getString("module"), row.getString("party"), row.getString("doing"), row.getString("mode"), instant(row, "date_from"),
                row.getObject("next_offset", Long.class), row.getInt("pages"), row.getInt("seen"), row.getInt("created"), row.getInt("updated"), row.getInt("unchanged"),
                row.getInt("refused"), row.getInt("ignored"), instant(row, "started_at"), instant(row, "finished_at"), instant(row, "high_water"), instant(row, "delta_at"),
                instant(row, "full_at"), row.getInt("attempts"), row.getString("last_error"), row.getLong("faults"), row.getLong("missing"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return ListQuery.instant(row.getObject(column, OffsetDateTime.class));
    }
}
