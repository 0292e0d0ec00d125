package org.roaminghub.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.roaminghub.delivery.CdrHandover;
import org.roaminghub.delivery.CdrState;
import org.roaminghub.modules.cdrs.Cdrs;
import org.roaminghub.modules.core.Document;
import org.roaminghub.ocpi.PartyId;

/** The hand-over of CDRs: where each stands, and the decisions that only a person may take. */
@Path("/api/v1/cdrs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "cdrs")
@RolesAllowed(Roles.VIEWER)
class CdrsResource {
    private static final Logger LOG = Logger.getLogger(CdrsResource.class);
    private static final List<String> DECISIONS = List.of("DELIVERED", "READY");

    private final Reading reading;
    private final CdrList cdrs;
    private final CdrHandover handover;
    private final Cdrs issued;
    private final PartnerParties parties;
    private final Body bodies;
    private final SecurityIdentity caller;

    CdrsResource(Reading reading, CdrList cdrs, CdrHandover handover, Cdrs issued, PartnerParties parties, Body bodies, SecurityIdentity caller) {
        this.reading = reading;
        this.cdrs = cdrs;
        this.handover = handover;
        this.issued = issued;
        this.parties = parties;
        this.bodies = bodies;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "CDRs, newest first; from and to are about their creation, partner is either side")
    public Page<CdrItem> list(@QueryParam("state") String state, @QueryParam("partner") String partner, @QueryParam("from") String from, @QueryParam("to") String to,
            @BeanParam ListQuery query) {
        Conditions conditions = new Conditions();
        String[] states = ListQuery.blank(state) ? CdrList.STATES.toArray(String[]::new) : ListQuery.oneOf("state", state, CdrList.STATES);
        if (!ListQuery.blank(partner)) {
            conditions.and("(h.owner = any(:parties) or h.receiver = any(:parties))", "parties", parties.of(partner));
        }
        if (!ListQuery.blank(from)) {
            conditions.and("h.created_at >= :from", "from", ListQuery.time("from", from));
        }
        if (!ListQuery.blank(to)) {
            conditions.and("h.created_at < :to", "to", ListQuery.time("to", to));
        }
        query.after(3).ifPresent(key -> CdrList.after(conditions, key));
        Page<CdrList.Row> page = Page.of(reading.read(handle -> cdrs.list(handle, conditions, states, query.limit() + 1)), query.limit(), CdrList::cursor);
        return new Page<>(page.items().stream().map(CdrList.Row::item).toList(), page.next());
    }

    @POST
    @Path("{cpo}/{id}/resolve")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Decide about a CDR that is HELD, IN_DOUBT or REJECTED: {decision: DELIVERED or READY, reason}")
    public CdrItem resolve(@PathParam("cpo") String cpo, @PathParam("id") String id, String text) {
        JsonNode body = bodies.object(text);
        PartyId owner = ListQuery.party("cpo", cpo);
        String decision = Body.text(body, "decision", "DELIVERED (the eMSP has it) or READY (send it, again)");
        if (!DECISIONS.contains(decision)) {
            throw ApiProblem.invalid("decision", "expected DELIVERED (the eMSP has it) or READY (send it, again)");
        }
        String reason = Body.text(body, "reason", "why, in words for those who look at it later");
        String user = caller.getPrincipal().getName();
        CdrState to = CdrState.valueOf(decision);
        String key = row(owner, id).key();
        boolean done = (to == CdrState.READY && issued.release(owner, key)) || handover.resolve(owner, key, to, reason.strip() + " (" + user + ")");
        CdrItem now = row(owner, id).item();
        if (!done) {
            throw ApiProblem.conflict("Nothing to decide", "the CDR is " + now.state() + "; IN_DOUBT and REJECTED wait for a person, and a HELD one can only be sent (READY)");
        }
        LOG.infof("CDR %s of %s: %s by %s", now.id(), owner, decision, user);
        return now;
    }

    /** As the owner spells it or folded: CDRs of our own making are kept under the one, those of CPO platforms may be under the other. */
    private CdrList.Row row(PartyId owner, String id) {
        Conditions conditions = new Conditions().and("h.owner = :owner", "owner", owner.toString()).and("h.id = any(:ids)", "ids", new String[] {id, Document.fold(id)});
        return reading.read(handle -> cdrs.list(handle, conditions, CdrList.STATES.toArray(String[]::new), 1)).stream().findFirst()
                .orElseThrow(() -> ApiProblem.absent("CDR", "there is no CDR " + id + " of " + owner + "; GET /api/v1/cdrs lists them"));
    }
}
