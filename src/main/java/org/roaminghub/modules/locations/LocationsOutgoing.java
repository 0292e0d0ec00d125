package org.roaminghub.modules.locations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.delivery.DocumentSource.ObjectKey;
import org.roaminghub.delivery.Outgoing;
import org.roaminghub.modules.core.OutgoingReader;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.StrictJson;

/** How Locations leave: whole, or one EVSE, whose status alone fits a PATCH. */
@ApplicationScoped
class LocationsOutgoing implements OutgoingReader {
    private final Jdbi jdbi;
    private final LocationStore store;
    private final OperatorName operators;

    LocationsOutgoing(Jdbi jdbi, LocationStore store, OperatorName operators) {
        this.jdbi = jdbi;
        this.store = store;
        this.operators = operators;
    }

    @Override
    public ModuleId module() {
        return ModuleId.LOCATIONS;
    }

    @Override
    public Map<ObjectKey, Outgoing> read(Collection<ObjectKey> objects) {
        Map<ObjectKey, Outgoing> read = new HashMap<>();
        Map<PartyId, Set<String>> locations = new HashMap<>();
        for (ObjectKey key : objects) {
            if (key.object().indexOf('/') < 0) {
                locations.computeIfAbsent(key.owner(), owner -> new HashSet<>()).add(key.object());
            }
        }
        locations.forEach((owner, ids) -> store.whole(owner, ids).forEach((id, location) -> read.put(new ObjectKey(owner, id),
                new Outgoing(List.of(location.spelled()), "", Optional.of(operators.complete(owner, location.text())), Optional.empty(), Optional.empty()))));
        readEvses(objects.stream().filter(key -> key.object().indexOf('/') >= 0).toList(), read);
        return read;
    }

    private void readEvses(List<ObjectKey> keys, Map<ObjectKey, Outgoing> read) {
        if (keys.isEmpty()) {
            return;
        }
        String[] owners = keys.stream().map(key -> key.owner().toString()).toArray(String[]::new);
        String[] places = keys.stream().map(key -> key.object().substring(0, key.object().indexOf('/'))).toArray(String[]::new);
        String[] uids = keys.stream().map(key -> key.object().substring(key.object().indexOf('/') + 1)).toArray(String[]::new);
        jdbi.useHandle(handle -> handle.createQuery("""
                        select e.owner, e.location, e.uid, d.spelled, e.spelled, e.body, e.status
                        from unnest(:owners, :places, :uids) k (owner, location, uid) join evse e using (owner, location, uid)
                        join document d on d.module = 'locations' and d.owner = e.owner and d.id = e.location""")
                .bind("owners", owners).bind("places", places).bind("uids", uids)
                .map((row, context) -> Map.entry(new ObjectKey(PartyId.parse(row.getString(1)), row.getString(2) + "/" + row.getString(3)),
                        new Outgoing(List.of(row.getString(4), row.getString(5)), "", Optional.of(row.getString(6)),
                                Optional.of(statusPatch(row.getString(6), row.getString(7))), Optional.of(row.getString(2)))))
                .forEach(entry -> read.put(entry.getKey(), entry.getValue())));
    }

    private static String statusPatch(String body, String status) {
        return JsonNodeFactory.instance.objectNode().put("status", status).put("last_updated", StrictJson.parse(body).path("last_updated").asText()).toString();
    }
}
