package org.roaminghub.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/**
 * The feed (D3). An object takes its new place in the same transaction that writes its document; readers stay below the oldest
 * running transaction, so nothing that commits late is ever passed.
 */
@ApplicationScoped
public class Feed {
    private static final String COLUMNS = """
            module, owner, object, recipient, tx::text::bigint as tx, seq, full_tx::text::bigint as full_tx, full_seq, changed_at""";

    private final Jdbi jdbi;
    private final List<Runnable> wakers = new CopyOnWriteArrayList<>();

    Feed(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Gives an object a new place. Call {@link #wake()} after the commit.
     *
     * @param statusOnly whether receivers who have the object up to its previous full change need only the status; an object
     *                   that is new to the feed then came with its parent
     */
    public void place(Handle transaction, ModuleId module, PartyId owner, String object, PartyId recipient, boolean statusOnly, Instant now) {
        transaction.execute("""
                insert into feed as f (module, owner, object, recipient, tx, seq, full_tx, full_seq, changed_at)
                values (?, ?, ?, ?, pg_current_xact_id(), nextval('feed_seq'),
                    case when ? then '0'::xid8 else pg_current_xact_id() end, case when ? then 0 else lastval() end, ?)
                on conflict (module, owner, object) do update set
                    recipient = excluded.recipient, tx = excluded.tx, seq = excluded.seq, changed_at = excluded.changed_at,
                    full_tx = case when ? then f.full_tx else excluded.full_tx end,
                    full_seq = case when ? then f.full_seq else excluded.full_seq end""",
                module.id(), owner.toString(), object, recipient == null ? null : recipient.toString(), statusOnly, statusOnly, now.atOffset(ZoneOffset.UTC),
                statusOnly, statusOnly);
    }

    /** Tells the readers of this process that something was committed. */
    public void wake() {
        wakers.forEach(Runnable::run);
    }

    void onWake(Runnable waker) {
        wakers.add(waker);
    }

    /** The place below which everything is decided at this moment. */
    public Place horizon() {
        return new Place(jdbi.withHandle(handle -> handle.createQuery("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .mapTo(Long.class).one()) - 1, Long.MAX_VALUE);
    }

    /** What stands beyond a place, over all modules. */
    record Slice(List<FeedEntry> entries, boolean moreAboveHorizon) {
    }

    Slice after(Place place, int limit) {
        return jdbi.withHandle(handle -> {
            List<Seen> rows = handle.createQuery("select " + COLUMNS + ", tx < pg_snapshot_xmin(pg_current_snapshot()) as decided from feed "
                            + "where (tx, seq) > (cast(:tx as text)::xid8, :seq) order by feed.tx, feed.seq limit :limit")
                    .bind("tx", Long.toString(place.tx())).bind("seq", place.seq()).bind("limit", limit)
                    .map((row, context) -> new Seen(entry(row), row.getBoolean("decided"))).list();
            List<FeedEntry> decided = rows.stream().takeWhile(Seen::decided).map(Seen::entry).toList();
            return new Slice(decided, decided.size() < rows.size());
        });
    }

    private record Seen(FeedEntry entry, boolean decided) {
    }

    /** What one lane has not had yet, oldest change first, as far as it is decided. */
    List<FeedEntry> laneAfter(ModuleId module, PartyId owner, PartyId receiver, Place place, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + " from feed "
                        + "where module = :module and owner = :owner and (tx, seq) > (cast(:tx as text)::xid8, :seq) "
                        + "and tx < pg_snapshot_xmin(pg_current_snapshot()) and (recipient is null or recipient = :receiver) "
                        + "order by feed.tx, feed.seq limit :limit")
                .bind("module", module.id()).bind("owner", owner.toString()).bind("receiver", receiver.toString())
                .bind("tx", Long.toString(place.tx())).bind("seq", place.seq()).bind("limit", limit)
                .map((row, context) -> entry(row)).list());
    }

    /**
     * Where somebody stands with one owner.
     *
     * @param owner of the objects
     * @param after the place behind which it has not seen anything
     */
    public record Standing(PartyId owner, Place after) {
    }

    /**
     * What several owners changed, for somebody who stands at another place with each of them: owner by owner in the given order,
     * oldest change first.
     *
     * @param upTo a {@link #horizon()}: what was decided then and has not changed since
     */
    public List<FeedEntry> changes(ModuleId module, List<Standing> owners, Place upTo, int limit) {
        if (owners.isEmpty()) {
            return List.of();
        }
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + " from "
                        + "unnest(cast(:owners as text[]), cast(:txs as text[]), cast(:seqs as text[])) with ordinality as standing (of_owner, after_tx, after_seq, number) "
                        + "cross join lateral (select * from feed where module = :module and owner = of_owner and (tx, seq) > (after_tx::xid8, after_seq::bigint) "
                        + "and tx <= cast(:upTo as text)::xid8 order by feed.tx, feed.seq limit :limit) f order by number, f.tx, f.seq limit :limit")
                .bind("owners", owners.stream().map(standing -> standing.owner().toString()).toArray(String[]::new))
                .bind("txs", owners.stream().map(standing -> Long.toString(standing.after().tx())).toArray(String[]::new))
                .bind("seqs", owners.stream().map(standing -> Long.toString(standing.after().seq())).toArray(String[]::new))
                .bind("module", module.id()).bind("upTo", Long.toString(upTo.tx())).bind("limit", limit)
                .map((row, context) -> entry(row)).list());
    }

    /** One object's entry. */
    Optional<FeedEntry> entry(ModuleId module, PartyId owner, String object) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + " from feed where module = ? and owner = ? and object = ?")
                .bind(0, module.id()).bind(1, owner.toString()).bind(2, object).map((row, context) -> entry(row)).findOne());
    }

    private static FeedEntry entry(ResultSet row) throws SQLException {
        String recipient = row.getString("recipient");
        return new FeedEntry(ModuleId.of(row.getString("module")).orElseThrow(), PartyId.parse(row.getString("owner")), row.getString("object"),
                recipient == null ? null : PartyId.parse(recipient), new Place(row.getLong("tx"), row.getLong("seq")),
                new Place(row.getLong("full_tx"), row.getLong("full_seq")), row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
