package org.roaminghub.modules.credentials;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.roaminghub.modules.core.InboundBody;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.ReceiverSupport;
import org.roaminghub.ocpi.Envelope;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.partners.Connections;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.PartnerConfig.Validation;

/** GET, POST, PUT and DELETE of credentials (CRED-01). POST needs an unused TOKEN_A, the others a registered partner. */
@Path("/ocpi/2.2.1/credentials")
class CredentialsResource {
    private final OcpiRequest request;
    private final InboundBody bodies;
    private final Handshake handshake;
    private final Connections connections;
    private final ReceiverSupport answers;
    private final Clock clock;

    CredentialsResource(OcpiRequest request, InboundBody bodies, Handshake handshake, Connections connections, ReceiverSupport answers, Clock clock) {
        this.request = request;
        this.bodies = bodies;
        this.handshake = handshake;
        this.connections = connections;
        this.answers = answers;
        this.clock = clock;
    }

    /** We keep only a hash of the caller's token, so the answer repeats the one it came with. */
    @GET
    public Response get() {
        return answers.data(handshake.ourCredentials(request.authenticated().token()).toString());
    }

    @POST
    public Response register(byte[] body) {
        Partners.Authenticated who = request.authenticated();
        if (who.registered()) {
            return notAllowed("already registered, use PUT to replace credentials");
        }
        return answers.data(handshake.accept(who.config(), request.version(), credentials(body), who.token()).toString());
    }

    @PUT
    public Response replace(byte[] body) {
        Partners.Authenticated who = request.authenticated();
        if (!who.registered()) {
            return notAllowed("not registered, use POST");
        }
        return answers.data(handshake.accept(who.config(), request.version(), credentials(body), null).toString());
    }

    @DELETE
    public Response unregister() {
        Partners.Authenticated who = request.authenticated();
        if (!who.registered()) {
            return notAllowed("not registered");
        }
        connections.unregistered(who.config().partner());
        return answers.answer(Change.UPDATED);
    }

    private ObjectNode credentials(byte[] body) {
        ObjectNode credentials = bodies.parse(request.keepBody(body));
        // Faulty credentials cannot be stored, whatever tolerance the file grants to objects.
        bodies.check("Credentials", credentials, Mode.FULL, Validation.REJECT, request.authenticated().config().partner());
        return credentials;
    }

    private Response notAllowed(String reason) {
        return Response.status(Response.Status.METHOD_NOT_ALLOWED).type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Envelope.of(OcpiStatus.CLIENT_ERROR, reason, null, clock.instant())).build();
    }
}
