package org.roaminghub.charging;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.roaminghub.charging.fold.SessionState;
import org.roaminghub.modules.locations.StationBinding.Bound;
import org.roaminghub.modules.tokens.Authorisations;
import org.roaminghub.modules.tokens.Authorisations.Authorisation;
import org.roaminghub.modules.tokens.Tokens;
import org.roaminghub.ocpi.schema.StrictJson;

/**
 * Which command or answer in real time a session stands on (SES-20, SES-21, CDR-21, CDR-22): the newest one for its card at its
 * place, given shortly before the start, or for this very EVSE while it lasted (decision 0018).
 */
@ApplicationScoped
class Permissions {
    /** As long as a command spares the driver another question (CMD-11). */
    private static final Duration BEFORE = Duration.ofMinutes(15);
    /** Tokens that only commands bring: a place may be reserved with them for later. */
    private static final Duration BEFORE_OF_COMMANDS = Duration.ofHours(24);
    /** By so much a station's clock may be behind ours before its times are doubted (event-model.md, section 6). */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private final Authorisations authorisations;

    Permissions(Authorisations authorisations) {
        this.authorisations = authorisations;
    }

    /** The newest one up to now, or up to the end of a session that is over; empty when only a whitelist allowed it. */
    Optional<Authorisation> newest(SessionState session, Bound bound) {
        if (session.idToken() == null) {
            return Optional.empty();
        }
        Instant start = session.ocpiStart();
        Instant end = SessionPricing.end(session);
        Instant latest = end.isAfter(start.plus(CLOCKS)) ? end : start.plus(CLOCKS);
        return newest(authorisations.of(bound.owner(), session.idToken(), start.minus(BEFORE_OF_COMMANDS), latest), start, end, bound.location(), bound.evseUid());
    }

    /** Pure. @param given newest first */
    static Optional<Authorisation> newest(List<Authorisation> given, Instant start, Instant end, String location, String evseUid) {
        return given.stream().filter(permission -> permission.covers(location, evseUid))
                .filter(permission -> opened(permission, start) || during(permission, start, end, evseUid))
                .filter(permission -> Tokens.issuer(StrictJson.parse(permission.token())).equals(permission.emsp())).findFirst();
    }

    private static boolean opened(Authorisation permission, Instant start) {
        Duration before = Authorisations.isOfCommands(permission.type()) ? BEFORE_OF_COMMANDS : BEFORE;
        return !permission.at().isBefore(start.minus(before)) && !permission.at().isAfter(start.plus(CLOCKS));
    }

    /** What names no EVSE may be another session of the same card. */
    private static boolean during(Authorisation permission, Instant start, Instant end, String evseUid) {
        return evseUid.equals(permission.evseUid()) && !permission.at().isBefore(start) && !permission.at().isAfter(end);
    }
}
