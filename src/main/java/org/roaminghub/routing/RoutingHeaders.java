package org.roaminghub.routing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.PartyId;

/**
 * Who sends a request and for whom it is: the OCPI-from-* and OCPI-to-* headers (ROUTE-01, ROUTE-04).
 *
 * @param from the requesting party
 * @param to   the receiving party; empty means open routing
 */
public record RoutingHeaders(Optional<PartyId> from, Optional<PartyId> to) {
    /** A request without any. */
    public static final RoutingHeaders NONE = new RoutingHeaders(Optional.empty(), Optional.empty());

    /**
     * Reads them.
     *
     * @param header looks a header up by its name, null when it is absent
     * @throws OcpiException 2001 when only one half of a pair is there, or is no party
     */
    public static RoutingHeaders of(UnaryOperator<String> header) {
        return new RoutingHeaders(party(header, "OCPI-from-"), party(header, "OCPI-to-"));
    }

    private static Optional<PartyId> party(UnaryOperator<String> header, String prefix) {
        String country = header.apply(prefix + "country-code");
        String party = header.apply(prefix + "party-id");
        if (country == null && party == null) {
            return Optional.empty();
        }
        if (country == null || party == null) {
            throw OcpiException.invalid(prefix + (country == null ? "country-code" : "party-id") + ": is missing, the other half of the pair is there");
        }
        if (!PartyId.isValid(country.trim(), party.trim())) {
            throw OcpiException.invalid(prefix + "country-code, " + prefix + "party-id: expected two letters and one to three letters or digits, found something else");
        }
        return Optional.of(PartyId.of(country.trim(), party.trim()));
    }

    /** The same parties as headers of a message. */
    public static Map<String, String> headers(PartyId from, PartyId to) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("OCPI-from-country-code", from.countryCode());
        headers.put("OCPI-from-party-id", from.partyId());
        headers.put("OCPI-to-country-code", to.countryCode());
        headers.put("OCPI-to-party-id", to.partyId());
        return headers;
    }
}
