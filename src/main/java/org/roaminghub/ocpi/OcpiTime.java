package org.roaminghub.ocpi;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** OCPI DateTime: UTC, at most 25 characters. We read leniently and write strictly (decision A-16). */
public final class OcpiTime {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private OcpiTime() {
    }

    /** {@code 2026-01-05T10:00:00Z}, or with exactly three decimals where there is a fraction. */
    public static String format(Instant instant) {
        Instant millis = instant.truncatedTo(ChronoUnit.MILLIS);
        return millis.getNano() == 0 ? SECONDS.format(millis) : MILLIS.format(millis);
    }

    /** Whole seconds, what is below them cut off: for partners who cannot read fractions. */
    public static String seconds(Instant instant) {
        return SECONDS.format(instant);
    }

    /** Always with three decimals: for partners who cannot read times without. */
    public static String millis(Instant instant) {
        return MILLIS.format(instant);
    }

    /** Reads with Z, without a designator (then UTC) and with an offset; empty when it is no time at all. */
    public static Optional<Instant> parse(String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(hasZone(text) ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static boolean hasZone(String text) {
        return text.endsWith("Z") || text.endsWith("z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > "yyyy-MM-dd".length();
    }
}
