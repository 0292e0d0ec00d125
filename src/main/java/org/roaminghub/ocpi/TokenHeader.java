package org.roaminghub.ocpi;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The header {@code Authorization: Token <base64>} (TRANS-02) and its raw form that some partners send (TRANS-03). */
public final class TokenHeader {
    private static final String SCHEME = "Token ";

    private TokenHeader() {
    }

    public static String base64(String token) {
        return SCHEME + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    public static String raw(String token) {
        return SCHEME + token;
    }

    /** What a header may mean: a token, and how it was written. */
    public record Candidate(String token, boolean raw) {
    }

    /** The readings of a header in the order in which to try them: strict Base64 first, then the value itself. */
    public static List<Candidate> candidates(String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return List.of();
        }
        String value = header.substring(SCHEME.length()).trim();
        List<Candidate> candidates = new ArrayList<>(2);
        decode(value).ifPresent(token -> candidates.add(new Candidate(token, false)));
        candidates.add(new Candidate(value, true));
        return candidates;
    }

    private static Optional<String> decode(String value) {
        try {
            byte[] bytes = Base64.getDecoder().decode(value);
            String token = StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
            return Optional.of(token.endsWith("\n") ? token.substring(0, token.length() - 1) : token);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
