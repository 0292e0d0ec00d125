package org.roaminghub.modules.locations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.roaminghub.delivery.Feed;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.modules.core.JsonMerge;
import org.roaminghub.modules.core.ModuleDefinition;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiTime;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.ocpi.schema.StrictJson;

/**
 * Stores Locations, EVSEs and Connectors within a transaction of the caller. Every change of a part moves last_updated of what
 * contains it, with the time of the message and not with ours (LOC-11, LOC-17, ROUTE-22).
 */
@ApplicationScoped
public class Locations {
    /** Locations as a module. */
    public static final ModuleDefinition LOCATIONS = ModuleDefinition.broadcast(ModuleId.LOCATIONS, "Location", Role.CPO);

    private static final Logger LOG = Logger.getLogger(Locations.class);

    private final DocumentStore documents;
    private final LocationStore store;
    private final Feed feed;
    private final Clock clock;

    Locations(DocumentStore documents, LocationStore store, Feed feed, Clock clock) {
        this.documents = documents;
        this.store = store;
        this.feed = feed;
        this.clock = clock;
    }

    /** A Location, an EVSE of it, or a Connector of that; ids as written in a URL. */
    public record Part(PartyId owner, String location, String evse, String connector) {
        String key() {
            return Document.fold(location);
        }
    }

    /** PUT of a whole Location. */
    public Change put(Handle transaction, PartyId owner, String source, ObjectNode location) {
        String key = Document.fold(location.path("id").asText());
        Optional<Document> stored = documents.lock(transaction, ModuleId.LOCATIONS, owner, key);
        Instant updated = LocationParts.time(location);
        if (stored.isPresent() && updated.isBefore(ownTime(transaction, stored.get()))) {
            return Change.STALE;
        }
        List<EvseRow> before = stored.isPresent() ? store.evses(transaction, owner, key) : List.of();
        List<EvseRow> evses = LocationParts.keepNewerStatus(LocationParts.evses(location), before);
        String latest = latest(location, evses);
        String own = LocationParts.own(location).toString();
        if (stored.isPresent() && stored.get().body().equals(own) && evses.equals(before) && stored.get().lastUpdated().equals(latest)) {
            return Change.SAME;
        }
        documents.write(transaction, new Document(ModuleId.LOCATIONS, owner, key, location.path("id").asText(), null, source, own, latest, instant(latest)));
        store.ownTime(transaction, owner, key, updated);
        evses.forEach(evse -> store.write(transaction, owner, key, evse));
        store.removeOthers(transaction, owner, key, evses);
        feed.place(transaction, ModuleId.LOCATIONS, owner, key, null, false, clock.instant());
        if (!location.hasNonNull("operator")) {
            LOG.infof("Location %s/%s names no operator; it leaves with the name of its CPO (LOC-30)", owner, key);
        }
        return stored.isPresent() ? Change.UPDATED : Change.CREATED;
    }

    /** A Location out of a list. EVSEs of ours that it does not show stay as they are: absence is judged over whole pulls. */
    public Change putListed(Handle transaction, PartyId owner, String source, ObjectNode location) {
        String key = Document.fold(location.path("id").asText());
        documents.lock(transaction, ModuleId.LOCATIONS, owner, key);
        Set<String> shown = LocationParts.evses(location).stream().map(EvseRow::uid).collect(Collectors.toSet());
        List<EvseRow> hidden = store.evses(transaction, owner, key).stream().filter(evse -> !shown.contains(evse.uid())).toList();
        hidden.forEach(evse -> LocationParts.list(location, "evses").add(evse.body()));
        return put(transaction, owner, source, location);
    }

    /** Those of these Locations that are stored exactly so already. @param locations by folded id */
    public Set<String> unchanged(PartyId owner, Map<String, ObjectNode> locations) {
        return store.whole(owner, locations.keySet()).values().stream()
                .filter(stored -> StrictJson.parse(stored.text()).equals(locations.get(stored.id()))).map(LocationStore.Whole::id).collect(Collectors.toSet());
    }

