package org.roaminghub.modules.hubclientinfo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.exchange.PartnerBack;
import org.roaminghub.exchange.PartnerGone;
import org.roaminghub.exchange.Presence;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.modules.core.ModuleDefinition;
import org.roaminghub.modules.core.ObjectService;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.ocpi.ConnectionStatus;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiTime;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.partners.PartnerConnection;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.PartnersChanged;
import org.roaminghub.partners.config.PartnerConfig;

/**
 * Keeps one ClientInfo for every party and role, as a document whose owner is the party it describes. The hub writes them,
 * nobody else; what does not change keeps its last_updated, and what was once written is never deleted (HCI-06).
 */
@ApplicationScoped
class ClientInfos {
    static final ModuleDefinition CLIENT_INFO = new ModuleDefinition(ModuleId.HUBCLIENTINFO, "ClientInfo", Role.HUB,
            body -> body.path("role").asText(), body -> body.path("role").asText(), body -> null);
    private static final Logger LOG = Logger.getLogger(ClientInfos.class);
    private static final String HUB = "hub";

    private final Partners partners;
    private final Presence presence;
    private final DocumentStore store;
    private final ObjectService objects;
    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Clock clock;

    /** What one ClientInfo is about. */
    private record Subject(PartyId party, String role) {
    }

    ClientInfos(Partners partners, Presence presence, DocumentStore store, ObjectService objects, Jdbi jdbi, ObjectMapper json, Clock clock) {
        this.partners = partners;
        this.presence = presence;
        this.store = store;
        this.objects = objects;
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
    }

    void partnersChanged(@Observes PartnersChanged event) {
        alignAtOnce();
    }

    void back(@Observes PartnerBack event) {
        alignAtOnce();
    }

    void gone(@Observes PartnerGone event) {
        alignAtOnce();
    }

    /** What caused the change has happened in any case; if it cannot be told now, the next minute will. */
    private void alignAtOnce() {
        try {
            align();
        } catch (RuntimeException e) {
            LOG.warnf("ClientInfo cannot be written (%s); it will be within a minute", e.getMessage());
        }
    }

    /** Writes what differs from the state of things; once a minute for what a crash left behind. */
    @Scheduled(identity = "client-info", every = "1m", delayed = "1m")
    void align() {
        Map<Subject, ConnectionStatus> told = new HashMap<>();
        store.all(ModuleId.HUBCLIENTINFO).forEach(document -> told.put(new Subject(document.owner(), document.key()), status(document)));
        Map<Subject, ConnectionStatus> now = new HashMap<>();
        // Whose file is gone has left.
        told.keySet().forEach(subject -> now.put(subject, ConnectionStatus.SUSPENDED));
        now.putAll(statuses());
        now.forEach((subject, status) -> {
            if (told.get(subject) != status) {
                tell(subject, status);
            }
        });
    }

    private Map<Subject, ConnectionStatus> statuses() {
        Map<String, PartnerConnection.State> registrations = partners.connectionStates();
        Map<Subject, ConnectionStatus> statuses = new HashMap<>();
        for (PartnerConfig partner : partners.all()) {
            ConnectionStatus status = presence.status(partner, registrations.get(partner.partner()));
            partner.parties().forEach(party -> statuses.put(new Subject(party.id(), party.role().name()), status));
        }
        return statuses;
    }

    private void tell(Subject subject, ConnectionStatus status) {
        Change change = jdbi.inTransaction(transaction -> write(transaction, subject, status));
        objects.committed(CLIENT_INFO, subject.party(), subject.role(), change);
    }

    private Change write(Handle transaction, Subject subject, ConnectionStatus status) {
        Optional<Document> stored = store.lock(transaction, ModuleId.HUBCLIENTINFO, subject.party(), subject.role());
        if (stored.isPresent() && status(stored.get()) == status) {
            return Change.SAME;
        }
        ObjectNode body = json.createObjectNode().put("country_code", subject.party().countryCode()).put("party_id", subject.party().partyId())
                .put("role", subject.role()).put("status", status.name()).put("last_updated", OcpiTime.format(after(stored)));
        return objects.write(transaction, CLIENT_INFO, subject.party(), HUB, body.toString(), body, false);
    }

    /** Now, and later than before even if another replica's clock was ahead: a change must show in date_from. */
    private Instant after(Optional<Document> stored) {
        Instant now = clock.instant();
        Instant earliest = stored.map(document -> document.updatedAt().plus(1, ChronoUnit.MILLIS)).orElse(now);
        return earliest.isAfter(now) ? earliest : now;
    }

    private static ConnectionStatus status(Document document) {
        JsonNode body = StrictJson.parse(document.body());
        return ConnectionStatus.valueOf(body.path("status").asText());
    }
}
