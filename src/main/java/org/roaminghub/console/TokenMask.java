package org.roaminghub.console;

import io.quarkus.security.identity.SecurityIdentity;
import org.roaminghub.exchange.Masking;

/** Token uids identify drivers: viewers, and everything that is shared between users, see only their end. */
final class TokenMask {
    private static final String TOKENS = "tokens";

    private TokenMask() {
    }

    /** Whether this user works with tokens and not only looks. */
    static boolean seesTokens(SecurityIdentity user) {
        return user.hasRole(Roles.OPS) || user.hasRole(Roles.FINANCE);
    }

    static String idToken(String idToken, boolean clear) {
        return idToken == null || clear ? idToken : Masking.masked(idToken);
    }

    /** A token's key, {@code UID/TYPE}, with or without its owner in front. */
    static String object(String module, String object, boolean clear) {
        if (clear || object == null || !TOKENS.equals(module)) {
            return object;
        }
        int type = object.lastIndexOf('/');
        int owner = object.indexOf('*') < 0 ? -1 : object.indexOf('/');
        int uid = owner < type ? owner + 1 : 0;
        String name = type < uid ? object.substring(uid) : object.substring(uid, type);
        return object.substring(0, uid) + Masking.masked(name) + (type < uid ? "" : object.substring(type));
    }
}
