package org.roaminghub.simulator;

import java.util.Map;
import java.util.Optional;
import org.roaminghub.ocpi.InterfaceRole;

/**
 * What a platform knows of the hub after the handshake.
 *
 * @param token the token the hub wants to see
 * @param versionsUrl the hub's versions endpoint
 * @param endpoints absolute URLs by {@code module/ROLE}
 * @param countryCode of the hub's own party, empty while unknown
 * @param partyId of the hub's own party, empty while unknown
 */
record Partner(String token, String versionsUrl, Map<String, String> endpoints, String countryCode, String partyId) {

    static String key(String module, InterfaceRole role) {
        return module + "/" + role;
    }

    Optional<String> endpoint(String module, InterfaceRole role) {
        return Optional.ofNullable(endpoints.get(key(module, role)));
    }

    Partner with(String newToken, String newCountryCode, String newPartyId) {
        return new Partner(newToken, versionsUrl, endpoints, newCountryCode, newPartyId);
    }

    @Override
    public String toString() {
        return "Partner[" + versionsUrl + ", " + countryCode + "*" + partyId + "]";
    }
}
