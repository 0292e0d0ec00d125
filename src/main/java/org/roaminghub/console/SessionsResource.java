package org.roaminghub.console;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Charging sessions. */
@Path("/api/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "sessions")
@RolesAllowed(Roles.VIEWER)
class SessionsResource {
    private final Reading reading;
    private final SessionList sessions;
    private final PartnerParties parties;
    private final SecurityIdentity caller;

    SessionsResource(Reading reading, SessionList sessions, PartnerParties parties, SecurityIdentity caller) {
        this.reading = reading;
        this.sessions = sessions;
        this.parties = parties;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "Charging sessions, newest first; from and to are about their start, partner is either side")
    public Page<SessionItem> list(@QueryParam("state") String state, @QueryParam("partner") String partner, @QueryParam("from") String from, @QueryParam("to") String to,
            @BeanParam ListQuery query) {
        Conditions conditions = new Conditions();
        if (!ListQuery.blank(state)) {
            conditions.and("state = any(:states)", "states", ListQuery.oneOf("state", state, SessionList.STATES));
        }
        if (!ListQuery.blank(partner)) {
            conditions.and("(owner = any(:parties) or emsp = any(:parties))", "parties", parties.of(partner));
        }
        if (!ListQuery.blank(from)) {
            conditions.and("start_at >= :from", "from", ListQuery.time("from", from));
        }
        if (!ListQuery.blank(to)) {
            conditions.and("start_at < :to", "to", ListQuery.time("to", to));
        }
        query.after(3).ifPresent(key -> SessionList.after(conditions, key));
        boolean clear = TokenMask.seesTokens(caller);
        return Page.of(reading.read(handle -> sessions.list(handle, conditions, query.limit() + 1, clear)), query.limit(), SessionList::cursor);
    }
}
