package org.roaminghub.simulator;

import java.util.Optional;
import java.util.UUID;

/**
 * The tokens of a platform's connection with the hub, ours and theirs.
 *
 * <p>While a handshake is under way both the old and the offered own token are good. Afterwards the old one lives until
 * the hub first uses the new one: no clock, so a test can tell exactly when it dies.
 */
final class Connection {

    enum Standing { UNKNOWN, TOKEN_A, LIVE }

    private String tokenA = newToken();
    private String ownToken;
    private String retiringToken;
    private String offeredToken;
    private Partner partner;

    synchronized Standing standing(String token) {
        if (token.equals(ownToken)) {
            retiringToken = null;
            return Standing.LIVE;
        }
        if (token.equals(offeredToken) || token.equals(retiringToken)) {
            return Standing.LIVE;
        }
        return token.equals(tokenA) ? Standing.TOKEN_A : Standing.UNKNOWN;
    }

    synchronized Optional<Partner> partner() {
        return Optional.ofNullable(partner);
    }

    synchronized Optional<String> tokenA() {
        return Optional.ofNullable(tokenA);
    }

    synchronized String issueTokenA() {
        tokenA = newToken();
        return tokenA;
    }

    synchronized String offer() {
        offeredToken = newToken();
        return offeredToken;
    }

    synchronized void withdraw() {
        offeredToken = null;
    }

    /** The handshake succeeded: the offered token is ours now, and token A is spent. */
    synchronized void agree(Partner newPartner) {
        retiringToken = ownToken;
        ownToken = offeredToken;
        offeredToken = null;
        tokenA = null;
        partner = newPartner;
    }

    synchronized void end() {
        ownToken = null;
        retiringToken = null;
        offeredToken = null;
        partner = null;
    }

    private static String newToken() {
        return UUID.randomUUID().toString();
    }
}
