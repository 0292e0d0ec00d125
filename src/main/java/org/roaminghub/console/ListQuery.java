package org.roaminghub.console;

import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.roaminghub.ocpi.PartyId;

/** The parameters that every list has, and how parameters are read: a bad one is named, with what would be right. */
final class ListQuery {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    @QueryParam("cursor")
    public String cursor;
    @QueryParam("limit")
    public String limit;

    int limit() {
        if (blank(limit)) {
            return DEFAULT_LIMIT;
        }
        try {
            int number = Integer.parseInt(limit.trim());
            if (number >= 1 && number <= MAX_LIMIT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below
        }
        throw ApiProblem.invalid("limit", "expected a number from 1 to " + MAX_LIMIT);
    }

    /** Sort key of the last item of the page before. */
    Optional<List<String>> after(int parts) {
        return blank(cursor) ? Optional.empty() : Optional.of(Page.parse(cursor, parts));
    }

    static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    /** A number out of a cursor or a path. */
    static long number(String field, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ApiProblem.invalid(field, "expected a whole number");
        }
    }

    /** A time with its zone, or a day, which begins at midnight UTC. */
    static OffsetDateTime time(String field, String text) {
        try {
            if (text.length() == "2026-01-31".length()) {
                return LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
            }
            // A plus sign in a query arrives as a blank.
            return OffsetDateTime.parse(text.replace(' ', '+')).withOffsetSameInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw ApiProblem.invalid(field, "expected a time such as 2026-01-31T12:00:00Z, or a day such as 2026-01-31");
        }
    }

    static PartyId party(String field, String text) {
        try {
            return PartyId.parse(text);
        } catch (IllegalArgumentException e) {
            throw ApiProblem.invalid(field, "expected a party such as NL*ACM");
        }
    }

    /** One or several values separated by commas, all of a known set. */
    static String[] oneOf(String field, String text, List<String> known) {
        String[] values = text.trim().split("\\s*,\\s*");
        for (String value : values) {
            if (!known.contains(value)) {
                throw ApiProblem.invalid(field, "expected one of " + String.join(", ", known));
            }
        }
        return values;
    }

    static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
