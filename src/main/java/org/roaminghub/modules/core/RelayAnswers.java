package org.roaminghub.modules.core;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.roaminghub.exchange.Outcome;
import org.roaminghub.ocpi.Envelope;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.routing.Relay;
import org.roaminghub.routing.RoutingHeaders;

/** Answers that come from another party: its own as they are (ROUTE-23), or 4000 to 4003 with HTTP 200. */
@ApplicationScoped
public class RelayAnswers {
    private final Clock clock;

    RelayAnswers(Clock clock) {
        this.clock = clock;
    }

    /** The answer to hand back; headers besides the body's are the caller's business. */
    public Response.ResponseBuilder of(Relay.Answer answer) {
        if (answer instanceof Relay.Answer.Failed failed) {
            return json(200, Envelope.of(failed.status(), failed.reason(), null, clock.instant()));
        }
        Outcome.Answered answered = ((Relay.Answer.Received) answer).answer();
        return json(answered.httpStatus(), answered.ocpiStatus().isPresent() ? answered.body() : withoutEnvelope(answered.httpStatus()));
    }

    /** The same with the routing headers of the party that answered (ROUTE-04); where none did, the hub names itself. */
    public Response.ResponseBuilder of(Relay.Request forwarded, Relay.Answer answer) {
        Response.ResponseBuilder response = of(answer);
        if (answer instanceof Relay.Answer.Received) {
            RoutingHeaders.headers(forwarded.to(), forwarded.from()).forEach(response::header);
        }
        return response;
    }

    /** An empty 2xx is an acknowledgement, an empty 404 an absent object; our requesters get an envelope all the same. */
    private String withoutEnvelope(int http) {
        return http == 404 ? Envelope.of(OcpiStatus.CLIENT_ERROR, "unknown object", null, clock.instant()) : Envelope.success(clock.instant());
    }

    private static Response.ResponseBuilder json(int http, String envelope) {
        return Response.status(http).type(MediaType.APPLICATION_JSON_TYPE).entity(envelope);
    }
}
