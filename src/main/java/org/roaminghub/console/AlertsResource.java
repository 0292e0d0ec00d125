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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.roaminghub.alerts.AlertDesk;

/** Alerts: what should have happened and did not, and who takes care of it. They clear by themselves. */
@Path("/api/v1/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alerts")
@RolesAllowed(Roles.VIEWER)
class AlertsResource {
    private static final Duration LONGEST_SILENCE = Duration.ofDays(30);

    private final Reading reading;
    private final AlertRows alerts;
    private final AlertDesk desk;
    private final ConsoleUsers users;
    private final Body bodies;
    private final Clock clock;
    private final SecurityIdentity caller;

    AlertsResource(Reading reading, AlertRows alerts, AlertDesk desk, ConsoleUsers users, Body bodies, Clock clock, SecurityIdentity caller) {
        this.reading = reading;
        this.alerts = alerts;
        this.desk = desk;
        this.users = users;
        this.bodies = bodies;
        this.clock = clock;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "Alerts, newest first; state and type take several values separated by commas")
    public Page<AlertItem> list(@QueryParam("state") String state, @QueryParam("type") String type, @QueryParam("partner") String partner, @BeanParam ListQuery query) {
        Conditions conditions = new Conditions();
        if (!ListQuery.blank(state)) {
            String[] states = ListQuery.oneOf("state", state, AlertRows.STATES);
            conditions.and("state = any(:states)", "states", states);
            if (!List.of(states).contains("CLEARED")) {
                // Said in the words of the index of live alerts; there may be very many cleared ones.
                conditions.and("state <> 'CLEARED'");
            }
        }
        if (!ListQuery.blank(type)) {
            conditions.and("type = any(:types)", "types", ListQuery.oneOf("type", type, AlertRows.TYPES));
        }
        if (!ListQuery.blank(partner)) {
            conditions.and("partner = :partner", "partner", partner);
        }
        query.after(1).ifPresent(key -> conditions.and("id < :after", "after", ListQuery.number("cursor", key.get(0))));
        return Page.of(reading.read(handle -> alerts.list(handle, conditions, query.limit() + 1)), query.limit(), item -> List.of(Long.toString(item.id())));
    }

    @POST
    @Path("{id}/acknowledge")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Say that you have seen it; a silence ends with it")
    public AlertItem acknowledge(@PathParam("id") String id) {
        long alert = known(id);
        return after(alert, desk.acknowledge(alert, caller.getPrincipal().getName()));
    }

    @POST
    @Path("{id}/assign")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Make it somebody's business: {to: name of a user}; without it, yours")
    public AlertItem assign(@PathParam("id") String id, String text) {
        JsonNode body = bodies.object(text);
        String to = body.has("to") ? Body.text(body, "to", "the name of a local user") : caller.getPrincipal().getName();
        if (!users.exists(to)) {
            throw ApiProblem.invalid("to", "there is no user " + to + "; an admin finds them with GET /api/v1/users");
        }
        long alert = known(id);
        return after(alert, desk.assign(alert, to));
    }

    @POST
    @Path("{id}/silence")
    @RolesAllowed(Roles.OPS)
    @Operation(summary = "Do not show it as open for a while: {until: time} or {minutes: number}, at most 30 days; it comes back if it is still found")
    public AlertItem silence(@PathParam("id") String id, String text) {
        Instant until = until(bodies.object(text));
        long alert = known(id);
        return after(alert, desk.silence(alert, until));
    }

    private Instant until(JsonNode body) {
        Instant now = clock.instant();
        if (body.has("minutes")) {
            long minutes = body.path("minutes").isIntegralNumber() && body.path("minutes").canConvertToInt() ? body.path("minutes").asLong() : 0;
            if (minutes < 1 || minutes > LONGEST_SILENCE.toMinutes()) {
                throw ApiProblem.invalid("minutes", "expected a whole number from 1 to " + LONGEST_SILENCE.toMinutes());
            }
            return now.plus(Duration.ofMinutes(minutes));
        }
        Instant until = ListQuery.time("until", Body.text(body, "until", "a time such as 2026-01-31T12:00:00Z, or minutes")).toInstant();
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_SILENCE))) {
            throw ApiProblem.invalid("until", "expected a time to come, at most 30 days away");
        }
        return until;
    }

    private long known(String id) {
        long alert = ListQuery.number("id", id);
        item(alert);
        return alert;
    }

    private AlertItem after(long id, boolean done) {
        AlertItem now = item(id);
        if (!done) {
            throw ApiProblem.conflict("Nothing to do", "the alert has cleared by itself; if its cause comes back, there will be a new one");
        }
        return now;
    }

    private AlertItem item(long id) {
        return reading.read(handle -> alerts.one(handle, id)).orElseThrow(() -> ApiProblem.absent("alert", "there is no alert " + id + "; GET /api/v1/alerts lists them"));
    }
}
