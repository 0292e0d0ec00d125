package org.roaminghub.modules.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.modules.core.ObjectService;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.modules.locations.Locations;
import org.roaminghub.modules.sessions.SessionsReceiver;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiTime;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.routing.Callbacks;

/**
 * Reservations at chargers of backends without OCPI. There the hub is the CPO, which makes a Session of each (CMD-19, SES-03): it
 * turns into the charging session of the same token (SES-04) or ends without one (SES-05). Each step is one transaction with the
 * Session and holds on several replicas (decision 0022).
 */
@ApplicationScoped
public class Reservations {
    private static final Logger LOG = Logger.getLogger(Reservations.class);
    private static final String SOURCE = "hub";
    /** An event of a start just before the expiry may still be on its way. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);
    /** By so much a station's clock may be behind ours. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int BATCH = 100;

    private final Jdbi jdbi;
    private final ObjectService objects;
    private final DocumentStore documents;
    private final Locations locations;
    private final Clock clock;

    Reservations(Jdbi jdbi, ObjectService objects, DocumentStore documents, Locations locations, Clock clock) {
        this.jdbi = jdbi;
        this.objects = objects;
        this.documents = documents;
        this.locations = locations;
        this.clock = clock;
    }

    /**
     * A reservation that waits for its driver.
     *
     * @param session   id of its Session
     * @param token     the Token that may charge
     * @param reference authorization_reference, null when none was given
     */
    public record Held(String command, PartyId emsp, String session, JsonNode token, String reference) {
    }

    private record Row(String command, PartyId cpo, String state, Instant askedAt, Instant until, Instant heldSince, String session, JsonNode request) {
        private Row heldAs(String newSession, Instant since) {
            return new Row(command, cpo, "HELD", askedAt, until, since, newSession, request);
        }
    }

    /** What happened to which Session. */
    private record Told(PartyId cpo, String session, Change change) {
    }

    /** A RESERVE_NOW is about to be sent to a backend. */
    void asked(String id, Commands.Sent command) {
        ObjectNode body = command.body();
        Instant until = OcpiTime.parse(body.path("expiry_date").asText()).orElseThrow();
        jdbi.useHandle(handle -> handle.execute("""
                insert into reservation (command, cpo, emsp, reservation, uid, location, evse_uid, request, asked_at, until, state)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ASKED')""",
                id, command.cpo().toString(), command.emsp().toString(), command.type().object(body), Document.fold(body.path("token").path("uid").asText()),
                Document.fold(body.path("location_id").asText()), body.path("evse_uid").isTextual() ? Document.fold(body.path("evse_uid").asText()) : null, body.toString(),
                utc(clock.instant()), utc(until)));
    }

    /** The command was not taken: nothing will come of it. */
    void refused(String id) {
        jdbi.useHandle(handle -> handle.execute("delete from reservation where command = ? and state = 'ASKED'", id));
    }

    /** What a CPO says how a command ended; of platforms, which make their Sessions themselves, no reservation is known here. */
    void result(Callbacks.Known command, String result) {
        boolean accepted = result.equals(CommandAnswer.ACCEPTED);
        if (accepted && command.what().equals(CommandType.RESERVE_NOW.name())) {
            tell(jdbi.inTransaction(transaction -> hold(transaction, command.id())));
        } else if (result.equals("CANCELED_RESERVATION")) {
            end(command.id());
        } else if (accepted && command.what().equals(CommandType.CANCEL_RESERVATION.name())) {
            jdbi.withHandle(handle -> handle.select("select command from reservation where cpo = ? and emsp = ? and reservation = ? and state = 'HELD'",
                    command.executor().toString(), command.requester().toString(), command.object()).mapTo(String.class).list()).forEach(this::end);
        }
    }

    private Optional<Told> hold(Handle transaction, String command) {
        // All of one reservation id are locked, in one order: two that are accepted at once come one after the other (CMD-18).
        List<Row> sameId = transaction.select("""
                select * from reservation where (cpo, emsp, reservation) in (select cpo, emsp, reservation from reservation where command = ?)
                order by command for update""", command).map((row, context) -> row(row)).list();
        Optional<Row> asked = sameId.stream().filter(row -> row.command().equals(command) && row.state().equals("ASKED")).findFirst();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Optional<Row> before = sameId.stream().filter(row -> row.state().equals("HELD")).findFirst();
        Instant now = clock.instant();
        if (before.isPresent() && before.get().askedAt().isAfter(asked.get().askedAt()) || !asked.get().until().isAfter(now)) {
            transaction.execute("update reservation set state = 'ENDED' where command = ?", command);
            return Optional.empty();
        }
        before.ifPresent(row -> transaction.execute("update reservation set state = 'REPLACED' where command = ?", row.command()));
        Row held = asked.get().heldAs(before.map(Row::session).orElseGet(() -> UUID.randomUUID().toString()), before.map(Row::heldSince).orElse(now));
        transaction.execute("update reservation set state = 'HELD', held_since = ?, session = ? where command = ?", utc(held.heldSince()), held.session(), command);
        return write(transaction, held, now);
    }

