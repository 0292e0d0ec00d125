package org.roaminghub.pull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.roaminghub.modules.cdrs.Cdrs;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.modules.core.ModuleDefinition;
import org.roaminghub.modules.core.ObjectService;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.modules.locations.Locations;
import org.roaminghub.modules.sessions.SessionsReceiver;
import org.roaminghub.modules.tariffs.TariffsReceiver;
import org.roaminghub.modules.tokens.TokensReceiver;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/** Stores objects of lists as the receivers of the modules store pushed ones. */
@ApplicationScoped
class PulledObjects {
    private final ObjectService objects;
    private final Locations locations;
    private final Cdrs cdrs;
    private final DocumentStore store;

    PulledObjects(ObjectService objects, Locations locations, Cdrs cdrs, DocumentStore store) {
        this.objects = objects;
        this.locations = locations;
        this.cdrs = cdrs;
        this.store = store;
    }

    /** An object that passed the checks. @param key folded */
    record Item(String key, String text, ObjectNode body) {
    }

    static ModuleDefinition definition(ModuleId module) {
        return switch (module) {
            case LOCATIONS -> Locations.LOCATIONS;
            case TARIFFS -> TariffsReceiver.TARIFFS;
            case TOKENS -> TokensReceiver.TOKENS;
            case SESSIONS -> SessionsReceiver.SESSIONS;
            case CDRS -> Cdrs.CDRS;
            default -> throw new IllegalArgumentException(module.id() + " has no list");
        };
    }

    /** Those that are stored exactly so already, found in one query: most of a full pull. */
    Set<String> unchanged(ModuleId module, PartyId owner, Collection<Item> items) {
        if (module == ModuleId.LOCATIONS) {
            return locations.unchanged(owner, items.stream().collect(Collectors.toMap(Item::key, Item::body, (first, second) -> second)));
        }
        Map<String, Item> byKey = items.stream().collect(Collectors.toMap(Item::key, Function.identity(), (first, second) -> second));
        return store.findAll(module, owner, byKey.keySet()).stream()
                .filter(document -> document.body().equals(byKey.get(document.key()).text())).map(document -> document.key()).collect(Collectors.toSet());
    }

    Change store(Handle transaction, ModuleId module, PartyId owner, String partner, Item item) {
        return switch (module) {
            case LOCATIONS -> locations.putListed(transaction, owner, partner, item.body().deepCopy());
            case CDRS -> cdrs.add(transaction, owner, partner, item.text(), item.body());
            case SESSIONS -> {
                ObjectNode session = SessionsReceiver.normalised(item.body().deepCopy());
                String text = session.equals(item.body()) ? item.text() : session.toString();
                yield objects.write(transaction, SessionsReceiver.SESSIONS, owner, partner, text, session, false);
            }
            default -> objects.write(transaction, definition(module), owner, partner, item.text(), item.body(), false);
        };
    }

    /** Tells the rest of the hub, after the commit. */
    void committed(ModuleId module, PartyId owner, String key, Change change) {
        objects.committed(definition(module), owner, key, change);
    }
}
