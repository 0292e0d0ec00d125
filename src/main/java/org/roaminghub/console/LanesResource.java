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
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.roaminghub.delivery.LaneControl;
import org.roaminghub.delivery.Lanes;
import org.roaminghub.ocpi.ModuleId;

/** Lanes: how far each party has been brought, what it refused, and what an operator can do about it. */
@Path("/api/v1/lanes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "lanes")
@RolesAllowed(Roles.VIEWER)
class LanesResource {
    private static final Logger LOG = Logger.getLogger(LanesResource.class);

    private final Reading reading;
    private final LaneRows rows;
    private final HeldRows held;
    private final Lanes lanes;
    private final Body bodies;
    private final SecurityIdentity caller;

    LanesResource(Reading reading, LaneRows rows, HeldRows held, Lanes lanes, Body bodies, SecurityIdentity caller) {
        this.reading = reading;
        this.rows = rows;
        this.held = held;
        this.lanes = lanes;
        this.bodies = bodies;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "Lanes with their state, lag in objects and seconds, and number of held objects")
    public Page<LaneItem> list(@QueryParam("partner") String partner, @QueryParam("module") String module, @QueryParam("owner") String owner, @BeanParam ListQuery query) {
        Conditions conditions = new Conditions();
        if (!ListQuery.blank(partner)) {
            conditions.and("partner = :partner", "partner", partner);
        }
        if (!ListQuery.blank(module)) {
            ModuleId known = ModuleId.of(module).orElseThrow(() -> ApiProblem.invalid("module", "expected an OCPI module such as locations"));
            conditions.and("module = :module", "module", known.id());
        }
        if (!ListQuery.blank(owner)) {
            conditions.and("owner = :owner", "owner", ListQuery.party("owner", owner).toString());
        }
        query.after(1).ifPresent(key -> conditions.and("id > :after", "after", ListQuery.number("cursor", key.get(0))));
        List<LaneItem> read = reading.read(handle -> rows.list(handle, conditions, query.limit() + 1));
        return Page.of(read, query.limit(), lane -> List.of(Long.toString(lane.id())));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One lane")
    public LaneItem one(@PathParam("id") String id) {
        return lane(id);
    }

    @POST
    @Path("{id}/resync")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Send everything of this lane again, each object once in its newest form")
    public LaneItem resync(@PathParam("id") String id) {
        return act("resync", id, LaneControl::resync);
    }

    @POST
    @Path("{id}/pause")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Send nothing more on this lane until it is resumed; nothing is lost")
    public LaneItem pause(@PathParam("id") String id) {
        return act("pause", id, LaneControl::pause);
    }

    @POST
    @Path("{id}/resume")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Let a paused or stopped lane go on where it stands")
    public LaneItem resume(@PathParam("id") String id) {
        return act("resume", id, LaneControl::resume);
    }

    @GET
    @Path("{id}/held")
    @Operation(summary = "Objects that the partner refused, with the reason and the time of the next attempt")
    public Page<HeldItem> held(@PathParam("id") String id, @BeanParam ListQuery query) {
        LaneItem lane = lane(id);
        String after = query.after(1).map(key -> key.get(0)).orElse("");
        boolean clear = TokenMask.seesTokens(caller);
        return Page.of(reading.read(handle -> held.ofLane(handle, lane.id(), after, query.limit() + 1, clear)), query.limit(), item -> List.of(item.key()));
    }

    @POST
    @Path("{id}/held/retry")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Try held objects again now: one, {object}, or all of the lane")
    public Map<String, Integer> retry(@PathParam("id") String id, String text) {
        JsonNode body = bodies.object(text);
        LaneItem lane = lane(id);
        String object = body.hasNonNull("object") ? key(lane, Body.text(body, "object", "a held object such as NL*ACM/LOC1/EVSE1")) : null;
        int due = control(lane).retryHeld(object);
        LOG.infof("Retry of %d held objects of lane %d by %s", due, lane.id(), caller.getPrincipal().getName());
        return Map.of("retried", due);
    }

    private String key(LaneItem lane, String object) {
        return reading.read(handle -> held.key(handle, lane, object))
                .orElseThrow(() -> ApiProblem.absent("held object", "lane " + lane.id() + " holds no " + object + "; GET /api/v1/lanes/" + lane.id() + "/held lists what it holds"));
    }

    private LaneItem act(String what, String id, Consumer<LaneControl> action) {
        LaneItem lane = lane(id);
        action.accept(control(lane));
        LOG.infof("Lane %d (%s, %s of %s): %s by %s", lane.id(), lane.partner(), lane.module(), lane.owner(), what, caller.getPrincipal().getName());
        return lane(id);
    }

    private LaneControl control(LaneItem lane) {
        return lanes.control(lane.id()).orElseThrow(() -> ApiProblem.conflict("Lane is closed",
                "no agreement wants lane " + lane.id() + " any more; restore it in the files of " + lane.partner() + " or its counterpart, then reload"));
    }

    private LaneItem lane(String id) {
        long number = ListQuery.number("id", id);
        return reading.read(handle -> rows.one(handle, number))
                .orElseThrow(() -> ApiProblem.absent("lane", "there is no lane " + number + "; GET /api/v1/lanes lists them"));
    }
}
