package org.roaminghub.console;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.roaminghub.partners.Partners;
import org.roaminghub.pull.Pulls;

/** What we pull from a partner: progress, what could not be taken, what is missing. */
@Path("/api/v1/partners/{partner}/pulls")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "partners")
@RolesAllowed(Roles.VIEWER)
class PullsResource {
    private static final Logger LOG = Logger.getLogger(PullsResource.class);

    private final Partners partners;
    private final Pulls pulls;
    private final PullRows rows;
    private final Reading reading;
    private final SecurityIdentity caller;

    PullsResource(Partners partners, Pulls pulls, PullRows rows, Reading reading, SecurityIdentity caller) {
        this.partners = partners;
        this.pulls = pulls;
        this.rows = rows;
        this.reading = reading;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "The lists we pull from this partner, with the progress of each")
    public Page<PullItem> list(@PathParam("partner") String partner, @BeanParam ListQuery query) {
        mustExist(partner);
        long after = query.after(1).map(key -> ListQuery.number("cursor", key.get(0))).orElse(0L);
        return Page.of(reading.read(handle -> rows.pulls(handle, partner, after, query.limit() + 1)), query.limit(), item -> List.of(Long.toString(item.id())));
    }

    @GET
    @Path("faults")
    @Operation(summary = "Objects in this partner's lists that could not be taken, with the reason")
    public Page<PullRows.FaultItem> faults(@PathParam("partner") String partner, @BeanParam ListQuery query) {
        mustExist(partner);
        List<String> after = query.after(2).orElse(List.of("0", ""));
        long pull = ListQuery.number("cursor", after.get(0));
        return Page.of(reading.read(handle -> rows.faults(handle, partner, pull, after.get(1), query.limit() + 1, TokenMask.seesTokens(caller))), query.limit(),
                item -> List.of(Long.toString(item.pull()), item.key()));
    }

    @GET
    @Path("missing")
    @Operation(summary = "Objects we hold that this partner's complete lists do not show any more")
    public Page<PullRows.MissingItem> missing(@PathParam("partner") String partner, @BeanParam ListQuery query) {
        mustExist(partner);
        List<String> after = query.after(3).orElse(List.of("", "", ""));
        return Page.of(reading.read(handle -> rows.missing(handle, partner, after, query.limit() + 1)), query.limit(),
                item -> List.of(item.module(), item.owner(), item.object()));
    }

    @POST
    @Path("cancel")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Stop this partner's pulls; the schedule goes on")
    public Map<String, Object> cancel(@PathParam("partner") String partner) {
        mustExist(partner);
        int cancelled = pulls.cancel(partner);
        LOG.infof("%d pulls of %s cancelled by %s", cancelled, partner, caller.getPrincipal().getName());
        return Map.of("partner", partner, "pulls", cancelled);
    }

    private void mustExist(String partner) {
        if (partners.config(partner).isEmpty()) {
            throw ApiProblem.absent("partner", "no partner file names " + partner + "; GET /api/v1/partners lists those that do");
        }
    }
}