    /** Says which chargers the EVSEs of a backend's Location are. */
    public void bind(Handle transaction, String source, PartyId owner, ObjectNode location, List<StationBinding> bindings) {
        store.bind(transaction, source, owner, Document.fold(location.path("id").asText()), bindings);
    }

    /** The EVSEs of these chargers, as far as Locations name them; {@code sources} and {@code stations} pair up. */
    public List<StationBinding.Bound> bound(Handle transaction, List<String> sources, List<String> stations) {
        return store.bound(transaction, sources, stations);
    }

    /**
     * PATCH of a Location.
     *
     * @param judge looks at the result before it is stored and throws when it must not be
     */
    public Change patch(Handle transaction, Part part, String source, ObjectNode patch, Consumer<ObjectNode> judge) {
        Document stored = lock(transaction, part);
        if (LocationParts.time(patch).isBefore(ownTime(transaction, stored))) {
            return Change.STALE;
        }
        ObjectNode whole = (ObjectNode) StrictJson.parse(stored.body());
        ArrayNode evses = whole.putArray("evses");
        store.evses(transaction, part.owner(), part.key()).forEach(evse -> evses.add(evse.body()));
        ObjectNode merged = LocationParts.mergeLocation(whole, patch);
        judge.accept(merged);
        return put(transaction, part.owner(), source, merged);
    }

    /** PUT of an EVSE, new or replaced; its Location must be known. */
    public Change putEvse(Handle transaction, Part part, ObjectNode evse) {
        Document location = lock(transaction, part);
        Optional<EvseRow> stored = store.evse(transaction, part.owner(), part.key(), Document.fold(part.evse()));
        if (stored.isPresent() && LocationParts.time(evse).isBefore(LocationParts.time(stored.get().body()))) {
            return Change.STALE;
        }
        if (stored.isPresent() && stored.get().body().equals(evse)) {
            return Change.SAME;
        }
        int position = stored.map(EvseRow::position).orElseGet(() -> store.nextPosition(transaction, part.owner(), part.key()));
        save(transaction, location, EvseRow.of(position, evse), false);
        return stored.isPresent() ? Change.UPDATED : Change.CREATED;
    }

    /** PATCH of an EVSE. A PATCH of the status alone reaches partners as a PATCH again. */
    public Change patchEvse(Handle transaction, Part part, ObjectNode patch, Consumer<ObjectNode> judge) {
        Document location = lock(transaction, part);
        EvseRow stored = store.evse(transaction, part.owner(), part.key(), Document.fold(part.evse())).orElseThrow(() -> OcpiException.absent(ModuleId.LOCATIONS));
        if (LocationParts.time(patch).isBefore(LocationParts.time(stored.body()))) {
            return Change.STALE;
        }
        boolean statusOnly = patch.properties().stream().allMatch(field -> field.getKey().equals("status") || field.getKey().equals("last_updated"));
        ObjectNode merged = LocationParts.mergeEvse(stored.body().deepCopy(), patch);
        if (merged.equals(stored.body())) {
            return Change.SAME;
        }
        judge.accept(merged);
        save(transaction, location, new EvseRow(stored.uid(), stored.position(), merged), statusOnly);
        return Change.UPDATED;
    }

    /** PUT of a Connector, which lives inside its EVSE. */
    public Change putConnector(Handle transaction, Part part, ObjectNode connector) {
        return changeConnector(transaction, part, connector, false, replaced -> { });
    }

    /** PATCH of a Connector. */
    public Change patchConnector(Handle transaction, Part part, ObjectNode patch, Consumer<ObjectNode> judge) {
        return changeConnector(transaction, part, patch, true, judge);
    }

