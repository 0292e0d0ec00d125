package org.roaminghub.modules.core;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;

/** Sessions that a request names by their id and nothing else. Ids are unique per CPO only (TRANS-54). */
@ApplicationScoped
public class SessionsById {
    private final DocumentStore store;

    SessionsById(DocumentStore store) {
        this.store = store;
    }

    /**
     * The one stored session with this id that concerns the requester; those that do not are as good as absent (D12).
     *
     * @throws OcpiException 2002 when several CPOs have one
     */
    public Optional<Document> find(String id, Predicate<Document> concerns) {
        List<Document> found = store.findByKey(ModuleId.SESSIONS, Document.fold(id)).stream().filter(concerns).toList();
        if (found.size() > 1) {
            throw new OcpiException(OcpiStatus.NOT_ENOUGH_INFORMATION, 200, "several CPOs have a Session with this id; name one in OCPI-to-country-code, OCPI-to-party-id");
        }
        return found.stream().findFirst();
    }
}
