package org.roaminghub.pull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.pull.PageIntake.Fault;
import org.roaminghub.pull.PageIntake.Taken;
import org.roaminghub.pull.Pull.Mode;

/**
 * Pulls in the database. Who works on a row holds its lease: every step of a run names the lease, so a process that lost it to
 * another one changes nothing any more.
 */
@ApplicationScoped
class PullStore {
    private static final String COLUMNS = "id, partner, module, party, state, mode, wanted, date_from, walk, pages, started_at, high_water, delta_at, full_at, attempts";

    private static final int LONGEST_NAME = 600;

    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Clock clock;

    PullStore(Jdbi jdbi, ObjectMapper json, Clock clock) {
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
    }

    /** When a new row is scheduled. @param full null for only on demand */
    record Schedule(PullPlan.Wanted pull, Instant delta, Instant full) {
    }

    /** These rows, and no others, are active; new ones and those of a new registration want everything (TRANS-53). */
    void align(List<Schedule> schedules, Instant firstDue) {
        jdbi.useTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    insert into pull (partner, module, party, active, state, wanted, registered_at, delta_at, full_at, due_at)
                    values (?, ?, ?, true, 'IDLE', 'FULL', ?, ?, ?, ?)
                    on conflict (partner, module, party) do update set active = true, state = 'IDLE', wanted = 'FULL', lease = null, lease_until = null,
                        cancel = false, attempts = 0, registered_at = excluded.registered_at, due_at = excluded.due_at
                    where pull.registered_at <> excluded.registered_at""");
            for (Schedule one : schedules) {
                PullPlan.Wanted pull = one.pull();
                batch.add(pull.partner(), pull.module().id(), pull.party().toString(), utc(pull.registeredAt()), utc(one.delta()), utc(one.full()), utc(firstDue));
            }
            if (!schedules.isEmpty()) {
                batch.execute();
            }
            handle.createUpdate("update pull p set active = not p.active where p.active <> exists "
                            + "(select 1 from unnest(:partners, :modules, :parties) w (partner, module, party) where w.partner = p.partner and w.module = p.module and w.party = p.party)")
                    .bind("partners", schedules.stream().map(one -> one.pull().partner()).toArray(String[]::new))
                    .bind("modules", schedules.stream().map(one -> one.pull().module().id()).toArray(String[]::new))
                    .bind("parties", schedules.stream().map(one -> one.pull().party().toString()).toArray(String[]::new)).execute();
        });
    }

    /** Takes rows that are due and that nobody works on. */
    List<Pull> takeDue(String lease, Duration length, Set<Long> except, int limit) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> handle.createQuery("with due as (select id as due, lease_until is not null as abandoned from pull "
                        + "where active and due_at <= :now and (lease_until is null or lease_until <= :now) and not (id = any(:except)) "
                        + "order by due_at limit :limit for update skip locked) "
                        + "update pull set lease = :lease, lease_until = :until from due where id = due returning abandoned, " + COLUMNS)
                .bind("lease", lease).bind("until", utc(now.plus(length))).bind("now", utc(now)).bind("except", except.toArray(Long[]::new)).bind("limit", limit)
                .map((row, context) -> pull(row, row.getBoolean("abandoned"))).list());
    }

    /** Keeps a row for another while. @return whether the lease still was ours */
    boolean keep(Pull pull, String lease, Duration length) {
        return jdbi.withHandle(handle -> handle.execute("update pull set lease_until = ? where id = ? and lease = ?", utc(clock.instant().plus(length)), pull.id(), lease)) == 1;
    }

    /** A run begins. @return the row as it is now; empty when the lease was lost */
    Optional<Pull> begin(Pull pull, String lease, Duration length, Mode mode, Instant from, Walk walk) {
        return jdbi.inTransaction(handle -> {
            forgetShown(handle, pull);
            return handle.createQuery("update pull set state = 'RUNNING', mode = :mode, wanted = null, date_from = :from, walk = :walk, pages = 0, seen = 0, created = 0, "
                            + "updated = 0, unchanged = 0, refused = 0, ignored = 0, started_at = :now, finished_at = null, run_high = null, attempts = 0, last_error = null, "
                            + "cancel = false, lease_until = :until where id = :id and lease = :lease returning " + COLUMNS)
                    .bind("mode", mode).bind("from", utc(from)).bind("walk", write(walk)).bind("now", utc(clock.instant()))
                    .bind("until", utc(clock.instant().plus(length))).bind("id", pull.id()).bind("lease", lease)
                    .map((row, context) -> pull(row, false)).findOne();
        });
    }

    /** How a saved page leaves the run. */
    enum Saved { GO_ON, CANCELLED, LEASE_LOST }

    /** Saves what a page brought together with the place of the next one. */
    Saved page(Pull pull, String lease, Duration length, Taken taken, Walk next) {
        OffsetDateTime now = utc(clock.instant());
        return jdbi.inTransaction(handle -> {
            Optional<Boolean> cancel = handle.createQuery("update pull set walk = :walk, pages = pages + 1, seen = seen + :seen, created = created + :created, "
                            + "updated = updated + :updated, unchanged = unchanged + :unchanged, refused = refused + :refused, ignored = ignored + :ignored, "
                            + "run_high = greatest(run_high, cast(:high as timestamptz)), attempts = 0, last_error = null, lease_until = :until "
                            + "where id = :id and lease = :lease returning cancel")
                    .bind("walk", write(next)).bind("seen", taken.objects()).bind("created", taken.created()).bind("updated", taken.updated())
                    .bind("unchanged", taken.unchanged()).bind("refused", taken.faults().size()).bind("ignored", taken.ignored()).bind("high", utc(taken.high()))
                    .bind("until", utc(clock.instant().plus(length))).bind("id", pull.id()).bind("lease", lease).mapTo(Boolean.class).findOne();
            if (cancel.isEmpty()) {
                return Saved.LEASE_LOST;
            }
            shown(handle, pull, taken.shown());
            faults(handle, pull, taken.faults(), now);
            return cancel.get() ? Saved.CANCELLED : Saved.GO_ON;
        });
    }

    private static void shown(Handle handle, Pull pull, Collection<String> keys) {
        String[] objects = keys.stream().map(PullStore::name).toArray(String[]::new);
        handle.execute("delete from pull_fault where pull = ? and object = any(?)", pull.id(), objects);
        if (pull.judgesAbsence()) {
            handle.execute("insert into pull_seen (pull, object) select ?, unnest(cast(? as text[])) on conflict do nothing", pull.id(), objects);
        }
    }

    private static void faults(Handle handle, Pull pull, List<Fault> faults, OffsetDateTime now) {
        if (faults.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("insert into pull_fault as f (pull, object, reason, raw, since, last_at) values (?, ?, ?, ?, ?, ?) "
                + "on conflict (pull, object) do update set reason = excluded.reason, raw = excluded.raw, last_at = excluded.last_at, times = f.times + 1");
        faults.forEach(fault -> batch.add(pull.id(), name(fault.object()), clean(fault.reason()), clean(fault.raw()), now, now));
        batch.execute();
    }

    /** Puts a run down until {@code due}. @param error why, null when nothing is wrong */
    void pause(Pull pull, String lease, Walk walk, Instant due, int attempts, String error) {
        jdbi.useHandle(handle -> handle.execute("update pull set walk = ?, due_at = ?, attempts = ?, last_error = coalesce(?, last_error), lease = null, lease_until = null "
                + "where id = ? and lease = ?", write(walk), utc(due), attempts, error == null ? null : clean(error), pull.id(), lease));
    }

    /** An idle row with nothing to begin. */
    void leave(Pull pull, String lease, Instant due) {
        jdbi.useHandle(handle -> handle.execute("update pull set due_at = ?, lease = null, lease_until = null where id = ? and lease = ?", utc(due), pull.id(), lease));
    }

    /**
     * Ends a run within a transaction. Only one that went through moves the high water mark, and never beyond our own clock: a
     * partner's date of next year would hide everything until then.
     *
     * @return whether the lease still was ours
     */
    boolean end(Handle transaction, Pull pull, String lease, Pull.State state, String error, Instant nextDelta, Instant nextFull) {
        return transaction.createUpdate("update pull set state = cast(:state as text), finished_at = cast(:now as timestamptz), walk = null, cancel = false, attempts = 0, "
                        + "last_error = :error, lease = null, lease_until = null, delta_at = cast(:delta as timestamptz), full_at = cast(:full as timestamptz), "
                        + "high_water = case when cast(:state as text) = 'DONE' then greatest(high_water, least(run_high, started_at)) else high_water end, "
                        + "due_at = case when wanted is null then least(cast(:delta as timestamptz), cast(:full as timestamptz)) else cast(:now as timestamptz) end "
                        + "where id = :id and lease = :lease")
                .bind("state", state.name()).bind("now", utc(clock.instant())).bind("error", error == null ? null : clean(error)).bind("delta", utc(nextDelta))
                .bind("full", utc(nextFull)).bind("id", pull.id()).bind("lease", lease).execute() == 1;
    }

    /** What a run showed is of no use after its end. */
    void forgetShown(Handle transaction, Pull pull) {
        transaction.execute("delete from pull_seen where pull = ?", pull.id());
    }

    /** A fault of ours: the page is tried again a little later. */
    void trouble(Pull pull, String lease, Instant due, String error) {
        jdbi.useHandle(handle -> handle.execute("update pull set due_at = ?, attempts = attempts + 1, last_error = ?, lease = null, lease_until = null where id = ? and lease = ?",
                utc(due), clean(error), pull.id(), lease));
    }

    /** Asks for a pull of these modules; one that runs already is followed by another. @return how many lists */
    int request(String partner, Optional<ModuleId> module, Mode mode) {
        return jdbi.withHandle(handle -> handle.createUpdate("update pull set wanted = case when wanted = 'FULL' then wanted else :mode end, "
                        + "due_at = least(due_at, cast(:now as timestamptz)) where partner = :partner and active and (cast(:module as text) is null or module = :module)")
                .bind("mode", mode).bind("now", utc(clock.instant())).bind("partner", partner).bind("module", module.map(ModuleId::id).orElse(null)).execute());
    }

    /** Stops what runs or waits to begin. A run that somebody works on ends with its page. @return how many */
    int cancel(String partner) {
        return jdbi.inTransaction(handle -> {
            OffsetDateTime now = utc(clock.instant());
            handle.createUpdate("delete from pull_seen where pull in (select id from pull where partner = :partner and state = 'RUNNING' and lease is null)")
                    .bind("partner", partner).execute();
            int waiting = handle.createUpdate("update pull set state = case when state = 'RUNNING' then 'CANCELLED' else state end, "
                            + "finished_at = case when state = 'RUNNING' then cast(:now as timestamptz) else finished_at end, wanted = null, walk = null, attempts = 0, "
                            + "due_at = least(delta_at, full_at) where partner = :partner and active and lease is null and (state = 'RUNNING' or wanted is not null)")
                    .bind("partner", partner).bind("now", now).execute();
            int running = handle.createUpdate("update pull set cancel = true, wanted = null where partner = :partner and active and lease is not null")
                    .bind("partner", partner).execute();
            return waiting + running;
        });
    }

    /** The process goes: others need not wait for its leases to run out. */
    void releaseAll(String lease) {
        jdbi.useHandle(handle -> handle.execute("update pull set lease = null, lease_until = ? where lease = ?", utc(clock.instant()), lease));
    }

    private Pull pull(ResultSet row, boolean abandoned) throws SQLException {
        String mode = row.getString("mode");
        String wanted = row.getString("wanted");
        return new Pull(row.getLong("id"), row.getString("partner"), ModuleId.of(row.getString("module")).orElseThrow(), PartyId.parse(row.getString("party")),
                Pull.State.valueOf(row.getString("state")), mode == null ? null : Mode.valueOf(mode), wanted == null ? null : Mode.valueOf(wanted),
                Optional.ofNullable(instant(row, "date_from")), read(row.getString("walk")), row.getInt("pages"), instant(row, "started_at"),
                instant(row, "high_water"), instant(row, "delta_at"), instant(row, "full_at"), row.getInt("attempts"), abandoned);
    }

    private String write(Walk walk) {
        try {
            return json.writeValueAsString(walk);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Walk read(String walk) {
        try {
            return walk == null ? null : json.readValue(walk, Walk.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the saved walk " + walk + " is not readable", e);
        }
    }

    /** PostgreSQL text holds no NUL, a hostile id may. */
    private static String clean(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** An index holds no name of any length; no object that could be stored has one so long. */
    private static String name(String object) {
        return clean(object.length() <= LONGEST_NAME ? object : object.substring(0, LONGEST_NAME));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
