package org.roaminghub.modules.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.roaminghub.exchange.ExchangeLog;
import org.roaminghub.exchange.ExchangeRow;
import org.roaminghub.exchange.ExchangeRow.Direction;
import org.roaminghub.exchange.Masking;
import org.roaminghub.exchange.Presence;
import org.roaminghub.ocpi.Envelope;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.versions.OcpiVersion;
import org.roaminghub.partners.HubParty;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.routing.Relay;
import org.roaminghub.routing.RoutingHeaders;
import org.roaminghub.routing.RoutingRules;

/** Around every OCPI request: who calls, message ids, routing headers on the answer, the exchange log. */
class OcpiFilter {
    private static final String REQUEST_ID = "X-Request-ID";
    private static final String CORRELATION_ID = "X-Correlation-ID";
    private static final int ID_CAP = 64;

    private final Partners partners;
    private final OcpiRequest request;
    private final Relay relay;
    private final ExchangeLog log;
    private final Presence presence;
    private final ObjectMapper json;
    private final HubParty hub;
    private final Clock clock;

    OcpiFilter(Partners partners, OcpiRequest request, Relay relay, ExchangeLog log, Presence presence, ObjectMapper json, HubParty hub, Clock clock) {
        this.partners = partners;
        this.request = request;
        this.relay = relay;
        this.log = log;
        this.presence = presence;
        this.json = json;
        this.hub = hub;
        this.clock = clock;
    }

    @ServerRequestFilter
    Optional<Response> authenticate(ContainerRequestContext context) {
        if (!isOcpi(context)) {
            return Optional.empty();
        }
        request.begin(idOr(context, REQUEST_ID), idOr(context, CORRELATION_ID), clock.instant());
        Optional<Partners.Authenticated> who = partners.authenticate(context.getHeaderString("Authorization"));
        if (who.isEmpty()) {
            return Optional.of(refused());
        }
        presence.heard(who.get().config().partner());
        // TOKEN_A opens versions and credentials, nothing else (CRED-04).
        if (!who.get().registered() && module(context).filter(module -> module != ModuleId.CREDENTIALS).isPresent()) {
            return Optional.of(refused());
        }
        mustServe(who.get().config(), VersionPaths.asked(context));
        refuseControlCharacters(context.getUriInfo());
        request.authenticated(who.get(), who.get().registered() ? new Caller(who.get().config(), partners.agreements()) : null);
        request.asks(VersionPaths.asked(context).orElse(OcpiVersion.HUB), module(context).orElse(null));
        module(context).filter(module -> !module.isConfiguration()).ifPresent(module -> route(context, module));
        return Optional.empty();
    }

    /** What is served to whom is agreed on beforehand, and stands in the partner's file (CRED-33). */
    private static void mustServe(PartnerConfig partner, Optional<OcpiVersion> version) {
        version.filter(asked -> !partner.versions().contains(asked)).ifPresent(asked -> {
            throw new OcpiException(OcpiStatus.UNSUPPORTED_VERSION, 200, "version " + asked.id() + " is not agreed with you, use one of "
                    + partner.versions().stream().map(OcpiVersion::id).toList());
        });
    }

    /** FROM is one of the caller's parties, TO one it has an agreement with, and the request may be addressed as it is. */
    private void route(ContainerRequestContext context, ModuleId module) {
        RoutingHeaders headers = RoutingHeaders.of(context::getHeaderString);
        headers.from().filter(from -> !request.caller().allParties().contains(from)).ifPresent(from -> {
            throw OcpiException.invalid("OCPI-from-country-code, OCPI-from-party-id: expected one of your parties, found " + from);
        });
        request.routing(headers);
        String path = context.getUriInfo().getPath();
        Optional<InterfaceRole> role = role(path);
        if (role.isEmpty()) {
            return;
        }
        boolean list = path.endsWith("/" + module.id()) || path.endsWith("/" + module.id() + "/");
        RoutingRules.fault(context.getMethod(), module, role.get(), list, headers, hub.id()).ifPresent(fault -> {
            throw OcpiException.invalid(fault);
        });
        headers.to().filter(to -> !hub.is(to)).ifPresent(to -> relay.mustReach(request.requester(!Relay.servedByCpo(module, role.get())), to, module, role.get()));
    }

    /** The first segment that is one: ids of objects may have these names, too. */
    private static Optional<InterfaceRole> role(String path) {
        return Arrays.stream(path.split("/")).filter(segment -> segment.equals("sender") || segment.equals("receiver")).findFirst()
                .map(segment -> segment.equals("sender") ? InterfaceRole.SENDER : InterfaceRole.RECEIVER);
    }

