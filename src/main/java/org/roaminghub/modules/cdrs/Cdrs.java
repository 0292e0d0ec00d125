package org.roaminghub.modules.cdrs;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.delivery.CdrHandover;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.modules.core.ModuleDefinition;
import org.roaminghub.modules.core.ObjectService;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.modules.core.PassedOn;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.SchemaCheck;
import org.roaminghub.ocpi.schema.StrictJson;

/** Stores a CDR once, together with its entry in the hand-over. */
@ApplicationScoped
public class Cdrs {
    /** CDRs as a module. */
    public static final ModuleDefinition CDRS = ModuleDefinition.directed(ModuleId.CDRS, "CDR");

    private static final Logger LOG = Logger.getLogger(Cdrs.class);
    private static final String RELEASED_BY = "hub";

    private final ObjectService objects;
    private final DocumentStore store;
    private final CdrHandover handover;
    private final Jdbi jdbi;

    Cdrs(ObjectService objects, DocumentStore store, CdrHandover handover, Jdbi jdbi) {
        this.objects = objects;
        this.store = store;
        this.handover = handover;
        this.jdbi = jdbi;
    }

    /** Stores a CDR within a transaction. The same CDR again changes nothing; another content under a known id is refused. */
    public Change add(Handle transaction, PartyId owner, String source, String text, JsonNode cdr) {
        Optional<Document> stored = find(transaction, owner, CDRS.keyOf().apply(cdr));
        if (stored.isPresent()) {
            if (StrictJson.parse(stored.get().body()).equals(cdr)) {
                return Change.SAME;
            }
            throw OcpiException.invalid("id: a CDR with this id and another content is stored; correct it by a credit CDR and a new one");
        }
        Change change = objects.write(transaction, CDRS, owner, source, text, cdr, false);
        handover.enter(transaction, owner, CDRS.keyOf().apply(cdr), CDRS.recipientOf().apply(cdr), text.strip(), null);
        return change;
    }

    /** A CDR that the CPO sent to its eMSP directly is money all the same: kept, and delivered already. */
    void passedOn(@Observes PassedOn passed) {
        if (passed.module() != ModuleId.CDRS || !passed.method().equals("POST")) {
            return;
        }
        JsonNode cdr = StrictJson.parse(passed.body());
        if (!SchemaCheck.check(CDRS.schemaClass(), cdr, Mode.FULL).isEmpty() || !CDRS.recipientOf().apply(cdr).equals(passed.to())) {
            LOG.warnf("%s took a CDR of %s that is faulty or another eMSP's; the hub keeps no copy", passed.to(), passed.from());
            return;
        }
        String id = CDRS.keyOf().apply(cdr);
        Change change = jdbi.inTransaction(transaction -> {
            Optional<Document> stored = find(transaction, passed.from(), id);
            if (stored.isPresent() && !StrictJson.parse(stored.get().body()).equals(cdr)) {
                LOG.errorf("%s took a CDR %s of %s that was issued with another content before; the hub keeps the first (A-44)", passed.to(), id, passed.from());
                return Change.SAME;
            }
            Change added = objects.keep(transaction, CDRS, passed.from(), passed.source(), passed.body(), cdr);
            handover.passedOn(transaction, passed.from(), id, passed.to(), passed.body(), passed.url());
            return added;
        });
        objects.committed(CDRS, passed.from(), id, change);
    }

    /** Keeps a CDR back: no partner sees it until it is added, and until then it may change. */
    public void hold(Handle transaction, PartyId owner, String text, JsonNode cdr, String reason) {
        handover.enter(transaction, owner, CDRS.keyOf().apply(cdr), CDRS.recipientOf().apply(cdr), text, reason);
    }

    /**
     * A person lets a held CDR go: it is issued as it was held.
     *
     * @return false when no CDR with this id is held
     */
    public boolean release(PartyId owner, String id) {
        Optional<Change> change = jdbi.inTransaction(transaction -> handover.held(transaction, owner, id)
                .map(body -> add(transaction, owner, RELEASED_BY, body, StrictJson.parse(body))));
        change.ifPresent(done -> objects.committed(CDRS, owner, id, done));
        return change.isPresent();
    }

    /** The CDR as it was issued, if it was. */
    public Optional<Document> find(Handle transaction, PartyId owner, String id) {
        return store.lock(transaction, ModuleId.CDRS, owner, Document.fold(id));
    }
}
