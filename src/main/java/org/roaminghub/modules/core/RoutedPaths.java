package org.roaminghub.modules.core;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
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
    private static final String INNER = "/ocpi/routed/";
    private static final String ROUTED = INNER + "2.2.1/";
    /** The first two segments, however they are written. */
    private static final Pattern HUBS = Pattern.compile("^/+[^/]+/+[^/]+/+");
    private static final Pattern OBJECTS = Pattern.compile("/ocpi/2\\.2\\.1/(sender|receiver)/(locations|tariffs|tokens|sessions|cdrs)(/.*)?");
    private static final Pattern WITH_BOOKKEEPING = Pattern.compile("/ocpi/2\\.2\\.1/sender/(tokens/[^/]+/authorize|sessions/[^/]+/charging_preferences)/?");

    private final Partners partners;
    private final HubParty hub;

    RoutedPaths(Partners partners, HubParty hub) {
        this.partners = partners;
        this.hub = hub;
    }

    @ServerRequestFilter(preMatching = true)
    void route(ContainerRequestContext context) {
        String path = context.getUriInfo().getPath();
        if (path.startsWith(INNER)) {
            // A way within the hub: who came in here directly would pass by every check of the module's own way.
            throw new NotFoundException();
        }
        Matcher objects = OBJECTS.matcher(path);
        if (!objects.matches() || WITH_BOOKKEEPING.matcher(path).matches()) {
            return;
        }
        ModuleId module = ModuleId.of(objects.group(2)).orElseThrow();
        InterfaceRole role = objects.group(1).equals("sender") ? InterfaceRole.SENDER : InterfaceRole.RECEIVER;
        if (addressee(context).filter(to -> !hub.is(to) && !servedHere(to, Relay.servedByCpo(module, role))).isPresent()) {
            Rewritten.to(context, HUBS.matcher(Rewritten.rawPath(context)).replaceFirst(ROUTED));
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
