package org.roaminghub.modules.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.delivery.Feed;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.Mode;

/**
 * What every object module needs, done once: the path and the body name the same object, the caller owns it, older versions do
 * not overwrite newer ones, a PATCH carries last_updated and merges, and a document and its place in the feed are one
 * transaction.
 */
@ApplicationScoped
public class ObjectService {
    private final Jdbi jdbi;
    private final DocumentStore store;
    private final Feed feed;
    private final InboundBody bodies;
    private final Event<DocumentChanged> changed;
    private final Clock clock;
    private final PageCounts counts;

    ObjectService(Jdbi jdbi, DocumentStore store, Feed feed, InboundBody bodies, Event<DocumentChanged> changed, Clock clock, PageCounts counts) {
        this.jdbi = jdbi;
        this.store = store;
        this.feed = feed;
        this.bodies = bodies;
        this.changed = changed;
        this.clock = clock;
        this.counts = counts;
    }

    /** How a push ended. */
    public enum Change {
        CREATED,
        UPDATED,
        /** The stored version is newer; nothing was changed. */
        STALE,
        /** The very same text is stored already. */
        SAME
    }

    /** A partner's PUT of a whole object. */
    public Change put(ModuleDefinition definition, Caller caller, PartyId owner, String key, String text, UnaryOperator<ObjectNode> correction) {
        caller.mustOwn(owner, definition);
        InboundBody.Inbound inbound = bodies.read(definition.schemaClass(), text, Mode.FULL, caller.config());
        ObjectNode body = inbound.body();
        bodies.check(definition.schemaClass(), body, Mode.FULL, caller.config());
        mustMatchPath(definition, owner, key, body);
        ObjectNode corrected = correction.apply(body.deepCopy());
        // The very text is kept unless something had to be corrected (D1).
        String stored = corrected.equals(body) ? inbound.text() : corrected.toString();
        return inTransaction(transaction -> bodies.isUnchanged(definition.schemaClass(), () -> stored(transaction, definition, owner, key), before -> corrected, caller.config()) ? Change.SAME
                : write(transaction, definition, owner, caller.partner(), stored, corrected, false), definition, owner, key);
    }

    /** A partner's PATCH of a stored object. */
    public Change patch(ModuleDefinition definition, Caller caller, PartyId owner, String key, String text, Merge merge) {
        caller.mustOwn(owner, definition);
        ObjectNode patch = bodies.read(definition.schemaClass(), text, Mode.PATCH, caller.config()).body();
        Instant lastUpdated = bodies.lastUpdated(patch);
        bodies.check(definition.schemaClass(), patch, Mode.PATCH, caller.config());
        return inTransaction(transaction -> {
            Document stored = store.lock(transaction, definition.module(), owner, Document.fold(key)).orElseThrow(() -> OcpiException.absent(definition.module()));
            if (lastUpdated.isBefore(stored.updatedAt())) {
                return Change.STALE;
            }
            ObjectNode merged = merge.apply(bodies.parse(stored.body()), patch);
            mustMatchPath(definition, owner, key, merged);
            // What a PATCH adds may be a part of something; what is stored and passed on must be whole.
            bodies.check(definition.schemaClass(), merged, Mode.FULL, caller.config());
            if (bodies.isUnchanged(definition.schemaClass(), () -> Optional.of(bodies.parse(stored.body())), before -> merged, caller.config())) {
                return Change.SAME;
            }
            return write(transaction, definition, owner, caller.partner(), merged.toString(), merged, false);
        }, definition, owner, key);
    }

    private Optional<ObjectNode> stored(Handle transaction, ModuleDefinition definition, PartyId owner, String key) {
        return store.lock(transaction, definition.module(), owner, Document.fold(key)).map(document -> bodies.parse(document.body()));
    }

    /** How a PATCH becomes part of the stored document; modules differ only in lists that append (SES-16). */
    @FunctionalInterface
    public interface Merge {
        ObjectNode apply(ObjectNode stored, ObjectNode patch);
    }

    public void delete(ModuleDefinition definition, Caller caller, PartyId owner, String key) {
        caller.mustOwn(owner, definition);
        remove(definition, owner, key);
    }

