package org.roaminghub.modules.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.InboundBody;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.ReceiverSupport;
import org.roaminghub.modules.core.RelayAnswers;
import org.roaminghub.modules.core.SessionsById;
import org.roaminghub.modules.locations.Locations;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.routing.Relay;

/** What the driver wishes for a running session: from its eMSP to its CPO, the CPO's answer back (SES-07 … SES-10, A-56). */
@Path(OcpiUrls.SENDER + "sessions/{session_id}/charging_preferences")
@Blocking
class ChargingPreferences {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<String> OVER = Set.of("COMPLETED", "INVALID");
    private static final String CAPABILITY = "CHARGING_PREFERENCES_CAPABLE";
    private static final String NOT_POSSIBLE = "\"NOT_POSSIBLE\"";

    private final Relay relay;
    private final SessionsById sessions;
    private final Locations locations;
    private final RelayAnswers answers;
    private final ReceiverSupport support;
    private final OcpiRequest request;
    private final InboundBody bodies;

    ChargingPreferences(Relay relay, SessionsById sessions, Locations locations, RelayAnswers answers, ReceiverSupport support, OcpiRequest request, InboundBody bodies) {
        this.relay = relay;
        this.sessions = sessions;
        this.locations = locations;
        this.answers = answers;
        this.support = support;
        this.request = request;
        this.bodies = bodies;
    }

    @PUT
    public CompletionStage<Response> put(@PathParam("session_id") String id, byte[] body) {
        String text = request.keepBody(body);
        bodies.check("ChargingPreferences", bodies.parse(text), Mode.FULL, request.caller().validation(), request.caller().partner());
        PartyId emsp = request.requester(false);
        Document stored = sessions.find(id, session -> isOwn(session, emsp)).orElseThrow(() -> OcpiException.absent(ModuleId.SESSIONS));
        JsonNode session = StrictJson.parse(stored.body());
        mustTakePreferences(stored.owner(), session);
        boolean speaksNoOcpi = relay.mustReach(emsp, stored.owner(), ModuleId.SESSIONS, InterfaceRole.SENDER).backend().isPresent();
        if (speaksNoOcpi || OVER.contains(session.path("status").asText())) {
            return CompletableFuture.completedFuture(support.data(NOT_POSSIBLE));
        }
        Relay.Request forwarded = new Relay.Request(ModuleId.SESSIONS, InterfaceRole.SENDER, "PUT", "/" + OcpiUrls.segment(stored.spelled()) + "/charging_preferences", null, text,
                emsp, stored.owner(), request.correlationId(), PATIENCE);
        return relay.send(forwarded).thenApplyAsync(answer -> answers.of(forwarded, answer).build(), Infrastructure.getDefaultWorkerPool());
    }

    /** A session of the requester's customer, at the CPO it names if it names one. */
    private boolean isOwn(Document session, PartyId emsp) {
        return emsp.equals(session.recipient()) && request.caller().agreements().contains(session.owner(), emsp)
                && request.routing().to().map(session.owner()::equals).orElse(true);
    }

    /** Of an EVSE that the hub does not know, the CPO must say it itself (SES-08). */
    private void mustTakePreferences(PartyId cpo, JsonNode session) {
        Optional<JsonNode> evse = locations.evse(cpo, Document.fold(session.path("location_id").asText()), Document.fold(session.path("evse_uid").asText()));
        if (evse.isPresent() && capabilities(evse.get()).noneMatch(CAPABILITY::equals)) {
            throw new OcpiException(OcpiStatus.INVALID_PARAMETERS, 404, "session_id: the EVSE of this session takes no charging preferences");
        }
    }

    private static Stream<String> capabilities(JsonNode evse) {
        return StreamSupport.stream(evse.path("capabilities").spliterator(), false).map(JsonNode::asText);
    }
}
