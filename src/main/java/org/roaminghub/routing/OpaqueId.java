package org.roaminghub.routing;

import java.security.SecureRandom;
import java.util.Base64;

/** Ids that stand in URLs of the hub and cannot be guessed: 128 random bits. */
final class OpaqueId {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    private OpaqueId() {
    }

    static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