    /** Deletes an object; absent ones are answered as such. */
    public void remove(ModuleDefinition definition, PartyId owner, String key) {
        inTransaction(transaction -> {
            if (!store.delete(transaction, definition.module(), owner, Document.fold(key))) {
                throw OcpiException.absent(definition.module());
            }
            feed.place(transaction, definition.module(), owner, Document.fold(key), null, false, clock.instant());
            return Change.UPDATED;
        }, definition, owner, key);
        counts.changed(definition.module());
    }

    /** What the hub stores for a partner that owns it; the owner reads its own (LOC-05, SES-31). */
    public Document get(ModuleDefinition definition, Caller caller, PartyId owner, String key) {
        return store.find(definition.module(), owner, Document.fold(key))
                .filter(document -> caller.mayRead(document, definition))
                .orElseThrow(() -> OcpiException.absent(definition.module()));
    }

    /**
     * Stores a document within a transaction of the caller, who fires {@link #committed} afterwards.
     *
     * @param statusOnly whether only the status changed, so that a PATCH can carry it
     */
    public Change write(Handle transaction, ModuleDefinition definition, PartyId owner, String source, String text, JsonNode body, boolean statusOnly) {
        return write(transaction, definition, owner, source, text, body, statusOnly, Delivery.BY_US);
    }

    /** Stores a document that its owner sent to its receiver directly: it takes no place in the feed. */
    public Change keep(Handle transaction, ModuleDefinition definition, PartyId owner, String source, String text, JsonNode body) {
        return write(transaction, definition, owner, source, text, body, false, Delivery.DONE);
    }

    private enum Delivery {
        BY_US,
        DONE
    }

    private Change write(Handle transaction, ModuleDefinition definition, PartyId owner, String source, String text, JsonNode body, boolean statusOnly, Delivery delivered) {
        String key = Document.fold(definition.keyOf().apply(body));
        Document fresh = new Document(definition.module(), owner, key, definition.idOf().apply(body), definition.recipientOf().apply(body), source, text.strip(),
                body.path("last_updated").asText(), bodies.lastUpdated(body));
        Optional<Document> stored = store.lock(transaction, definition.module(), owner, key);
        if (stored.isPresent() && stored.get().updatedAt().isAfter(fresh.updatedAt())) {
            return Change.STALE;
        }
        if (stored.isPresent() && stored.get().body().equals(fresh.body())) {
            return Change.SAME;
        }
        store.write(transaction, fresh);
        if (delivered == Delivery.BY_US) {
            feed.place(transaction, definition.module(), owner, key, fresh.recipient(), statusOnly, clock.instant());
        }
        return stored.isPresent() ? Change.UPDATED : Change.CREATED;
    }

    /** Tells the rest of the hub that a document of this module was committed. */
    public void committed(ModuleDefinition definition, PartyId owner, String key, Change change) {
        if (change == Change.CREATED) {
            counts.changed(definition.module());
        }
        if (change == Change.CREATED || change == Change.UPDATED) {
            feed.wake();
            changed.fire(new DocumentChanged(definition.module(), owner, Document.fold(key)));
        }
    }

    private Change inTransaction(org.jdbi.v3.core.HandleCallback<Change, RuntimeException> work, ModuleDefinition definition, PartyId owner, String key) {
        Change change = jdbi.inTransaction(work);
        committed(definition, owner, key, change);
        return change;
    }

    private static void mustMatchPath(ModuleDefinition definition, PartyId owner, String key, JsonNode body) {
        if (!owner.countryCode().equalsIgnoreCase(body.path("country_code").asText()) || !owner.partyId().equalsIgnoreCase(body.path("party_id").asText())) {
            throw OcpiException.invalid("country_code, party_id: expected " + owner + " as in the URL, found "
                    + body.path("country_code").asText() + "*" + body.path("party_id").asText());
        }
        if (!key.equalsIgnoreCase(definition.keyOf().apply(body))) {
            throw OcpiException.invalid("id: expected the one of the URL, found another");
        }
    }
}
