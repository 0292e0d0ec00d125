package org.roaminghub.modules.core;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jdbi.v3.core.ConnectionException;
import org.roaminghub.ocpi.Envelope;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;

/** The one place where exceptions become envelopes. Paths outside OCPI keep the framework's answers. */
class OcpiErrors {
    private static final Logger LOG = Logger.getLogger(OcpiErrors.class);
    private static final int RETRY_AFTER_SECONDS = 2;

    private final Clock clock;
    private final OcpiRequest request;

    OcpiErrors(Clock clock, OcpiRequest request) {
        this.clock = clock;
        this.request = request;
    }

    @ServerExceptionMapper
    Response ocpi(OcpiException error) {
        return envelope(error.httpStatus(), error.status(), error.getMessage()).build();
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException error, @Context UriInfo uri) {
        Response answer = error.getResponse();
        if (!uri.getPath().startsWith("/ocpi/") || answer.hasEntity()) {
            return answer;
        }
        Response.ResponseBuilder envelope = envelope(answer.getStatus(), OcpiStatus.CLIENT_ERROR, answer.getStatusInfo().getReasonPhrase());
        answer.getStringHeaders().forEach((name, values) -> values.forEach(value -> envelope.header(name, value)));
        return envelope.type(MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** The database is away: nothing was acknowledged, try again (design §5). */
    @ServerExceptionMapper
    Response database(ConnectionException error) {
        LOG.errorf("The database is away: %s", error.getMessage());
        return envelope(503, OcpiStatus.SERVER_ERROR, "the hub's database is away, try again").header("Retry-After", RETRY_AFTER_SECONDS).build();
    }

    @ServerExceptionMapper
    Response fault(RuntimeException error, @Context UriInfo uri) {
        LOG.errorf(error, "Fault of the hub while answering %s (request %s)", uri.getPath(), request.requestId());
        return envelope(500, OcpiStatus.SERVER_ERROR, "fault of the hub; quote request " + request.requestId()).build();
    }

    private Response.ResponseBuilder envelope(int http, OcpiStatus status, String message) {
        return Response.status(http).type(MediaType.APPLICATION_JSON_TYPE).entity(Envelope.of(status, message, null, clock.instant()));
    }
}
