package org.roaminghub.routing;

import java.util.Optional;
import java.util.Set;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/** Which requests may be addressed how: to the hub, to everybody through the hub, or to a party that the hub has to find. */
public final class RoutingRules {
    /** What concerns one party: never broadcast (ROUTE-13, A-35). So does every POST: an authorisation is a card's. */
    private static final Set<ModuleId> OF_ONE_PARTY = Set.of(ModuleId.SESSIONS, ModuleId.CDRS, ModuleId.COMMANDS, ModuleId.CHARGINGPROFILES);

    private RoutingRules() {
    }

    /**
     * Why a request must not be addressed as it is; empty when it may.
     *
     * @param list whether it asks for a list rather than for an object
     */
    public static Optional<String> fault(String method, ModuleId module, InterfaceRole role, boolean list, RoutingHeaders headers, PartyId hub) {
        boolean reads = method.equals("GET") || method.equals("HEAD");
        boolean toHub = headers.to().filter(hub::equals).isPresent();
        // Reading an active profile asks one charger, not the hub's store.
        boolean asksOne = !reads || module == ModuleId.CHARGINGPROFILES;
        if (toHub && asksOne && (OF_ONE_PARTY.contains(module) || method.equals("POST"))) {
            return Optional.of("OCPI-to-country-code, OCPI-to-party-id: " + module.id() + " concern one party and are not broadcast; name it, or leave both headers out");
        }
        // Without any routing header the two platforms speak directly (ROUTE-03); with them, open routing is not for lists (ROUTE-17).
        if (reads && list && role == InterfaceRole.SENDER && headers.from().isPresent() && headers.to().isEmpty()) {
            return Optional.of("OCPI-to-country-code, OCPI-to-party-id: a list is asked of the hub (" + hub + ") or of one party, name which");
        }
        return Optional.empty();
    }
}
