package org.roaminghub.charging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.roaminghub.charging.fold.CdrDecision;
import org.roaminghub.charging.fold.SessionState;
import org.roaminghub.charging.fold.SessionStatus;
import org.roaminghub.modules.cdrs.Cdrs;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.modules.core.ObjectService;
import org.roaminghub.modules.locations.StationBinding.Bound;
import org.roaminghub.modules.sessions.SessionsReceiver;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.pricing.NotPriceable;
import org.roaminghub.pricing.Priced;

/** Makes the Session and the CDR of a folded session, in the transaction of the fold. */
@ApplicationScoped
class SessionProjector {
    private static final Logger LOG = Logger.getLogger(SessionProjector.class);
    private static final String SOURCE = "hub";

    private final SessionRows rows;
    private final ContextFinder contexts;
    private final Unresolved unresolved;
    private final ObjectService objects;
    private final DocumentStore sessions;
    private final Cdrs cdrs;
    private final Clock clock;

    SessionProjector(SessionRows rows, ContextFinder contexts, Unresolved unresolved, ObjectService objects, DocumentStore sessions, Cdrs cdrs, Clock clock) {
        this.rows = rows;
        this.contexts = contexts;
        this.unresolved = unresolved;
        this.objects = objects;
        this.sessions = sessions;
        this.cdrs = cdrs;
        this.clock = clock;
    }

    void project(Handle transaction, SessionState session, List<Bound> bindings) {
        Optional<Bound> bound = ContextFinder.bound(session, bindings);
        if (bound.isEmpty()) {
            unresolved.add(transaction, Unresolved.Kind.STATION, session.station(), new StationKey(session.source(), session.station()));
            return;
        }
        PartyId owner = bound.get().owner();
        Optional<FrozenContext> context = rows.frozen(transaction, owner, session);
        String missing = null;
        if (context.isEmpty() && session.idToken() != null && SessionDocuments.SHOWN.contains(session.status())) {
            ContextFinder.Found found = contexts.find(transaction, session, bound.get());
            context = found.context();
            missing = found.missing();
        }
        String cdrReason = missing;
        if (context.isPresent()) {
            if (session.status() == SessionStatus.COMPLETED) {
                context = context.map(frozen -> contexts.atTheEnd(session, bound.get(), frozen));
            }
            cdrReason = documents(transaction, owner, session, context.get()).orElse(null);
        }
        rows.write(transaction, owner, session, context, cdrReason, clock.instant());
    }

    /** Writes the Session and, when it is over, its CDR; answers why there is no CDR on its way, if there should be one. */
    private Optional<String> documents(Handle transaction, PartyId owner, SessionState session, FrozenContext context) {
        SessionPricing.Result pricing = SessionPricing.price(session, context.readTariffs(), context.tariffType(), context.currency(), zone(context));
        ObjectNode document = SessionDocuments.session(owner, session, context, pricing);
        if (!toldCompleted(transaction, owner, session, context)) {
            objects.write(transaction, SessionsReceiver.SESSIONS, owner, SOURCE, document.toString(), document, false);
        }
        if (session.status() != SessionStatus.COMPLETED || session.cdr() == CdrDecision.NONE) {
            return Optional.empty();
        }
        if (pricing.outcome() instanceof NotPriceable refused) {
            return Optional.of(refused.code() + ": " + refused.message());
        }
        if (!context.evse().hasNonNull("evse_id")) {
            return Optional.of("the EVSE has no evse_id, which a CDR must name (A-53)");
        }
        return issue(transaction, owner, session, context, pricing, (Priced) pricing.outcome());
    }

    /** A Session that partners have seen COMPLETED never changes again, whatever its charger still says (SES-02, decision 0017). */
    private boolean toldCompleted(Handle transaction, PartyId owner, SessionState session, FrozenContext context) {
        if (session.status() == SessionStatus.ACTIVE || session.status() == SessionStatus.ENDED_PROVISIONAL) {
            return false;
        }
        return sessions.lock(transaction, ModuleId.SESSIONS, owner, Document.fold(context.sessionId(session)))
                .filter(told -> StrictJson.parse(told.body()).path("status").asText().equals("COMPLETED")).isPresent();
    }

    private Optional<String> issue(Handle transaction, PartyId owner, SessionState session, FrozenContext context, SessionPricing.Result pricing, Priced priced) {
        String id = session.ocpiSessionId().toString();
        if (cdrs.find(transaction, owner, id).isPresent()) {
            // Money does not change any more (SES-02, CDR-02); what comes later is for people to look at.
            LOG.debugf("Session %s changed after its CDR was issued", id);
            return Optional.empty();
        }
        Instant now = clock.instant();
        ObjectNode cdr = SessionDocuments.cdr(owner, session, context, pricing, priced, now);
        if (session.cdr() == CdrDecision.HOLD) {
            String reason = "held: " + String.join(", ", session.flags());
            cdrs.hold(transaction, owner, cdr.toString(), cdr, reason);
            return Optional.of(reason);
        }
        cdrs.add(transaction, owner, SOURCE, cdr.toString(), cdr);
        return Optional.empty();
    }

    /** The Location's zone; without one a tariff with clock restrictions is not priceable, and says so. */
    private static ZoneId zone(FrozenContext context) {
        try {
            return ZoneId.of(context.location().path("time_zone").asText());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