    private Change changeConnector(Handle transaction, Part part, ObjectNode connector, boolean patch, Consumer<ObjectNode> judge) {
        Document location = lock(transaction, part);
        EvseRow stored = store.evse(transaction, part.owner(), part.key(), Document.fold(part.evse())).orElseThrow(() -> OcpiException.absent(ModuleId.LOCATIONS));
        ObjectNode evse = stored.body().deepCopy();
        ObjectNode known = LocationParts.byKey(evse.path("connectors"), "id", part.connector());
        if (known == null && patch) {
            throw OcpiException.absent(ModuleId.LOCATIONS);
        }
        if (known != null && LocationParts.time(connector).isBefore(LocationParts.time(known))) {
            return Change.STALE;
        }
        if (known == null) {
            LocationParts.list(evse, "connectors").add(connector);
        } else if (patch) {
            judge.accept(JsonMerge.merge(known, connector));
        } else {
            known.removeAll();
            known.setAll(connector);
        }
        if (LocationParts.time(connector).isAfter(LocationParts.time(evse))) {
            evse.put("last_updated", connector.path("last_updated").asText());
        }
        save(transaction, location, new EvseRow(stored.uid(), stored.position(), evse), false);
        return known == null ? Change.CREATED : Change.UPDATED;
    }

    /**
     * Sets the status of an EVSE as its charger reports it. The same status again is no change.
     *
     * @param location folded id
     * @param evseUid  folded uid
     */
    public Change setStatus(Handle transaction, PartyId owner, String location, String evseUid, String status, Instant at) {
        Optional<Document> document = documents.lock(transaction, ModuleId.LOCATIONS, owner, location);
        Optional<EvseRow> stored = store.evse(transaction, owner, location, evseUid);
        if (document.isEmpty() || stored.isEmpty() || stored.get().status().equals(status)) {
            return Change.SAME;
        }
        Instant before = LocationParts.time(stored.get().body());
        ObjectNode body = stored.get().body().deepCopy().put("status", status).put("last_updated", OcpiTime.format(at.isAfter(before) ? at : before));
        save(transaction, document.get(), new EvseRow(stored.get().uid(), stored.get().position(), body), true);
        return Change.UPDATED;
    }

    /** The chargers behind an EVSE of a backend, one per connector or one for all; location and uid folded. */
    public List<StationBinding> bindings(PartyId owner, String location, String evseUid) {
        return store.bindings(owner, location, evseUid);
    }

    /** The stored EVSE, for those who build Sessions and CDRs of it. */
    public Optional<JsonNode> evse(PartyId owner, String location, String evseUid) {
        return store.evse(owner, location, evseUid).map(EvseRow::body);
    }

    /** The stored EVSEs of a Location, in its order; the id folded. */
    public List<JsonNode> evses(Handle transaction, PartyId owner, String location) {
        return store.evses(transaction, owner, location).stream().map(row -> (JsonNode) row.body()).toList();
    }

    private Instant ownTime(Handle transaction, Document stored) {
        return store.ownTime(transaction, stored.owner(), stored.key()).orElse(stored.updatedAt());
    }

    private Document lock(Handle transaction, Part part) {
        return documents.lock(transaction, ModuleId.LOCATIONS, part.owner(), part.key()).orElseThrow(() -> OcpiException.absent(ModuleId.LOCATIONS));
    }

    private void save(Handle transaction, Document location, EvseRow evse, boolean statusOnly) {
        store.write(transaction, location.owner(), location.key(), evse);
        String updated = evse.body().path("last_updated").asText();
        documents.touch(transaction, new Document(location.module(), location.owner(), location.key(), location.spelled(), null, location.source(), location.body(),
                updated, instant(updated)));
        feed.place(transaction, ModuleId.LOCATIONS, location.owner(), location.key() + "/" + evse.uid(), null, statusOnly, clock.instant());
    }

    /** A Location is at least as young as its parts. */
    private static String latest(ObjectNode location, List<EvseRow> evses) {
        String latest = location.path("last_updated").asText();
        for (EvseRow evse : evses) {
            if (LocationParts.time(evse.body()).isAfter(instant(latest))) {
                latest = evse.body().path("last_updated").asText();
            }
        }
        return latest;
    }

    private static Instant instant(String time) {
        return OcpiTime.parse(time).orElse(Instant.EPOCH);
    }
}