    private Optional<Told> write(Handle transaction, Row held, Instant now) {
        PartyId cpo = held.cpo();
        String key = Document.fold(held.request().path("location_id").asText());
        Optional<Document> location = documents.find(ModuleId.LOCATIONS, cpo, key);
        Optional<JsonNode> evse = held.request().path("evse_uid").isTextual() ? locations.evse(cpo, key, Document.fold(held.request().path("evse_uid").asText())) : Optional.empty();
        List<JsonNode> places = Stream.concat(evse.stream(), locations.evses(transaction, cpo, key).stream()).toList();
        Optional<String> currency = currency(cpo, places);
        if (location.isEmpty() || currency.isEmpty()) {
            LOG.warnf("A reservation at %s of %s gets no Session before it charges: no tariff of this Location is stored, so its currency is not known", key, cpo);
            return Optional.empty();
        }
        ObjectNode session = ReservedSession.held(cpo, held.session(), held.request(), location.get().spelled(), evse.orElse(null), currency.get(), held.heldSince(), now);
        return Optional.of(new Told(cpo, held.session(), objects.write(transaction, SessionsReceiver.SESSIONS, cpo, SOURCE, session.toString(), session, false)));
    }

    /** Of the first tariff that these EVSEs name and that is stored. */
    private Optional<String> currency(PartyId cpo, List<JsonNode> evses) {
        List<String> ids = new ArrayList<>();
        evses.forEach(evse -> evse.path("connectors").forEach(connector -> connector.path("tariff_ids").forEach(id -> ids.add(Document.fold(id.asText())))));
        List<Document> tariffs = documents.findAll(ModuleId.TARIFFS, cpo, ids);
        return ids.stream().flatMap(id -> tariffs.stream().filter(tariff -> tariff.key().equals(id))).findFirst()
                .map(tariff -> StrictJson.parse(tariff.body()).path("currency").asText());
    }

    /**
     * The reservation that a session of a backend's charger turns out to be, locked: its card, its place, and not over at the start.
     *
     * @param location folded
     * @param evseUid  folded
     */
    public Optional<Held> held(Handle transaction, PartyId cpo, String uid, String location, String evseUid, Instant start) {
        return transaction.select("""
                        select * from reservation where cpo = ? and uid = ? and location = ? and (evse_uid is null or evse_uid = ?) and state = 'HELD'
                            and held_since <= ? and until >= ? order by evse_uid nulls last, held_since, command limit 1 for update""",
                        cpo.toString(), Document.fold(uid), location, evseUid, utc(start.plus(CLOCKS)), utc(start))
                .map((row, context) -> new Held(row.getString("command"), PartyId.parse(row.getString("emsp")), row.getString("session"), request(row).path("token"),
                        request(row).path("authorization_reference").asText(null))).findOne();
    }

    /** A held reservation has become a charging session, which has its Session from now on (SES-04). */
    public void charging(Handle transaction, Held held) {
        transaction.execute("update reservation set state = 'CHARGING' where command = ?", held.command());
    }

    @Scheduled(identity = "reservations-expire", every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void expire() {
        jdbi.withHandle(handle -> handle.select("select command from reservation where state = 'HELD' and until < ? order by until limit ?",
                utc(clock.instant().minus(ON_ITS_WAY)), BATCH).mapTo(String.class).list()).forEach(this::end);
    }

    /** Ends a reservation that nobody charged with; one that meanwhile charges, was replaced or has ended stays as it is. */
    private void end(String command) {
        tell(jdbi.inTransaction(transaction -> transaction.select("""
                        update reservation set state = 'ENDED' where command = ? and state in ('ASKED', 'HELD') returning *""", command)
                .map((row, context) -> row(row)).findOne().filter(row -> row.session() != null).flatMap(row -> complete(transaction, row))));
    }

    private Optional<Told> complete(Handle transaction, Row ended) {
        return documents.lock(transaction, ModuleId.SESSIONS, ended.cpo(), Document.fold(ended.session())).map(told -> {
            Instant now = clock.instant();
            ObjectNode session = ReservedSession.over((ObjectNode) StrictJson.parse(told.body()), now.isBefore(told.updatedAt()) ? told.updatedAt() : now);
            return new Told(ended.cpo(), ended.session(), objects.write(transaction, SessionsReceiver.SESSIONS, ended.cpo(), SOURCE, session.toString(), session, false));
        });
    }

    private void tell(Optional<Told> told) {
        told.ifPresent(session -> objects.committed(SessionsReceiver.SESSIONS, session.cpo(), session.session(), session.change()));
    }

    @Scheduled(identity = "reservations-forget", every = "6h", delayed = "17m")
    void forgetOld() {
        jdbi.useHandle(handle -> handle.execute("delete from reservation where until < ? and state <> 'HELD'", utc(clock.instant().minus(KEPT))));
    }

    private static Row row(ResultSet row) throws SQLException {
        OffsetDateTime heldSince = row.getObject("held_since", OffsetDateTime.class);
        return new Row(row.getString("command"), PartyId.parse(row.getString("cpo")), row.getString("state"), row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                row.getObject("until", OffsetDateTime.class).toInstant(), heldSince == null ? null : heldSince.toInstant(), row.getString("session"), request(row));
    }

    private static JsonNode request(ResultSet row) throws SQLException {
        return StrictJson.parse(row.getString("request"));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
