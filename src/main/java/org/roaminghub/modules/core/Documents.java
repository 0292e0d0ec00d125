package org.roaminghub.modules.core;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.roaminghub.delivery.DocumentSource;
import org.roaminghub.delivery.Outgoing;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.PartnerLink;
import org.roaminghub.partners.config.Quirk;
import org.roaminghub.partners.config.Quirks;

/** Gives delivery the newest documents, a batch at a time. */
@ApplicationScoped
class Documents implements DocumentSource {
    private final DocumentStore store;
    private final Instance<OutgoingReader> readers;
    private final OutboundBody bodies;

    Documents(DocumentStore store, Instance<OutgoingReader> readers, OutboundBody bodies) {
        this.store = store;
        this.readers = readers;
        this.bodies = bodies;
    }

    @Override
    public Map<ObjectKey, Outgoing> read(ModuleId module, Collection<ObjectKey> objects) {
        if (objects.isEmpty()) {
            return Map.of();
        }
        return readers.stream().filter(reader -> reader.module() == module).findFirst()
                .map(reader -> reader.read(objects)).orElseGet(() -> readRows(module, objects));
    }

    @Override
    public Optional<Outgoing> adapted(PartnerLink link, ModuleId module, PartyId owner, Outgoing outgoing) {
        Quirks quirks = link.quirks();
        if (!quirks.has(Quirk.Kind.DOCUMENTS_OUT)) {
            return Optional.of(outgoing);
        }
        // An EVSE does not say whether its Location is withheld; that one query more is for partners with this quirk only.
        Optional<ObjectKey> parent = outgoing.parent().filter(id -> quirks.has(Quirk.OUT_WITHHOLD)).map(id -> new ObjectKey(owner, id));
        if (parent.flatMap(key -> Optional.ofNullable(read(module, List.of(key)).get(key))).filter(found -> bodies.withheld(link, module, found)).isPresent()) {
            return Optional.empty();
        }
        return bodies.adapted(link, module, outgoing);
    }

    private Map<ObjectKey, Outgoing> readRows(ModuleId module, Collection<ObjectKey> objects) {
        Map<ObjectKey, Outgoing> read = new HashMap<>();
        Map<PartyId, Set<String>> byOwner = objects.stream().collect(Collectors.groupingBy(ObjectKey::owner, Collectors.mapping(ObjectKey::object, Collectors.toSet())));
        byOwner.forEach((owner, keys) -> {
            store.findAll(module, owner, keys).forEach(document -> read.put(new ObjectKey(owner, document.key()), outgoing(document, Optional.of(document.body()))));
            store.deleted(module, owner, keys).forEach(document -> read.put(new ObjectKey(owner, document.key()), outgoing(document, Optional.empty())));
        });
        return read;
    }

    private static Outgoing outgoing(Document document, Optional<String> body) {
        // A Token's key carries its type, which belongs into the query (TOK-03).
        int slash = document.key().lastIndexOf('/');
        String query = document.module() == ModuleId.TOKENS && slash >= 0 ? "type=" + document.key().substring(slash + 1) : "";
        return new Outgoing(List.of(document.spelled()), query, body, Optional.empty(), Optional.empty());
    }
}
