package org.roaminghub.modules.core;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.HubParty;
import org.roaminghub.partners.Partners;
import org.roaminghub.routing.Relay;
import org.roaminghub.routing.RoutingHeaders;

/**
 * Sends requests that are addressed to somebody else on their way, before they reach the hub's own modules (ROUTE-05). A party
 * whose backend speaks no OCPI is served by the hub in its place; what needs bookkeeping on the way (commands, charging profiles,
 * authorisation) finds its receiver itself.
 */
class RoutedPaths {
    static final String ROUTED = "/ocpi/routed/2.2.1/";
    private static final Pattern OBJECTS = Pattern.compile("/ocpi/2\\.2\\.1/(sender|receiver)/(locations|tariffs|tokens|sessions|cdrs)(/.*)?");
    private static final Pattern WITH_BOOKKEEPING = Pattern.compile(".*/(authorize|charging_preferences)/?");

    private final Partners partners;
    private final HubParty hub;

    RoutedPaths(Partners partners, HubParty hub) {
        this.partners = partners;
        this.hub = hub;
    }

    @ServerRequestFilter(preMatching = true)
    void route(ContainerRequestContext context) {
        String path = context.getUriInfo().getPath();
        Matcher objects = OBJECTS.matcher(path);
        if (!objects.matches() || WITH_BOOKKEEPING.matcher(path).matches()) {
            return;
        }
        ModuleId module = ModuleId.of(objects.group(2)).orElseThrow();
        InterfaceRole role = objects.group(1).equals("sender") ? InterfaceRole.SENDER : InterfaceRole.RECEIVER;
        if (addressee(context).filter(to -> !hub.is(to) && !servedHere(to, Relay.servedByCpo(module, role))).isPresent()) {
            String uri = context.getUriInfo().getRequestUri().toString();
            context.setRequestUri(URI.create(uri.replaceFirst("/ocpi/2\\.2\\.1/", ROUTED)));
        }
    }

    /** Half a pair of headers is answered later, in an envelope. */
    private static Optional<PartyId> addressee(ContainerRequestContext context) {
        try {
            return RoutingHeaders.of(context::getHeaderString).to();
        } catch (OcpiException e) {
            return Optional.empty();
        }
    }

    private boolean servedHere(PartyId party, boolean cpoSide) {
        return partners.of(party, cpoSide).filter(config -> config.backend().isPresent()).isPresent();
    }
}
