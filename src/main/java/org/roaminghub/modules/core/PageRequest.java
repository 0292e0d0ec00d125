package org.roaminghub.modules.core;

import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiTime;

/**
 * The query of a list GET (TRANS-12 … TRANS-15). Our own Link carries a cursor beside offset and limit, so that walking costs
 * the same on every page and misses nothing that is created meanwhile.
 *
 * @param afterSerial the cursor: creation number of the last object of the page before; 0 without one
 */
public record PageRequest(Optional<Instant> from, Optional<Instant> to, long offset, int limit, long afterSerial) {
    static final int DEFAULT_LIMIT = 50;
    /** The largest page, X-Limit (TRANS-19). */
    static final int MAX_LIMIT = 500;

    static PageRequest of(MultivaluedMap<String, String> query) {
        long limit = number(query, "limit", DEFAULT_LIMIT);
        return new PageRequest(time(query, "date_from"), time(query, "date_to"), number(query, "offset", 0), (int) Math.min(limit, MAX_LIMIT), cursor(query));
    }

    boolean filtered() {
        return from.isPresent() || to.isPresent();
    }

    static String cursor(long serial) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Long.toString(serial).getBytes(StandardCharsets.US_ASCII));
    }

    private static long cursor(MultivaluedMap<String, String> query) {
        String cursor = query.getFirst("cursor");
        if (cursor == null) {
            return 0;
        }
        try {
            return Long.parseLong(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw OcpiException.invalid("cursor: use the Link header as it is");
        }
    }

    private static Optional<Instant> time(MultivaluedMap<String, String> query, String name) {
        String text = query.getFirst(name);
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        // A plus sign in a query arrives as a blank: 2026-01-01T00:00:00+01:00 is what was meant.
        return Optional.of(OcpiTime.parse(text.replace(' ', '+')).orElseThrow(() -> OcpiException.invalid(name + ": expected a DateTime in UTC, found something else")));
    }

    private static long number(MultivaluedMap<String, String> query, String name, long fallback) {
        String text = query.getFirst(name);
        if (text == null || text.isEmpty()) {
            return fallback;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, together with negative numbers
        }
        throw OcpiException.invalid(name + ": expected a number from 0");
    }
}
