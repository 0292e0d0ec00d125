package org.roaminghub.ocpp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The identity of a 1.6 start: a repeated StartTransaction has a new message id, but these four values (section 4). */
final class StartKey {
    private static final int HEX_DIGITS = 32;

    private StartKey() {}

    /** First 32 hex digits of SHA-256 over source, station, type and the four parts, joined by {@code |}. */
    static String of(
            String source, String station, String connector, String idToken, String rawTime, String rawMeterStart) {
        String parts = String.join("|", source, station, EventType.TRANSACTION_STARTED.wireName(), connector,
                idToken == null ? "" : IdTokens.normalised(idToken), rawTime, rawMeterStart);
        return HexFormat.of().formatHex(sha256(parts)).substring(0, HEX_DIGITS);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
