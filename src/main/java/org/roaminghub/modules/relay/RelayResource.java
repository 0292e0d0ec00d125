package org.roaminghub.modules.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.roaminghub.exchange.Outcome;
import org.roaminghub.modules.core.InboundBody;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.PassedOn;
import org.roaminghub.modules.core.RelayAnswers;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.routing.Relay;
import org.roaminghub.routing.RelayedUrls;
import org.roaminghub.routing.RelayedUrls.Kind;
import org.roaminghub.routing.RelayedUrls.Relayed;

/** Directed requests: TO names another party, and the request is the other party's to answer (ROUTE-05, ROUTE-23). */
@Path("/ocpi")
@Blocking
class RelayResource {
    private static final String ROUTED = "routed/2.2.1/{role}/{module}{rest: (/.*)?}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Of a changed path, which is told encoded once more; a module may be percent-encoded itself. */
    private static final Pattern INTERFACE = Pattern.compile("^(/+[^/]+){5}");
    private static final Pattern LINK = Pattern.compile("<([^>]*)>([^<]*)");
    private static final Pattern REL = Pattern.compile("(?i)\\brel\\s*=\\s*\"?([^\",;]*)");

    private final Relay relay;
    private final RelayedUrls relayedUrls;
    private final RelayAnswers answers;
    private final OcpiRequest request;
    private final InboundBody bodies;
    private final OcpiUrls urls;
    private final Event<PassedOn> passedOn;

    RelayResource(Relay relay, RelayedUrls relayedUrls, RelayAnswers answers, OcpiRequest request, InboundBody bodies, OcpiUrls urls, Event<PassedOn> passedOn) {
        this.relay = relay;
        this.relayedUrls = relayedUrls;
        this.answers = answers;
        this.request = request;
        this.bodies = bodies;
        this.urls = urls;
        this.passedOn = passedOn;
    }

    @GET
    @Path(ROUTED)
    @Operation(hidden = true)
    public CompletionStage<Response> get(@PathParam("role") String role, @PathParam("module") String module, @Context UriInfo uri) {
        return forward("GET", role, module, uri, null);
    }

    @PUT
    @Path(ROUTED)
    @Operation(hidden = true)
    public CompletionStage<Response> put(@PathParam("role") String role, @PathParam("module") String module, @Context UriInfo uri, byte[] body) {
        return forward("PUT", role, module, uri, body);
    }

    @PATCH
    @Path(ROUTED)
    @Operation(hidden = true)
    public CompletionStage<Response> patch(@PathParam("role") String role, @PathParam("module") String module, @Context UriInfo uri, byte[] body) {
        return forward("PATCH", role, module, uri, body);
    }

    @POST
    @Path(ROUTED)
    @Operation(hidden = true)
    public CompletionStage<Response> post(@PathParam("role") String role, @PathParam("module") String module, @Context UriInfo uri, byte[] body) {
        return forward("POST", role, module, uri, body);
    }

    @DELETE
    @Path(ROUTED)
    @Operation(hidden = true)
    public CompletionStage<Response> delete(@PathParam("role") String role, @PathParam("module") String module, @Context UriInfo uri) {
        return forward("DELETE", role, module, uri, null);
    }

    /** Behind a URL that stands for one of another party: a CDR it stores, or the next page of its list. */
    @GET
    @Path("2.2.1/relayed/{module}/{id}")
    public CompletionStage<Response> relayed(@PathParam("module") String module, @PathParam("id") String id) {
        ModuleId known = ModuleId.of(module).filter(named -> !named.isConfiguration()).orElseThrow(NotFoundException::new);
        boolean leadsToCpo = Relay.servedByCpo(known, InterfaceRole.SENDER);
        Relayed target = relayedUrls.find(id, known, request.caller().allParties()).orElseThrow(() -> OcpiException.absent(known));
        boolean toCpo = target.kind() == Kind.PAGE == leadsToCpo;
        // It was given under an agreement, which may have ended since.
        if (relay.receiver(target.usedBy(), target.leadsTo(), toCpo).isEmpty()) {
            throw OcpiException.absent(known);
        }
        Relay.Request forwarded = new Relay.Request(known, InterfaceRole.SENDER, "GET", "", null, null, target.usedBy(), target.leadsTo(), request.correlationId(), PATIENCE);
        return relay.sendTo(target.url(), forwarded, toCpo).thenApplyAsync(answer -> answered(forwarded, null, answer), Infrastructure.getDefaultWorkerPool());
    }

