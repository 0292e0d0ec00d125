package org.roaminghub.modules.hubclientinfo;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.roaminghub.delivery.DocumentSource.ObjectKey;
import org.roaminghub.delivery.Outgoing;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.modules.core.OutgoingReader;
import org.roaminghub.ocpi.ModuleId;

/** How ClientInfo leaves: the URL ends with the party, the role stands in the body alone (HCI-03, A-39). */
@ApplicationScoped
class ClientInfoOutgoing implements OutgoingReader {
    private final DocumentStore store;

    ClientInfoOutgoing(DocumentStore store) {
        this.store = store;
    }

    @Override
    public ModuleId module() {
        return ModuleId.HUBCLIENTINFO;
    }

    @Override
    public Map<ObjectKey, Outgoing> read(Collection<ObjectKey> objects) {
        Map<ObjectKey, Outgoing> read = new HashMap<>();
        objects.stream().collect(Collectors.groupingBy(ObjectKey::owner, Collectors.mapping(ObjectKey::object, Collectors.toSet())))
                .forEach((owner, roles) -> store.findAll(ModuleId.HUBCLIENTINFO, owner, roles).forEach(document -> read.put(new ObjectKey(owner, document.key()),
                        new Outgoing(List.of(), "", Optional.of(document.body()), Optional.empty(), Optional.empty()))));
        return read;
    }
}
