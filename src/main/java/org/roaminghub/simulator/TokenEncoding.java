package org.roaminghub.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How a credentials token stands in the Authorization header (requirements TRANS-02, TRANS-03, ambiguity A-01). */
public enum TokenEncoding {
    /** Base64 of the token's UTF-8 bytes: what OCPI 2.2.1 demands. */
    BASE64,
    /** The token as it is: what many 2.1.1 and 2.2 platforms send and expect. */
    RAW;

    private static final String SCHEME = "Token ";

    String header(String token) {
        if (this == RAW) {
            return SCHEME + token;
        }
        return SCHEME + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    /** Strict on purpose: a platform set to one encoding shows the hub what happens when it sends the other. */
    Optional<String> token(String header) {
        if (header == null || !header.startsWith(SCHEME)) {
            return Optional.empty();
        }
        String value = header.substring(SCHEME.length());
        if (this == RAW) {
            return Optional.of(value);
        }
        try {
            return Optional.of(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
