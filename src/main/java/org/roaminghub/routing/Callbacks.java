package org.roaminghub.routing;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/**
 * Requests whose result comes later. The executor gets a URL of the hub instead of the requester's; what comes there goes
 * on to the requester's, FROM the executor, bare as it came. Every step is written down before it is taken, so a
 * restart in between loses nothing; a result that may have arrived is never sent again. Where no result comes in time, the
 * requester is told so.
 */
@ApplicationScoped
public class Callbacks {
    private static final Logger LOG = Logger.getLogger(Callbacks.class);
    /** How long the executor may take to say whether it takes the request at all. */
    private static final Duration FOR_THE_ANSWER = Duration.ofSeconds(30);
    /** The executor's time runs until it sends; the last leg takes a moment more. */
    private static final Duration LAST_LEG = Duration.ofSeconds(2);
    /** How long later news is taken, a reservation that is cancelled for instance (CMD-08), after the executor's deadline. */
    private static final Duration MARGIN = Duration.ofHours(24);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A result that could not even be sent is tried again for this long, then it is of no use any more. */
    private static final Duration USEFUL = Duration.ofMinutes(5);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int BATCH = 100;

    private final Jdbi jdbi;
    private final Relay relay;
    private final Clock clock;
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "callbacks");
        thread.setDaemon(true);
        return thread;
    });

    Callbacks(Jdbi jdbi, Relay relay, Clock clock) {
        this.jdbi = jdbi;
        this.relay = relay;
        this.clock = clock;
    }

    /**
     * A request that is about to be made.
     *
     * @param what        its name within the module
     * @param object      folded id of what it is about, by which it can be found again
     * @param requester   the eMSP side, which gave the URL
     * @param executor    the CPO side
     * @param responseUrl where the requester wants the result
     * @param usefulUntil until when later results may come, for what lasts (a reservation); null for the usual margin
     */
    public record Asked(ModuleId module, String what, String object, PartyId requester, PartyId executor, String responseUrl, String correlationId, Instant usefulUntil) {
    }

    /** A request that was made; {@code object} is the folded id of what it is about. */
    public record Known(String id, String what, String object, PartyId requester, PartyId executor, boolean succeeded) {
    }

    /** Writes a request down before it is made. @return the id in the URL that the executor gets */
    public String open(Asked asked) {
        String id = OpaqueId.next();
        Instant now = clock.instant();
        Instant expires = (asked.usefulUntil() == null || asked.usefulUntil().isBefore(now) ? now : asked.usefulUntil()).plus(MARGIN);
        jdbi.useHandle(handle -> handle.execute("""
                insert into callback (id, module, what, object, requester, executor, response_url, correlation_id, asked_at, state, deadline, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'ASKED', ?, ?)""",
                id, asked.module().id(), asked.what(), asked.object(), asked.requester().toString(), asked.executor().toString(), asked.responseUrl(),
                asked.correlationId(), utc(now), utc(now.plus(FOR_THE_ANSWER)), utc(expires)));
        return id;
    }

    /** The executor took the request and has this long for it. A result that was faster stands. */
    public void accepted(String id, Duration timeout) {
        jdbi.useHandle(handle -> handle.execute("update callback set state = 'WAITING', deadline = ? where id = ? and state = 'ASKED'",
                utc(clock.instant().plus(timeout).plus(LAST_LEG)), id));
    }

    /** The executor did not take it, or could not be asked: no result will come. */
    public void refused(String id) {
        jdbi.useHandle(handle -> handle.execute("update callback set state = 'CLOSED' where id = ? and state = 'ASKED'", id));
    }

    /**
     * The executor's result. Once the requester was told of a timeout, or that the request was not taken, it is told nothing else.
     * A later result of the same request (a reservation that is cancelled) follows the first.
     *
     * @param parties   the parties of the caller; only the executor may answer
     * @param succeeded whether it says ACCEPTED
     * @return the request, empty when there is none for this caller
     */
    public Optional<Known> result(String id, ModuleId module, Collection<PartyId> parties, String result, boolean succeeded) {
        Optional<Known> known = find(id, module, parties);
        known.ifPresent(found -> {
            int taken = jdbi.withHandle(handle -> handle.execute("""
                    update callback set state = 'ANSWERED', result = ?, result_at = ?, succeeded = succeeded or ?, forward = 'DUE', forward_at = ?
                    where id = ? and state in ('ASKED', 'WAITING', 'ANSWERED')""", result, utc(clock.instant()), succeeded, utc(clock.instant()), id));
            if (taken == 0) {
                LOG.warnf("A result of %s by %s is not passed on: %s was told of a refusal or a timeout before", found.what(), found.executor(), found.requester());
            }
        });
        return known;
    }

    /** The newest request about an object, of one name and optionally one requester or executor, that is not forgotten yet. */
    public Optional<Known> newest(ModuleId module, String what, String object, Optional<PartyId> requester, Optional<PartyId> executor) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, what, object, requester, executor, succeeded from callback where module = :module and object = :object and what = :what
                            and (cast(:requester as text) is null or requester = :requester) and (cast(:executor as text) is null or executor = :executor)
                        order by asked_at desc limit 1""")
                .bind("module", module.id()).bind("object", object).bind("what", what)
                .bind("requester", requester.map(PartyId::toString).orElse(null)).bind("executor", executor.map(PartyId::toString).orElse(null))
                .map((row, context) -> known(row)).findOne());
    }

    /** The newest request about an object that an executor answered with success, whatever was asked after it. */
    public Optional<Known> newestSucceeded(ModuleId module, String what, String object, Optional<PartyId> requester, PartyId executor) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, what, object, requester, executor, succeeded from callback where module = :module and object = :object and what = :what
                            and (cast(:requester as text) is null or requester = :requester) and executor = :executor and succeeded
                        order by asked_at desc limit 1""")
                .bind("module", module.id()).bind("object", object).bind("what", what)
                .bind("requester", requester.map(PartyId::toString).orElse(null)).bind("executor", executor.toString())
                .map((row, context) -> known(row)).findOne());
    }

    /** The request behind an id, for its executor; foreign and expired ones are absent. */
    public Optional<Known> find(String id, ModuleId module, Collection<PartyId> parties) {
        return jdbi.withHandle(handle -> handle.select(
                        "select id, what, object, requester, executor, succeeded from callback where id = ? and module = ? and executor = any(?) and expires_at > ?",
                        id, module.id(), parties.stream().map(PartyId::toString).toArray(String[]::new), utc(clock.instant()))
                .map((row, context) -> known(row)).findOne());
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(row.getString(1), row.getString(2), row.getString(3), PartyId.parse(row.getString(4)), PartyId.parse(row.getString(5)), row.getBoolean(6));
    }

    /** Ends what got no result in time. @return how many */
    public int timeOut(ModuleId module, String result) {
        return jdbi.withHandle(handle -> handle.execute("""
                update callback set state = 'TIMED_OUT', result = ?, result_at = ?, forward = case when ? then 'DUE' else 'NONE' end, forward_at = ?
                where state in ('ASKED', 'WAITING') and deadline < ? and module = ?""",
                result, utc(clock.instant()), result != null, utc(clock.instant()), utc(clock.instant()), module.id()));
    }

    private record Due(String id, ModuleId module, String what, PartyId requester, PartyId executor, String responseUrl, String correlationId, String result, Instant taken) {
    }

    void start(@Observes @Priority(300) StartupEvent event) {
        loop.scheduleWithFixedDelay(this::forwardLeft, 1, 1, TimeUnit.SECONDS);
    }

    void stop(@Observes @Priority(300) ShutdownEvent event) {
        loop.shutdown();
    }

    private void forwardLeft() {
        try {
            forwardDue();
        } catch (RuntimeException e) {
            LOG.warnf("Results cannot be passed on at the moment (%s); trying again", e.getMessage());
        }
    }

    /** Sends what is due; call it after a result was taken. It runs every second, too, for what a restart or an outage left. */
    public void forwardDue() {
        Instant now = clock.instant();
        List<Due> due = jdbi.withHandle(handle -> handle.createQuery("""
                        update callback set forward = 'SENDING', forward_at = :now where id in
                            (select id from callback where forward = 'DUE' and forward_at <= :now order by forward_at limit :limit for update skip locked)
                        returning id, module, what, requester, executor, response_url, correlation_id, result""")
                .bind("now", utc(now)).bind("limit", BATCH)
                .map((row, context) -> new Due(row.getString(1), ModuleId.of(row.getString(2)).orElseThrow(), row.getString(3), PartyId.parse(row.getString(4)),
                        PartyId.parse(row.getString(5)), row.getString(6), row.getString(7), row.getString(8), now)).list());
        due.forEach(this::forward);
        // A crash between sending and noting it: whether the result arrived is unknown, and it is not sent twice.
        jdbi.useHandle(handle -> handle.execute("update callback set forward = 'FAILED', forward_reason = 'the hub stopped while it was sent' where forward = 'SENDING' and forward_at < ?",
                utc(now.minus(LEASE))));
    }

    private void forward(Due due) {
        Relay.Request request = new Relay.Request(due.module(), InterfaceRole.SENDER, "POST", "", null, due.result(), due.executor(), due.requester(), due.correlationId(), PATIENCE);
        relay.sendTo(due.responseUrl(), request, false).whenCompleteAsync((answer, error) -> forwarded(due, answer, error), Infrastructure.getDefaultWorkerPool());
    }

    /** How the sending of one result ended; a later result that is on its way by now has an end of its own. */
    private void forwarded(Due due, Relay.Answer answer, Throwable error) {
        if (answer instanceof Relay.Answer.Received) {
            jdbi.useHandle(handle -> handle.execute("update callback set forward = 'DONE', forward_reason = null where id = ? and forward = 'SENDING' and forward_at = ?", due.id(), utc(due.taken())));
            return;
        }
        String reason = answer instanceof Relay.Answer.Failed failed ? failed.reason() : String.valueOf(error);
        boolean safe = answer instanceof Relay.Answer.Failed failed && !failed.sent();
        LOG.warnf("The result of %s did not reach %s: %s", due.what(), due.requester(), reason);
        jdbi.useHandle(handle -> handle.execute("""
                update callback set forward = case when ? and result_at > ? then 'DUE' else 'FAILED' end, forward_at = ?, forward_reason = ? where id = ? and forward = 'SENDING' and forward_at = ?""",
                safe, utc(clock.instant().minus(USEFUL)), utc(clock.instant().plusSeconds(2)), reason, due.id(), utc(due.taken())));
    }

    @Scheduled(identity = "callbacks-forget", every = "1h", delayed = "7m")
    void forgetExpired() {
        jdbi.useHandle(handle -> handle.execute("delete from callback where expires_at < ? and state not in ('ASKED', 'WAITING')", utc(clock.instant())));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
