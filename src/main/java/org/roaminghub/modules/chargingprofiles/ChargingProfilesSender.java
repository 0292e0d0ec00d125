package org.roaminghub.modules.chargingprofiles;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.roaminghub.modules.core.Caller;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.InboundBody;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.ReceiverSupport;
import org.roaminghub.modules.core.RelayAnswers;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.routing.Callbacks;
import org.roaminghub.routing.Relay;

/**
 * What CPOs say after a request: its result, at the response_url that the hub gave, and every change of a profile that was set
 * (CP-06, CP-08). Both go on to the party that asked, which answers without data (CP-13).
 */
@Path(OcpiUrls.SENDER + "chargingprofiles/{id}")
@Blocking
class ChargingProfilesSender {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Relay relay;
    private final Callbacks callbacks;
    private final RelayAnswers answers;
    private final ReceiverSupport support;
    private final OcpiRequest request;
    private final InboundBody bodies;

    ChargingProfilesSender(Relay relay, Callbacks callbacks, RelayAnswers answers, ReceiverSupport support, OcpiRequest request, InboundBody bodies) {
        this.relay = relay;
        this.callbacks = callbacks;
        this.answers = answers;
        this.support = support;
        this.request = request;
        this.bodies = bodies;
    }

    /** The result of a request; the id is that of the hub's response_url. */
    @POST
    public Response result(@PathParam("id") String id, byte[] body) {
        Caller caller = request.caller();
        Set<PartyId> cpos = caller.parties(true);
        Callbacks.Known asked = callbacks.find(id, ModuleId.CHARGINGPROFILES, cpos).orElseThrow(() -> OcpiException.absent(ModuleId.CHARGINGPROFILES));
        String text = request.keepBody(body);
        ObjectNode sent = bodies.parse(text);
        // Only answers have an envelope; some platforms put one around results, too.
        boolean wrapped = sent.has("status_code") && sent.path("data").isObject();
        ObjectNode result = wrapped ? (ObjectNode) sent.path("data") : sent;
        bodies.check(ProfileRequest.valueOf(asked.what()).resultClass(), result, Mode.FULL, caller.validation(), caller.partner());
        callbacks.result(id, ModuleId.CHARGINGPROFILES, cpos, wrapped ? result.toString() : text, result.path("result").asText().equals("ACCEPTED"));
        callbacks.forwardDue();
        return support.answer(Change.UPDATED);
    }

    /** A change of the active profile, for the party that set one last (CP-08, CP-09); the id is that of the session. */
    @PUT
    public CompletionStage<Response> update(@PathParam("id") String session, byte[] body) {
        PartyId cpo = request.requester(true);
        String text = request.keepBody(body);
        bodies.check("ActiveChargingProfile", bodies.parse(text), Mode.FULL, request.caller().validation(), request.caller().partner());
        PartyId steering = callbacks.newestSucceeded(ModuleId.CHARGINGPROFILES, ProfileRequest.SET_PROFILE.name(), Document.fold(session), request.routing().to(), cpo)
                .map(Callbacks.Known::requester)
                .orElseThrow(() -> OcpiException.invalid("session_id: expected a session for which " + request.routing().to().map(PartyId::toString).orElse("somebody")
                        + " has set a charging profile, found another"));
        Relay.Request forwarded = new Relay.Request(ModuleId.CHARGINGPROFILES, InterfaceRole.SENDER, "PUT", "/" + OcpiUrls.segment(session), null, text, cpo, steering,
                request.correlationId(), PATIENCE);
        return relay.send(forwarded).thenApplyAsync(answer -> answers.of(forwarded, answer).build(), Infrastructure.getDefaultWorkerPool());
    }
}
