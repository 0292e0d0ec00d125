package org.roaminghub.partners;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.roaminghub.ocpi.Endpoint;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.platform.HubSecrets;

/** Writes down how a registration ended; each step is one transaction (CRED-07, A-09). */
@ApplicationScoped
public class Connections {
    /** A token that was replaced still works for requests that are under way. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final HubSecrets secrets;
    private final ObjectMapper json;
    private final Clock clock;
    private final Event<PartnersChanged> changed;

    Connections(HubSecrets secrets, ObjectMapper json, Clock clock, Event<PartnersChanged> changed) {
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
        this.changed = changed;
    }

    /**
     * What both sides agreed on in a handshake.
     *
     * @param ourToken    the token the partner will call us with
     * @param theirToken  the token we will call the partner with
     * @param versionsUrl the partner's versions endpoint
     * @param roles       the roles array of the partner's credentials
     */
    public record Agreed(String partner, String ourToken, String theirToken, String versionsUrl, String version, List<Endpoint> endpoints, JsonNode roles) {

        @Override
        public String toString() {
            return "Agreed[" + partner + ", " + version + "]";
        }
    }

    /** Stores a finished handshake; {@code usedTokenA} is the TOKEN_A it began with, null when there was none. */
    public void registered(Agreed agreed, String usedTokenA) {
        store(agreed, usedTokenA);
        changed.fire(new PartnersChanged(Set.of(agreed.partner())));
    }

    @Transactional
    void store(Agreed agreed, String usedTokenA) {
        Instant now = clock.instant();
        PartnerConnection.lock(agreed.partner());
        PartnerConnection connection = PartnerConnection.of(agreed.partner()).orElseGet(() -> planned(agreed.partner()));
        if (usedTokenA != null && secrets.hash(usedTokenA).equals(connection.usedTokenAHash)) {
            // Two POSTs with one TOKEN_A looked alike until here; the first made the partner a registered one (CRED-14).
            throw new OcpiException(OcpiStatus.CLIENT_ERROR, 405, "already registered, use PUT to replace credentials");
        }
        connection.previousTokenHash = connection.ourTokenHash;
        connection.previousTokenUntil = connection.ourTokenHash == null ? null : now.plus(GRACE);
        connection.ourTokenHash = secrets.hash(agreed.ourToken());
        // No longer an offer: from here on it opens everything, although the handshake is still being tidied up.
        connection.offeredTokenHash = null;
        connection.theirToken = secrets.encrypt(agreed.theirToken());
        connection.versionsUrl = agreed.versionsUrl();
        connection.version = agreed.version();
        connection.endpoints = write(agreed.endpoints());
        connection.roles = write(agreed.roles());
        connection.registeredAt = connection.state == PartnerConnection.State.REGISTERED ? connection.registeredAt : now;
        connection.state = PartnerConnection.State.REGISTERED;
        connection.usedTokenAHash = usedTokenA == null ? connection.usedTokenAHash : secrets.hash(usedTokenA);
        connection.tokenSince = now;
        connection.updatedAt = now;
        connection.persist();
    }

    /** Ends a registration: tokens of both directions are forgotten at once (CRED-19). */
    public void unregistered(String partner) {
        remove(partner);
        changed.fire(new PartnersChanged(Set.of(partner)));
    }

    @Transactional
    void remove(String partner) {
        PartnerConnection connection = PartnerConnection.of(partner).orElseGet(() -> planned(partner));
        connection.state = PartnerConnection.State.UNREGISTERED;
        connection.ourTokenHash = null;
        connection.previousTokenHash = null;
        connection.previousTokenUntil = null;
        connection.theirToken = null;
        connection.endpoints = null;
        connection.updatedAt = clock.instant();
        connection.persist();
    }

    /** A token we are just offering to a partner opens versions and credentials until the handshake ends. */
    @Transactional
    public void offer(String partner, String ourToken) {
        PartnerConnection connection = PartnerConnection.of(partner).orElseGet(() -> planned(partner));
        connection.offeredTokenHash = secrets.hash(ourToken);
        connection.updatedAt = clock.instant();
        connection.persist();
    }

    /** The handshake is over; an offered token that was not taken is worth nothing any more. */
    @Transactional
    public void withdrawOffer(String partner) {
        PartnerConnection.of(partner).ifPresent(connection -> connection.offeredTokenHash = null);
    }

    private PartnerConnection planned(String partner) {
        PartnerConnection connection = new PartnerConnection();
        connection.partner = partner;
        connection.state = PartnerConnection.State.PLANNED;
        connection.tokenSince = clock.instant();
        return connection;
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
