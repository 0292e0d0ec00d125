package org.roaminghub.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.ocpi.PartyId;

/**
 * The book of CDRs on their way: every step is a row change that names the state it leaves, so two workers can never take the
 * same step, and the body is frozen and hashed when the CDR enters.
 */
@ApplicationScoped
public class CdrHandover {
    private static final String COLUMNS = "owner, id, receiver, state, body, sha256, attempts, url_at_partner";

    private final Jdbi jdbi;
    private final Clock clock;

    CdrHandover(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A CDR as it is sent. */
    record Cdr(PartyId owner, String id, PartyId receiver, CdrState state, String body, String sha256, int attempts, String urlAtPartner) {

        /** The body is what was frozen; a changed one must never leave. */
        boolean isIntact() {
            return sha256.equals(digest(body));
        }
    }

    /**
     * Enters a CDR within the transaction that stores it. A held one may still change; from READY on nothing changes it.
     *
     * @param hold why it must not be sent yet, or null
     */
    public void enter(Handle transaction, PartyId owner, String id, PartyId receiver, String body, String hold) {
        OffsetDateTime now = utc(clock.instant());
        transaction.execute("""
                insert into cdr_handover as h (owner, id, receiver, state, body, sha256, next_attempt_at, since, reason, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (owner, id) do update set receiver = excluded.receiver, state = excluded.state,
                    body = excluded.body, sha256 = excluded.sha256, next_attempt_at = excluded.next_attempt_at, since = excluded.since, reason = excluded.reason
                where h.state = 'HELD'""",
                owner.toString(), id, receiver.toString(), hold == null ? CdrState.READY : CdrState.HELD, body, digest(body), now, now, hold, now);
    }

    /** Enters a CDR that its owner sent to the eMSP directly, and that the eMSP took. A known one needs no delivery of ours any more. */
    public void passedOn(Handle transaction, PartyId owner, String id, PartyId receiver, String body, String url) {
        OffsetDateTime now = utc(clock.instant());
        transaction.execute("""
                insert into cdr_handover (owner, id, receiver, state, body, sha256, next_attempt_at, since, reason, created_at, delivered_at, url_at_partner)
                values (?, ?, ?, 'DELIVERED', ?, ?, ?, ?, 'sent by the CPO directly', ?, ?, ?) on conflict (owner, id) do update set state = 'DELIVERED',
                    since = excluded.since, reason = excluded.reason, delivered_at = excluded.delivered_at, url_at_partner = excluded.url_at_partner
                where cdr_handover.receiver = excluded.receiver and cdr_handover.state in ('READY', 'IN_DOUBT', 'REJECTED')""",
                owner.toString(), id, receiver.toString(), body, digest(body), now, now, now, now, url);
    }

    /** The eMSP fetched these CDRs itself: they are delivered. */
    public void pulled(PartyId owner, Collection<String> ids) {
        Instant now = clock.instant();
        jdbi.useHandle(handle -> handle.execute("""
                update cdr_handover set state = 'DELIVERED', reason = 'pulled by the eMSP', since = ?, delivered_at = ?
                where owner = ? and id = any(?) and state in ('READY', 'SENDING', 'IN_DOUBT')""",
                utc(now), utc(now), owner.toString(), ids.toArray(String[]::new)));
    }

    /** Takes CDRs that are due for a receiver; from here on they count as possibly sent. */
    List<Cdr> takeDue(PartyId receiver, Duration lease, int limit) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> handle.createQuery("update cdr_handover set state = 'SENDING', since = :now, sending_since = :until, attempts = attempts + 1 "
                        + "where (owner, id) in (select owner, id from cdr_handover where receiver = :receiver and state = 'READY' and next_attempt_at <= :now "
                        + "order by next_attempt_at, created_at limit :limit for update skip locked) returning " + COLUMNS)
                .bind("now", utc(now)).bind("until", utc(now.plus(lease))).bind("receiver", receiver.toString()).bind("limit", limit)
                .map((row, context) -> cdr(row)).list());
    }

    /** Receivers with CDRs that could be sent now. */
    List<PartyId> receiversDue() {
        return jdbi.withHandle(handle -> handle.select("select distinct receiver from cdr_handover where state = 'READY' and next_attempt_at <= ?", utc(clock.instant()))
                .mapTo(String.class).map(PartyId::parse).list());
    }

    void delivered(Cdr cdr, String url, String reason) {
        Instant now = clock.instant();
        step(cdr, CdrState.DELIVERED, reason, null, null, now, url);
    }

    void rejected(Cdr cdr, String reason, Integer httpStatus, Integer ocpiStatus) {
        step(cdr, CdrState.REJECTED, reason, httpStatus, ocpiStatus, clock.instant(), null);
    }

    void inDoubt(Cdr cdr, String reason, Instant nextLook) {
        step(cdr, CdrState.IN_DOUBT, reason, null, null, nextLook, null);
    }

    /** Nothing was taken over there: to be sent again. */
    void again(Cdr cdr, String reason, Integer httpStatus, Integer ocpiStatus, Instant nextAttempt) {
        step(cdr, CdrState.READY, reason, httpStatus, ocpiStatus, nextAttempt, null);
    }

    /** A step is that of one attempt: a late answer to an earlier one must not settle a later one. */
    private void step(Cdr cdr, CdrState to, String reason, Integer httpStatus, Integer ocpiStatus, Instant next, String url) {
        OffsetDateTime now = utc(clock.instant());
        jdbi.useHandle(handle -> handle.execute("""
                update cdr_handover set state = ?, reason = ?, http_status = ?, ocpi_status = ?, next_attempt_at = ?, since = ?, sending_since = null,
                    url_at_partner = coalesce(?, url_at_partner), delivered_at = case when ? = 'DELIVERED' then cast(? as timestamptz) end
                where owner = ? and id = ? and state = ? and attempts = ?""",
                to, reason, httpStatus, ocpiStatus, utc(next), now, url, to, now, cdr.owner().toString(), cdr.id(), cdr.state(), cdr.attempts()));
    }

    /** A hub died between sending and writing down the answer. */
    int doubtAbandoned() {
        OffsetDateTime now = utc(clock.instant());
        return jdbi.withHandle(handle -> handle.execute("""
                update cdr_handover set state = 'IN_DOUBT', reason = 'the hub stopped while sending', since = ?, next_attempt_at = ?, sending_since = null
                where state = 'SENDING' and sending_since < ?""", now, now, now));
    }

    List<Cdr> inDoubtDue(int limit) {
        return jdbi.withHandle(handle -> handle.select("select " + COLUMNS + " from cdr_handover where state = 'IN_DOUBT' and next_attempt_at <= ? order by next_attempt_at limit ?",
                utc(clock.instant()), limit).map((row, context) -> cdr(row)).list());
    }

    void lookAgain(Cdr cdr, Instant at) {
        jdbi.useHandle(handle -> handle.execute("update cdr_handover set next_attempt_at = ? where owner = ? and id = ? and state = 'IN_DOUBT'",
                utc(at), cdr.owner().toString(), cdr.id()));
    }

    /** A CDR of this owner that the receiver has, with the URL it gave: the pattern of its other URLs. URLs may name the owner. */
    Optional<Cdr> lastWithUrl(PartyId receiver, PartyId owner) {
        return jdbi.withHandle(handle -> handle.select("select " + COLUMNS
                + " from cdr_handover where receiver = ? and owner = ? and url_at_partner is not null order by delivered_at desc limit 1",
                receiver.toString(), owner.toString()).map((row, context) -> cdr(row)).findFirst());
    }

    /** The body of a held CDR, locked until the end of the transaction. */
    public Optional<String> held(Handle transaction, PartyId owner, String id) {
        return transaction.select("select body from cdr_handover where owner = ? and id = ? and state = 'HELD' for update", owner.toString(), id).mapTo(String.class).findOne();
    }

    /**
     * A person decides about a CDR that was sent: {@code DELIVERED} because it was found there, or {@code READY} to send it again. A
     * held one was never issued; letting it go is the business of {@code modules.cdrs}.
     *
     * @return false when the CDR is not in a state that waits for a person
     */
    public boolean resolve(PartyId owner, String id, CdrState decision, String reason) {
        OffsetDateTime now = utc(clock.instant());
        return jdbi.withHandle(handle -> handle.execute("""
                update cdr_handover set state = ?, reason = ?, since = ?, next_attempt_at = ?, delivered_at = case when ? = 'DELIVERED' then cast(? as timestamptz) end
                where owner = ? and id = ? and state in ('IN_DOUBT', 'REJECTED')""",
                decision, reason, now, now, decision, now, owner.toString(), id)) == 1;
    }

    private static Cdr cdr(ResultSet row) throws SQLException {
        return new Cdr(PartyId.parse(row.getString("owner")), row.getString("id"), PartyId.parse(row.getString("receiver")), CdrState.valueOf(row.getString("state")),
                row.getString("body"), row.getString("sha256"), row.getInt("attempts"), row.getString("url_at_partner"));
    }

    private static String digest(String body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
