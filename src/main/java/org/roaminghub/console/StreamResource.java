package org.roaminghub.console;

import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is going on, every second, for the console page and for whoever wants to put it on a wall. */
@Path("/api/v1/stream")
@Tag(name = "stream")
@RolesAllowed(Roles.VIEWER)
class StreamResource {
    private final LiveStream live;

    StreamResource(LiveStream live) {
        this.live = live;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "Server-sent events: one snapshot per second, JSON; trouble when none can be taken")
    public Multi<OutboundSseEvent> stream(@Context Sse sse) {
        return live.watch().map(message -> sse.newEventBuilder().name(message.name()).data(String.class, message.data()).build());
    }
}
