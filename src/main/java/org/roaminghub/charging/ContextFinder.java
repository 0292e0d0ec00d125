package org.roaminghub.charging;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.roaminghub.charging.FrozenContext.Authorised;
import org.roaminghub.charging.FrozenContext.Reserved;
import org.roaminghub.charging.fold.SessionState;
import org.roaminghub.modules.commands.Reservations;
import org.roaminghub.modules.commands.Reservations.Held;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.modules.locations.Locations;
import org.roaminghub.modules.locations.StationBinding.Bound;
import org.roaminghub.modules.tokens.Authorisations;
import org.roaminghub.modules.tokens.Authorisations.Authorisation;
import org.roaminghub.modules.tokens.Tokens;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.schema.StrictJson;

/** Looks together what a session needs besides its events; what is missing is written down and waited for. */
@ApplicationScoped
class ContextFinder {
    /** OCPI knows one kind of card; OCPP's kinds of RFID tags are all of it. */
    private static final String RFID = "RFID";

    private final DocumentStore documents;
    private final Locations locations;
    private final Tokens tokens;
    private final Permissions permissions;
    private final Reservations reservations;
    private final Unresolved unresolved;
    private final Clock clock;

    ContextFinder(DocumentStore documents, Locations locations, Tokens tokens, Permissions permissions, Reservations reservations, Unresolved unresolved, Clock clock) {
        this.documents = documents;
        this.locations = locations;
        this.tokens = tokens;
        this.permissions = permissions;
        this.reservations = reservations;
        this.unresolved = unresolved;
        this.clock = clock;
    }

    /** The context, or why there is none yet. */
    record Found(Optional<FrozenContext> context, String missing) {
        private static Found missing(String what) {
            return new Found(Optional.empty(), what);
        }
    }

    Found find(Handle transaction, SessionState session, Bound bound) {
        StationKey station = new StationKey(session.source(), session.station());
        Optional<Authorisation> permission = permissions.newest(session, bound);
        Optional<Held> reservation = reservations.held(transaction, bound.owner(), session.idToken(), bound.location(), bound.evseUid(), session.ocpiStart())
                .filter(held -> permission.isEmpty() || permission.get().emsp().equals(held.emsp()));
        // The token of a command need never have been pushed (SES-28, CMD-13), and a permission says whose card it is.
        List<JsonNode> found = permission.map(given -> StrictJson.parse(given.token())).or(() -> reservation.map(Held::token)).map(List::of)
                .orElseGet(() -> tokens.find(bound.owner(), session.idToken(), RFID));
        if (found.isEmpty()) {
            unresolved.add(transaction, Unresolved.Kind.TOKEN, Unresolved.tokenRef(session.idToken(), RFID), station);
            return Found.missing("no eMSP with an agreement has this token");
        }
        if (found.size() > 1) {
            return Found.missing("several eMSPs have a token with this uid");
        }
        Optional<JsonNode> location = documents.find(ModuleId.LOCATIONS, bound.owner(), bound.location()).map(document -> StrictJson.parse(document.body()));
        Optional<JsonNode> evse = locations.evse(bound.owner(), bound.location(), bound.evseUid());
        if (location.isEmpty() || evse.isEmpty()) {
            unresolved.add(transaction, Unresolved.Kind.STATION, session.station(), station);
            return Found.missing("the EVSE is not stored");
        }
        JsonNode connector = connector(evse.get(), session.connectorId());
        List<JsonNode> tariffs = new ArrayList<>();
        for (JsonNode id : connector.path("tariff_ids")) {
            Optional<Document> tariff = documents.find(ModuleId.TARIFFS, bound.owner(), Document.fold(id.asText()));
            if (tariff.isEmpty()) {
                unresolved.add(transaction, Unresolved.Kind.TARIFF, Document.fold(id.asText()), station);
                return Found.missing("tariff " + id.asText() + " is not stored");
            }
            tariffs.add(StrictJson.parse(tariff.get().body()));
        }
        if (tariffs.isEmpty()) {
            unresolved.add(transaction, Unresolved.Kind.STATION, session.station(), station);
            return Found.missing("the connector names no tariff");
        }
        reservation.ifPresent(held -> reservations.charging(transaction, held));
        Authorised authorised = permission.map(ContextFinder::authorised).or(() -> reservation.map(held -> new Authorised(Authorisations.Method.COMMAND.name(), held.reference())))
                .orElse(Authorised.BY_WHITELIST);
        return new Found(Optional.of(new FrozenContext(location.get(), evse.get(), connector, tariffs, found.get(0), authorised,
                reservation.map(held -> new Reserved(held.session(), clock.instant())).orElse(null))), null);
    }

    /** The same context with the last permission that the session was given (CDR-21, CDR-22). */
    FrozenContext atTheEnd(SessionState session, Bound bound, FrozenContext context) {
        return permissions.newest(session, bound).filter(given -> given.emsp().equals(context.emsp())).map(given -> context.with(authorised(given))).orElse(context);
    }

    private static Authorised authorised(Authorisation given) {
        return new Authorised(given.method().name(), given.reference());
    }

    /** OCPP counts connectors from 1, OCPI names them; a name that is the number wins, else the one in that place. */
    static JsonNode connector(JsonNode evse, int connectorId) {
        JsonNode connectors = evse.path("connectors");
        for (JsonNode connector : connectors) {
            if (connector.path("id").asText().equals(Integer.toString(connectorId))) {
                return connector;
            }
        }
        return connectors.size() >= connectorId && connectorId > 0 ? connectors.get(connectorId - 1) : connectors.path(0);
    }

    static Optional<Bound> bound(SessionState session, List<Bound> bound) {
        return bound.stream().filter(evse -> evse.evseId() == session.evseId() && (evse.connectorId() == 0 || evse.connectorId() == session.connectorId())).findFirst();
    }
}
