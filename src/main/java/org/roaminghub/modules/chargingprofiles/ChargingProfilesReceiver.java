package org.roaminghub.modules.chargingprofiles;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.InboundBody;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.RelayAnswers;
import org.roaminghub.modules.core.SessionsById;
import org.roaminghub.ocpi.Envelope;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.partners.config.PartnerConfig.Validation;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.routing.Callbacks;
import org.roaminghub.routing.Relay;

/**
 * Requests of eMSPs and SCSPs about the profile of a session (CP-01 … CP-04). They go to the CPO of the session with the hub's
 * response_url in place of the requester's; the CPO's answer goes back as it is.
 */
@Path(OcpiUrls.RECEIVER + "chargingprofiles/{session_id}")
@Blocking
class ChargingProfilesReceiver {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final String RESPONSE_URL = "response_url";

    private final Relay relay;
    private final Callbacks callbacks;
    private final SessionsById sessions;
    private final RelayAnswers answers;
    private final OcpiRequest request;
    private final InboundBody bodies;
    private final OcpiUrls urls;
    private final Clock clock;

    ChargingProfilesReceiver(Relay relay, Callbacks callbacks, SessionsById sessions, RelayAnswers answers, OcpiRequest request, InboundBody bodies, OcpiUrls urls,
            Clock clock) {
        this.relay = relay;
        this.callbacks = callbacks;
        this.sessions = sessions;
        this.answers = answers;
        this.request = request;
        this.bodies = bodies;
        this.urls = urls;
        this.clock = clock;
    }

    @GET
    public CompletionStage<Response> get(@PathParam("session_id") String session, @Context UriInfo uri) {
        RawQuery query = new RawQuery(uri.getRequestUri().getRawQuery());
        Optional<String> duration = query.value("duration");
        if (duration.filter(seconds -> SECONDS.matcher(seconds).matches()).isEmpty()) {
            throw OcpiException.invalid("duration: expected a whole number of seconds in the query, " + (duration.isPresent() ? "found something else" : "it is missing"));
        }
        return ask(ProfileRequest.GET_PROFILE, session, responseUrl(query), url -> new Message(query.with(RESPONSE_URL, url), null));
    }

    @PUT
    public CompletionStage<Response> put(@PathParam("session_id") String session, @Context UriInfo uri, byte[] body) {
        ObjectNode set = bodies.parse(request.keepBody(body));
        bodies.check("SetChargingProfile", set, Mode.FULL, request.caller().validation(), request.caller().partner());
        String responseUrl = checked(set.path(RESPONSE_URL).asText());
        if (set.path("charging_profile").path("charging_profile_period").isEmpty()) {
            return refused("REJECTED", "charging_profile.charging_profile_period: a profile without periods limits nothing");
        }
        return ask(ProfileRequest.SET_PROFILE, session, responseUrl, url -> new Message(uri.getRequestUri().getRawQuery(), set.put(RESPONSE_URL, url).toString()));
    }

    @DELETE
    public CompletionStage<Response> delete(@PathParam("session_id") String session, @Context UriInfo uri) {
        RawQuery query = new RawQuery(uri.getRequestUri().getRawQuery());
        return ask(ProfileRequest.CLEAR_PROFILE, session, responseUrl(query), url -> new Message(query.with(RESPONSE_URL, url), null));
    }

    /** What the CPO gets besides method and path. */
    private record Message(String query, String body) {
    }

    private CompletionStage<Response> ask(ProfileRequest what, String session, String responseUrl, Function<String, Message> message) {
        PartyId requester = request.requester(false);
        Optional<PartyId> cpo = request.routing().to().or(() -> sessions.find(session, stored -> concerns(stored, requester)).map(Document::owner));
        if (cpo.isEmpty()) {
            return refused("UNKNOWN_SESSION", "no CPO that you have an agreement with sent this hub such a session for you");
        }
        PartnerConfig platform = relay.mustReach(requester, cpo.get(), ModuleId.CHARGINGPROFILES, InterfaceRole.RECEIVER);
        if (platform.backend().isPresent()) {
            return refused("NOT_SUPPORTED", cpo.get() + " takes no charging profiles");
        }
        String id = callbacks.open(new Callbacks.Asked(ModuleId.CHARGINGPROFILES, what.name(), Document.fold(session), requester, cpo.get(), responseUrl,
                request.correlationId(), what.usefulUntil(clock.instant())));
        Message sent = message.apply(urls.forPartner(platform.partner(), urls.module(ModuleId.CHARGINGPROFILES, InterfaceRole.SENDER) + "/" + id));
        Relay.Request forwarded = new Relay.Request(ModuleId.CHARGINGPROFILES, InterfaceRole.RECEIVER, what.method(), "/" + OcpiUrls.segment(session), sent.query(),
                sent.body(), requester, cpo.get(), request.correlationId(), PATIENCE);
        return relay.send(forwarded).thenApplyAsync(answer -> answered(id, forwarded, answer), Infrastructure.getDefaultWorkerPool());
    }

    /** An eMSP steers sessions of its own customers; whom a smart charging provider may steer is its agreement's matter (CP-15). */
    private boolean concerns(Document session, PartyId requester) {
        boolean scsp = request.caller().config().parties(Role.SCSP).contains(requester);
        return request.caller().agreements().contains(session.owner(), requester) && (scsp || requester.equals(session.recipient()));
    }

    private Response answered(String id, Relay.Request forwarded, Relay.Answer answer) {
        if (answer instanceof Relay.Answer.Received received) {
            ProfileResponse.announced(received.answer()).ifPresentOrElse(timeout -> callbacks.accepted(id, timeout), () -> callbacks.refused(id));
        } else if (!((Relay.Answer.Failed) answer).sent()) {
            callbacks.refused(id);
        }
        // A CPO that was asked and whose answer is missing may have taken the request: its result is awaited for a moment.
        return answers.of(forwarded, answer).build();
    }

    private CompletionStage<Response> refused(String result, String why) {
        String envelope = Envelope.of(OcpiStatus.SUCCESS, why, ProfileResponse.refusal(result), clock.instant());
        return CompletableFuture.completedFuture(Response.ok(envelope, MediaType.APPLICATION_JSON_TYPE).build());
    }

    private String responseUrl(RawQuery query) {
        return checked(query.value(RESPONSE_URL).orElseThrow(() -> OcpiException.invalid("response_url: is missing in the query")));
    }

    /** Without a URL nobody can be told the result, so no partner is excused from a good one. */
    private String checked(String responseUrl) {
        bodies.check("SetChargingProfile", JsonNodeFactory.instance.objectNode().put(RESPONSE_URL, responseUrl), Mode.PATCH, Validation.REJECT, request.caller().partner());
        try {
            return URI.create(responseUrl).toString();
        } catch (IllegalArgumentException e) {
            throw OcpiException.invalid("response_url: expected an http or https URL, found something else");
        }
    }
}
