package org.roaminghub.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature on what the hub posts to systems that are no OCPI platforms: they know that it is us, and that nobody changed it. */
public final class HubSignature {
    public static final String HEADER = "X-Hub-Signature";

    private HubSignature() {
    }

    /** The value of the header: {@code sha256=} and the HMAC-SHA256 of the body in hex. */
    public static String of(String secret, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
