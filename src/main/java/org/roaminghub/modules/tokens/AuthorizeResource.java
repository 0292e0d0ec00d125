package org.roaminghub.modules.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.roaminghub.exchange.Outcome;
import org.roaminghub.modules.core.InboundBody;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.RelayAnswers;
import org.roaminghub.ocpi.Envelope;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.ObjectModel;
import org.roaminghub.routing.Relay;
import org.roaminghub.routing.RoutingHeaders;

/**
 * A CPO platform asks whether a card may charge (TOK-08). The request goes to the eMSP it names, or to the one that pushed the
 * token; the eMSP's answer goes back as it is.
 */
@Path(OcpiUrls.SENDER + "tokens/{token_uid}/authorize")
@Blocking
class AuthorizeResource {
    private final OcpiRequest request;
    private final InboundBody bodies;
    private final Tokens tokens;
    private final RealTime realTime;
    private final RelayAnswers answers;
    private final Clock clock;

    AuthorizeResource(OcpiRequest request, InboundBody bodies, Tokens tokens, RealTime realTime, RelayAnswers answers, Clock clock) {
        this.request = request;
        this.bodies = bodies;
        this.tokens = tokens;
        this.realTime = realTime;
        this.answers = answers;
        this.clock = clock;
    }

    @POST
    public CompletionStage<Response> authorize(@PathParam("token_uid") String uid, @QueryParam("type") @DefaultValue("RFID") String type, byte[] body) {
        String place = place(body);
        List<String> types = ObjectModel.ocpi221().enumValues("TokenType");
        if (!types.contains(type)) {
            throw OcpiException.invalid("type: expected one of " + String.join(", ", types) + ", found something else");
        }
        PartyId cpo = request.requester(true);
        List<JsonNode> known = tokens.find(cpo, uid, type);
        PartyId emsp = request.routing().to().orElseGet(() -> issuer(known));
        Optional<JsonNode> ofEmsp = known.stream().filter(token -> Tokens.issuer(token).equals(emsp)).findFirst();
        RealTime.Question question = new RealTime.Question(cpo, emsp, uid, type, place, ofEmsp, request.correlationId(),
                request.caller().config().delivery().authorizeTimeout());
        return realTime.ask(question).thenApply(answer -> answered(question, answer));
    }

    /** The place is optional, but one that is there must be readable (TOK-09). */
    private String place(byte[] body) {
        String text = request.keepBody(body);
        if (text.isBlank()) {
            return null;
        }
        bodies.check("LocationReferences", bodies.parse(text), Mode.FULL, request.caller().validation(), request.caller().partner());
        return text;
    }

    private static PartyId issuer(List<JsonNode> known) {
        if (known.isEmpty()) {
            throw OcpiException.absent(ModuleId.TOKENS);
        }
        if (known.size() > 1) {
            throw new OcpiException(OcpiStatus.NOT_ENOUGH_INFORMATION, 200, "several eMSPs have a token with this uid and type; name one in the OCPI-to headers");
        }
        return Tokens.issuer(known.get(0));
    }

    private Response answered(RealTime.Question question, Relay.Answer answer) {
        if (!(answer instanceof Relay.Answer.Received received)) {
            return answers.of(answer).build();
        }
        Outcome.Answered theirs = received.answer();
        if (theirs.httpStatus() == 404 && theirs.ocpiStatus().isEmpty()) {
            return Response.status(404).type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(Envelope.of(OcpiStatus.UNKNOWN_TOKEN, "unknown token", null, clock.instant())).build();
        }
        Response.ResponseBuilder response = answers.of(answer);
        RoutingHeaders.headers(question.emsp(), question.cpo()).forEach(response::header);
        return response.build();
    }
}
