package org.roaminghub.charging.fold;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** UUID version 5 (RFC 9562): the same name always gives the same id, so a replay gives the same OCPI sessions. */
final class NameUuid {
    /** The RFC's name space for URLs. A name space of its own would be one more value to keep forever. */
    private static final UUID NAME_SPACE = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    private NameUuid() {}

    static UUID of(String name) {
        ByteBuffer digest = ByteBuffer.wrap(sha1(name));
        long high = digest.getLong();
        long low = digest.getLong();
        return new UUID(high & ~0xF000L | 0x5000L, low & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L);
    }

    private static byte[] sha1(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(ByteBuffer.allocate(16)
                    .putLong(NAME_SPACE.getMostSignificantBits()).putLong(NAME_SPACE.getLeastSignificantBits()).flip());
            return digest.digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }
}
