package org.roaminghub.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/** Lanes and held objects in the database. */
@ApplicationScoped
class LaneStore {
    private final Jdbi jdbi;

    LaneStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A lane as it was saved. */
    record Saved(long id, LaneKey key, Place position, boolean paused) {
    }

    /** What a lane has to say about itself, saved in batches. */
    record Progress(long lane, Place position, Instant lastSuccessAt, String lastError, Instant lastErrorAt) {
    }

    /** Makes the lanes that are missing, at zero, and answers all of these lanes. */
    List<Saved> ensure(Collection<LaneKey> keys) {
        return jdbi.inTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch("insert into lane (partner, module, owner, receiver) values (?, ?, ?, ?) on conflict do nothing");
            keys.forEach(key -> batch.add(key.partner(), key.module().id(), key.owner().toString(), key.receiver().toString()));
            if (!keys.isEmpty()) {
                batch.execute();
            }
            Set<LaneKey> wanted = Set.copyOf(keys);
            return handle.createQuery("select id, partner, module, owner, receiver, tx::text::bigint as tx, seq, paused from lane")
                    .map((row, context) -> new Saved(row.getLong("id"),
                            new LaneKey(row.getString("partner"), ModuleId.of(row.getString("module")).orElseThrow(),
                                    PartyId.parse(row.getString("owner")), PartyId.parse(row.getString("receiver"))),
                            new Place(row.getLong("tx"), row.getLong("seq")), row.getBoolean("paused")))
                    .stream().filter(saved -> wanted.contains(saved.key())).collect(Collectors.toList());
        });
    }

    void save(List<Progress> progress) {
        jdbi.useHandle(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    update lane set tx = cast(? as text)::xid8, seq = ?, last_success_at = coalesce(?, last_success_at),
                        last_error = ?, last_error_at = ? where id = ?""");
            for (Progress lane : progress) {
                batch.add(Long.toString(lane.position().tx()), lane.position().seq(), utc(lane.lastSuccessAt()), lane.lastError(), utc(lane.lastErrorAt()), lane.lane());
            }
            batch.execute();
        });
    }

    void setPaused(long lane, boolean paused) {
        jdbi.useHandle(handle -> handle.execute("update lane set paused = ? where id = ?", paused, lane));
    }

    /** Keeps a refused object, or counts another failed try of one that is kept. */
    void hold(long lane, String object, Instant now, Instant nextAttempt, String reason, Integer httpStatus, Integer ocpiStatus) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into held (lane, object, attempts, next_attempt_at, since, reason, http_status, ocpi_status)
                values (?, ?, 1, ?, ?, ?, ?, ?)
                on conflict (lane, object) do update set attempts = held.attempts + 1, next_attempt_at = excluded.next_attempt_at,
                    reason = excluded.reason, http_status = excluded.http_status, ocpi_status = excluded.ocpi_status""",
                lane, object, utc(nextAttempt), utc(now), reason, httpStatus, ocpiStatus));
    }

    void release(long lane, String object) {
        jdbi.useHandle(handle -> handle.execute("delete from held where lane = ? and object = ?", lane, object));
    }

    Map<String, Integer> heldAttempts(long lane) {
        return jdbi.withHandle(handle -> handle.select("select object, attempts from held where lane = ?", lane)
                .map((row, context) -> Map.entry(row.getString(1), row.getInt(2))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** A held object whose time has come. */
    record Due(long lane, String object) {
    }

    /** Takes due objects and pushes their next try out of the way, so that no second worker takes them meanwhile. */
    List<Due> takeDue(Instant now, Instant leaseUntil, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update held set next_attempt_at = :lease where (lane, object) in
                            (select lane, object from held where next_attempt_at <= :now order by next_attempt_at limit :limit for update skip locked)
                        returning lane, object""")
                .bind("lease", utc(leaseUntil)).bind("now", utc(now)).bind("limit", limit)
                .map((row, context) -> new Due(row.getLong(1), row.getString(2))).list());
    }

    /** Makes held objects due at once: all of a lane, or one. */
    int makeDue(long lane, String objectOrNull, Instant now) {
        return jdbi.withHandle(handle -> handle.execute(
                "update held set next_attempt_at = ? where lane = ? and (cast(? as text) is null or object = ?)", utc(now), lane, objectOrNull, objectOrNull));
    }

    private static java.time.OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
