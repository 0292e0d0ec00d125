package org.roaminghub.modules.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.modules.core.ObjectService;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.modules.core.PassedOn;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.SchemaCheck;
import org.roaminghub.ocpi.schema.StrictJson;

/**
 * Sessions that a CPO sends to their eMSP directly. The hub keeps a copy: commands and charging preferences name a session and
 * nothing else, and the eMSP may list what is its own.
 */
@ApplicationScoped
class PassedSessions {
    private static final Logger LOG = Logger.getLogger(PassedSessions.class);

    private final ObjectService objects;
    private final DocumentStore store;
    private final Jdbi jdbi;

    PassedSessions(ObjectService objects, DocumentStore store, Jdbi jdbi) {
        this.objects = objects;
        this.store = store;
        this.jdbi = jdbi;
    }

    void passedOn(@Observes PassedOn passed) {
        if (passed.module() != ModuleId.SESSIONS) {
            return;
        }
        ObjectNode sent = (ObjectNode) StrictJson.parse(passed.body());
        Change change = jdbi.inTransaction(transaction -> {
            Optional<Document> stored = store.lock(transaction, ModuleId.SESSIONS, passed.from(), Document.fold(passed.id()));
            boolean patch = passed.method().equals("PATCH");
            ObjectNode session = patch && stored.isPresent() ? SessionsReceiver.merge((ObjectNode) StrictJson.parse(stored.get().body()), sent) : sent;
            if (!SchemaCheck.check("Session", session, Mode.FULL).isEmpty() || !SessionsReceiver.SESSIONS.recipientOf().apply(session).equals(passed.to())) {
                LOG.warnf("%s took a Session %s of %s that is no whole one of its own; the hub keeps no copy", passed.to(), passed.id(), passed.from());
                return Change.SAME;
            }
            return objects.keep(transaction, SessionsReceiver.SESSIONS, passed.from(), passed.source(), patch ? session.toString() : passed.body(), session);
        });
        objects.committed(SessionsReceiver.SESSIONS, passed.from(), passed.id(), change);
    }
}