    private CompletionStage<Response> forward(String method, String roleName, String moduleName, UriInfo uri, byte[] body) {
        ModuleId module = ModuleId.of(moduleName).orElseThrow(NotFoundException::new);
        InterfaceRole role = roleName.equals("sender") ? InterfaceRole.SENDER : InterfaceRole.RECEIVER;
        PartyId to = request.routing().to().orElseThrow(NotFoundException::new);
        PartyId from = request.requester(!Relay.servedByCpo(module, role));
        String path = INTERFACE.matcher(uri.getRequestUri().getPath()).replaceFirst("");
        Relay.Request forwarded = new Relay.Request(module, role, method, path, uri.getRequestUri().getRawQuery(),
                text(body, from), from, to, request.correlationId(), PATIENCE);
        ownerMustBe(forwarded);
        String source = request.caller().partner();
        return relay.send(forwarded).thenApplyAsync(answer -> answered(forwarded, source, answer), Infrastructure.getDefaultWorkerPool());
    }

    /** What the body says is the receiver's to judge, but it must be a JSON object (TRANS-33) of the party that sends it. */
    private String text(byte[] body, PartyId from) {
        if (body == null || body.length == 0) {
            return null;
        }
        String text = request.keepBody(body);
        ownerMustBe(from, bodies.parse(text));
        return text;
    }

    /** A CDR names its owner in the body alone; the others there, too. Parts and changes of objects name none. */
    private static void ownerMustBe(PartyId from, ObjectNode body) {
        boolean foreign = isOther(body.get("country_code"), from.countryCode()) || isOther(body.get("party_id"), from.partyId());
        if (foreign) {
            throw OcpiException.invalid("country_code, party_id: expected " + from + " in the body, as in the OCPI-from headers, found something else");
        }
    }

    private static boolean isOther(JsonNode named, String own) {
        return named != null && !named.isNull() && !own.equalsIgnoreCase(named.asText());
    }

    /** The party in the URL of a pushed object is the one that sends it; who reads back its own names itself, too. */
    private static void ownerMustBe(Relay.Request forwarded) {
        if (forwarded.role() != InterfaceRole.RECEIVER || forwarded.module() == ModuleId.CDRS) {
            return;
        }
        String[] segments = forwarded.path().split("/");
        boolean owner = segments.length > 2 && PartyId.isValid(segments[1], segments[2]) && PartyId.of(segments[1], segments[2]).equals(forwarded.from());
        if (!owner) {
            throw OcpiException.invalid("country_code, party_id: expected " + forwarded.from() + " in the URL, as in the OCPI-from headers, found something else");
        }
    }

    private Response answered(Relay.Request forwarded, String source, Relay.Answer answer) {
        Response.ResponseBuilder response = answers.of(forwarded, answer);
        if (answer instanceof Relay.Answer.Received received) {
            Outcome.Answered theirs = received.answer();
            theirs.total().ifPresent(total -> response.header("X-Total-Count", total));
            theirs.pageLimit().ifPresent(limit -> response.header("X-Limit", limit));
            theirs.link().filter(link -> forwarded.method().equals("GET")).flatMap(RelayResource::target).ifPresent(next -> response.header("Link",
                    "<" + replaced(Kind.PAGE, forwarded, received.asked().resolve(next)) + ">; rel=\"next\""));
            boolean taken = theirs.httpStatus() < 300 && theirs.ocpiStatus().map(OcpiStatus::isSuccess).orElse(true) && forwarded.body() != null;
            boolean cdr = taken && forwarded.module() == ModuleId.CDRS && forwarded.method().equals("POST");
            Optional<URI> stored = theirs.location().filter(location -> cdr).flatMap(RelayResource::uri).map(received.asked()::resolve);
            stored.ifPresent(location -> response.header("Location", replaced(Kind.CDR, forwarded, location)));
            if (source != null && taken) {
                passedOn.fire(new PassedOn(forwarded.module(), forwarded.method(), forwarded.from(), forwarded.to(), source, lastSegment(forwarded.path()),
                        forwarded.body(), stored.map(URI::toString).orElse(null)));
            }
        }
        return response.build();
    }

    private String replaced(Kind kind, Relay.Request forwarded, URI url) {
        return urls.relayed(forwarded.module(), relayedUrls.replace(new Relayed(kind, forwarded.module(), url.toString(), forwarded.from(), forwarded.to())));
    }

    /** The next page; a link without rel can mean nothing else. */
    private static Optional<URI> target(String link) {
        return LINK.matcher(link).results().filter(each -> REL.matcher(each.group(2)).results().allMatch(rel -> rel.group(1).strip().equalsIgnoreCase("next")))
                .findFirst().flatMap(each -> uri(each.group(1)));
    }

    /** What is no URL leads nowhere, for us and for the requester. */
    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String lastSegment(String asWritten) {
        String path = asWritten.replaceFirst("/+$", "");
        return URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