    /** No id has them (TRANS-54), and the database cannot even be asked for some of them. */
    private static void refuseControlCharacters(UriInfo uri) {
        uri.getQueryParameters().forEach((name, values) -> {
            if (hasControlCharacter(name) || values.stream().anyMatch(OcpiFilter::hasControlCharacter)) {
                throw OcpiException.invalid((hasControlCharacter(name) ? "query" : name) + ": control characters are not allowed");
            }
        });
        if (hasControlCharacter(uri.getPath())) {
            throw module(uri).map(OcpiException::absent).orElseThrow(NotFoundException::new);
        }
    }

    private static boolean hasControlCharacter(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private Response refused() {
        return Response.status(Response.Status.UNAUTHORIZED).type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Envelope.of(OcpiStatus.CLIENT_ERROR, "the token is missing or not known", null, clock.instant())).build();
    }

    @ServerResponseFilter
    void answered(ContainerRequestContext context, ContainerResponseContext response) {
        if (!isOcpi(context)) {
            return;
        }
        if (!request.hasBegun()) {
            // Unknown paths and verbs are answered before the request filter; their answers carry message ids all the same.
            request.begin(idOr(context, REQUEST_ID), idOr(context, CORRELATION_ID), clock.instant());
        }
        response.getHeaders().putSingle(REQUEST_ID, request.requestId());
        response.getHeaders().putSingle(CORRELATION_ID, request.correlationId());
        Optional<ModuleId> module = module(context);
        if (module.isPresent() && !module.get().isConfiguration()) {
            answerRoute(context, response);
        }
        log.add(row(context, response, module));
    }

    /** On the answer the two parties change places (ROUTE-04, ROUTE-08); so they do on errors (ROUTE-26). */
    private void answerRoute(ContainerRequestContext context, ContainerResponseContext response) {
        String country = context.getHeaderString("OCPI-from-country-code");
        String party = context.getHeaderString("OCPI-from-party-id");
        if (country == null || party == null || !PartyId.isValid(country, party)) {
            return;
        }
        // An answer of another party names it already.
        RoutingHeaders.headers(hub.id(), PartyId.of(country, party)).forEach((name, value) -> response.getHeaders().putIfAbsent(name, List.of(value)));
    }

    private ExchangeRow row(ContainerRequestContext context, ContainerResponseContext response, Optional<ModuleId> module) {
        String answer = response.getEntity() instanceof String text ? text : null;
        Integer ocpi = statusCode(answer);
        boolean failed = response.getStatus() >= 400 || (ocpi != null && !OcpiStatus.isSuccess(ocpi));
        boolean keep = failed || module.filter(id -> id == ModuleId.CDRS || id == ModuleId.TOKENS || id == ModuleId.CREDENTIALS || id == ModuleId.COMMANDS).isPresent();
        boolean keepAnswer = keep && !(context.getMethod().equals("GET") && !failed);
        return new ExchangeRow(request.at(), Direction.IN, request.authenticated() == null ? null : request.authenticated().config().partner(),
                module.map(ModuleId::id).orElse("versions"), context.getMethod(), Masking.path(OcpiUrls.inVersion(context.getUriInfo().getRequestUri().getPath(), request.version())), null,
                request.requestId(), request.correlationId(), response.getStatus(), ocpi, request.durationMs(), 1,
                failed ? "answered with a failure" : null,
                keep ? module.map(id -> Masking.body(id, request.body())).orElse(null) : null,
                keepAnswer ? module.map(id -> Masking.body(id, answer)).orElse(answer) : null);
    }

    /** The status code stands in the last part of our own envelope; a page of documents is not parsed for it. */
    private Integer statusCode(String answer) {
        if (answer == null) {
            return null;
        }
        int at = answer.lastIndexOf("\"status_code\":");
        try {
            JsonNode code = at < 0 ? null : json.readTree(answer.substring(at + "\"status_code\":".length(), at + "\"status_code\":".length() + 4));
            return code == null ? null : code.asInt();
        } catch (JsonProcessingException | StringIndexOutOfBoundsException e) {
            return null;
        }
    }

    private static boolean isOcpi(ContainerRequestContext context) {
        return context.getUriInfo().getPath().startsWith("/ocpi/");
    }

    /** The module of {@code /ocpi/2.2.1/[sender|receiver/]module…}; none for versions and version details. */
    private static Optional<ModuleId> module(ContainerRequestContext context) {
        return module(context.getUriInfo());
    }

    private static Optional<ModuleId> module(UriInfo uri) {
        for (String segment : uri.getPath().split("/")) {
            Optional<ModuleId> module = ModuleId.of(segment);
            if (module.isPresent()) {
                return module;
            }
        }
        return Optional.empty();
    }

    private static String idOr(ContainerRequestContext context, String header) {
        String id = context.getHeaderString(header);
        return id == null || id.isBlank() || id.length() > ID_CAP ? UUID.randomUUID().toString() : id;
    }
}
