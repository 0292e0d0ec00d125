package org.roaminghub.modules.tokens;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.modules.core.Document;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.Partners;

/**
 * Who was allowed to charge where, and by what: a command, or an answer in real time. Kept apart from the token store:
 * a card is allowed for a while after its command (CMD-11), and references go into Sessions and CDRs (SES-21, SES-28, CDR-22).
 */
@ApplicationScoped
public class Authorisations {
    /** As long as a session may take to be folded and priced. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** How long a command stands in for asking the eMSP about a card (CMD-11, CMD-12). */
    private static final Duration COMMAND_HOLDS = Duration.ofMinutes(15);
    private static final Set<String> OF_COMMANDS = Set.of("AD_HOC_USER", "APP_USER");

    private final Partners partners;
    private final Jdbi jdbi;
    private final Clock clock;

    Authorisations(Partners partners, Jdbi jdbi, Clock clock) {
        this.partners = partners;
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The authorisation methods that leave a record; a whitelist leaves none. Names as in OCPI's AuthMethod. */
    public enum Method {
        COMMAND,
        AUTH_REQUEST
    }

    /**
     * One permission.
     *
     * @param location  the Location, null where none was named
     * @param evseUid   the EVSE, null where any of the Location will do
     * @param reference authorization_reference, or null
     * @param token     the Token as the eMSP gave it, JSON text
     */
    public record Authorisation(PartyId cpo, PartyId emsp, String uid, String type, String location, String evseUid, Method method, String reference, String token, Instant at) {

        /**
         * Whether it holds at this EVSE: what was not named with it is no limit, and what nobody names now is not asked for.
         *
         * @param atLocation null where it is not known: only what holds everywhere holds there
         */
        public boolean covers(String atLocation, String atEvse) {
            return (location == null || (atLocation != null && location.equals(Document.fold(atLocation))))
                    && (evseUid == null || atEvse == null || evseUid.equals(Document.fold(atEvse)));
        }
    }

    /** Types whose tokens come with commands only: their eMSP is never asked about them after one (CMD-11). */
    public static boolean isOfCommands(String type) {
        return OF_COMMANDS.contains(type);
    }

    public void add(Authorisation given) {
        jdbi.useHandle(handle -> handle.execute("insert into authorisation (cpo, emsp, uid, type, location, evse_uid, method, reference, token, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                given.cpo().toString(), given.emsp().toString(), Document.fold(given.uid()), given.type(), fold(given.location()), fold(given.evseUid()),
                given.method().name(), given.reference(), given.token(), utc(given.at())));
    }

    /** What a card was given at a CPO since a moment and until another, newest first. */
    public List<Authorisation> of(PartyId cpo, String uid, Instant since, Instant until) {
        return jdbi.withHandle(handle -> handle.select("""
                        select cpo, emsp, uid, type, location, evse_uid, method, reference, token, at from authorisation
                        where cpo = ? and uid = ? and at >= ? and at <= ? order by at desc limit 50""",
                cpo.toString(), Document.fold(uid), utc(since), utc(until)).map((row, context) -> authorisation(row)).list());
    }

    /**
     * The newest command with a card to a place that makes asking the eMSP needless: for RFID within 15 minutes, for tokens that
     * only commands bring always (CMD-11, CMD-12).
     *
     * @param location null where none is known
     * @param evseUid  null where none is known
     */
    public Optional<Authorisation> command(PartyId cpo, String uid, String type, String location, String evseUid) {
        Instant now = clock.instant();
        return of(cpo, uid, now.minus(isOfCommands(type) ? KEPT : COMMAND_HOLDS), now).stream()
                .filter(given -> given.method() == Method.COMMAND && given.type().equals(type) && given.covers(location, evseUid))
                .filter(given -> partners.agreements().contains(cpo, given.emsp())).findFirst();
    }

    @Scheduled(identity = "authorisations-forget", every = "6h", delayed = "11m")
    void forgetOld() {
        jdbi.useHandle(handle -> handle.execute("delete from authorisation where at < ?", utc(clock.instant().minus(KEPT))));
    }

    private static Authorisation authorisation(ResultSet row) throws SQLException {
        return new Authorisation(PartyId.parse(row.getString("cpo")), PartyId.parse(row.getString("emsp")), row.getString("uid"), row.getString("type"), row.getString("location"),
                row.getString("evse_uid"), Method.valueOf(row.getString("method")), row.getString("reference"), row.getString("token"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    private static String fold(String id) {
        return id == null ? null : Document.fold(id);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
