package org.roaminghub.modules.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.roaminghub.modules.commands.Commands.Answered;
import org.roaminghub.modules.commands.Commands.Sent;
import org.roaminghub.modules.core.InboundBody;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.RelayAnswers;
import org.roaminghub.ocpi.Envelope;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.routing.Relay;
import org.roaminghub.routing.RoutingHeaders;

/** Commands of eMSPs: POST of the command, answered with the CPO's CommandResponse (CMD-01, CMD-02). */
@Path(OcpiUrls.RECEIVER + "commands")
@Blocking
class CommandsReceiver {
    private final Commands commands;
    private final CommandRoute route;
    private final Relay relay;
    private final OcpiRequest request;
    private final InboundBody bodies;
    private final RelayAnswers answers;
    private final Clock clock;

    CommandsReceiver(Commands commands, CommandRoute route, Relay relay, OcpiRequest request, InboundBody bodies, RelayAnswers answers, Clock clock) {
        this.commands = commands;
        this.route = route;
        this.relay = relay;
        this.request = request;
        this.bodies = bodies;
        this.answers = answers;
        this.clock = clock;
    }

    @POST
    @Path("{command}")
    public CompletionStage<Response> post(@PathParam("command") String name, byte[] body) {
        CommandType type = CommandType.of(name).orElseThrow(() -> OcpiException.absent(ModuleId.COMMANDS));
        ObjectNode command = bodies.parse(request.keepBody(body));
        bodies.check(type.schemaClass(), command, Mode.FULL, request.caller().validation(), request.caller().partner());
        PartyId emsp = request.requester(false);
        mustFit(type, command, emsp);
        CommandRoute.Found found = request.routing().to().map(to -> new CommandRoute.Found(to, null)).orElseGet(() -> route.find(type, command, emsp));
        if (found.answer() != null) {
            return CompletableFuture.completedFuture(byHub(found.answer()).build());
        }
        PartyId cpo = found.cpo();
        PartnerConfig partner = relay.mustReach(emsp, cpo, ModuleId.COMMANDS, InterfaceRole.RECEIVER);
        return commands.send(new Sent(type, command, emsp, cpo, request.correlationId()), partner).thenApply(answered -> {
            Response.ResponseBuilder response = answered instanceof Answered.ByHub byHub ? byHub(byHub.answer()) : answers.of(((Answered.ByPlatform) answered).answer());
            boolean fromCpo = answered instanceof Answered.ByHub || ((Answered.ByPlatform) answered).answer() instanceof Relay.Answer.Received;
            if (fromCpo) {
                RoutingHeaders.headers(cpo, emsp).forEach(response::header);
            }
            return response.build();
        });
    }

    /** Rules between fields that the tables of the classes do not show. */
    private static void mustFit(CommandType type, JsonNode command, PartyId emsp) {
        if (type.bringsToken()) {
            JsonNode token = command.path("token");
            boolean own = emsp.countryCode().equalsIgnoreCase(token.path("country_code").asText()) && emsp.partyId().equalsIgnoreCase(token.path("party_id").asText());
            if (!own) {
                throw OcpiException.invalid("token.country_code, token.party_id: expected a token of " + emsp + ", found another's (CMD-14)");
            }
        }
        if (type == CommandType.START_SESSION && command.path("connector_id").isTextual() && !command.path("evse_uid").isTextual()) {
            throw OcpiException.invalid("evse_uid: expected with connector_id, it is missing (CMD-15)");
        }
    }

    private Response.ResponseBuilder byHub(CommandAnswer answer) {
        String message = answer.status() == OcpiStatus.SUCCESS ? null : answer.data().path("message").path(0).path("text").asText();
        return Response.ok(Envelope.of(answer.status(), message, answer.data().toString(), clock.instant()), MediaType.APPLICATION_JSON_TYPE);
    }
}
