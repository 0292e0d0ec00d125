package org.roaminghub.simulator;

import org.roaminghub.ocpi.Role;

/**
 * Who a simulated eMSP platform is.
 *
 * @param role of its one party: an eMSP, or another role that is told the same
 * @param countryCode ISO 3166-1 alpha-2
 * @param partyId three characters
 * @param name business name in its credentials
 * @param encoding of tokens, for what it sends and for what it accepts
 * @param pageLimit most tokens in one page of its sender interface
 * @param receivedLimit how many received requests it remembers; the oldest go first
 */
public record EmspSettings(
        Role role, String countryCode, String partyId, String name, TokenEncoding encoding, int pageLimit, int receivedLimit) {

    /** Base64 tokens, pages of 100, the last 50,000 requests remembered. */
    public static EmspSettings of(String countryCode, String partyId, String name) {
        return new EmspSettings(Role.EMSP, countryCode, partyId, name, TokenEncoding.BASE64, 100, 50_000);
    }

    /** The same platform with another role. */
    public EmspSettings with(Role newRole) {
        return new EmspSettings(newRole, countryCode, partyId, name, encoding, pageLimit, receivedLimit);
    }

    /** The same platform with another token encoding. */
    public EmspSettings with(TokenEncoding newEncoding) {
        return new EmspSettings(role, countryCode, partyId, name, newEncoding, pageLimit, receivedLimit);
    }

    /** The same platform with another page size. */
    public EmspSettings withPageLimit(int newPageLimit) {
        return new EmspSettings(role, countryCode, partyId, name, encoding, newPageLimit, receivedLimit);
    }
}
