package org.roaminghub.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the hub's secret key is used for: tokens we issued are kept only as a keyed hash, tokens we were given are kept
 * encrypted. Two keys are derived from the one secret, so that a hash never helps against a cipher text.
 */
@ApplicationScoped
public class HubSecrets {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path dataDir;
    private final SecretKeySpec hashKey;
    private final SecretKeySpec cipherKey;

    HubSecrets(HubSettings settings) {
        this.dataDir = settings.dataDir();
        byte[] secret = settings.secretKey().map(HubSecrets::decode)
                .orElseGet(() -> decode(generatedOnce("secret.key", () -> Base64.getEncoder().encodeToString(randomBytes(KEY_BYTES)))));
        this.hashKey = new SecretKeySpec(derive(secret, "hash"), "HmacSHA256");
        this.cipherKey = new SecretKeySpec(derive(secret, "cipher"), "AES");
    }

    /** Keyed hash of a token, as hex: equal tokens give equal hashes, and nothing else can be learned from it. */
    public String hash(String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(hashKey);
            return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Encrypts a text for storage (AES-256-GCM, nonce in front). */
    public byte[] encrypt(String clear) {
        try {
            byte[] nonce = randomBytes(NONCE_BYTES);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, cipherKey, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = cipher.doFinal(clear.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reverses {@link #encrypt}.
     *
     * @throws IllegalStateException when the text was encrypted with another secret key
     */
    public String decrypt(byte[] stored) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, cipherKey, new GCMParameterSpec(TAG_BITS, stored, 0, NONCE_BYTES));
            return new String(cipher.doFinal(stored, NONCE_BYTES, stored.length - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a stored partner token cannot be decrypted: is HUB_SECRET_KEY the one it was stored with?", e);
        }
    }

    /** A fresh credentials token: 43 characters out of 256 random bits, URL-safe (CRED-21). */
    public static String newToken() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(KEY_BYTES));
    }

    /** The text in this file of the data folder; written by {@code generate} the first time, readable by the owner only. */
    public String generatedOnce(String fileName, Supplier<String> generate) {
        return SecretFile.readOrGenerate(dataDir.resolve(fileName), generate);
    }

    private static byte[] decode(String key) {
        byte[] bytes = Base64.getDecoder().decode(key.trim());
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException("HUB_SECRET_KEY must be Base64 of 32 bytes, found " + bytes.length + " bytes");
        }
        return bytes;
    }

    private static byte[] derive(byte[] secret, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
