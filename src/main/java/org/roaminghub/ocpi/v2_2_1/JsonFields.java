package org.roaminghub.ocpi.v2_2_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads single fields of an OCPI object the way partners really write them; an unreadable field is named in the exception. */
final class JsonFields {

    /** Far above any price or volume; keeps "1e999999999" from becoming a gigabyte of digits in the first addition. */
    private static final int MOST_DIGITS = 40;

    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    private JsonFields() {
    }

    static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isValueNode()) {
            throw unreadable(name, "a text", value);
        }
        return value.asText();
    }

    static String requiredText(JsonNode object, String name) {
        return required(text(object, name), name);
    }

    static BigDecimal number(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isNumber() && !value.isTextual()) {
            throw unreadable(name, "a number", value);
        }
        BigDecimal number = parseNumber(name, value);
        if (Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
            throw new IllegalArgumentException("field '" + name + "': more than " + MOST_DIGITS + " digits");
        }
        return number;
    }

    static BigDecimal requiredNumber(JsonNode object, String name) {
        return required(number(object, name), name);
    }

    static Instant dateTime(JsonNode object, String name) {
        String value = text(object, name);
        if (value == null) {
            return null;
        }
        try {
            TemporalAccessor parsed = DATE_TIME.parseBest(value.strip(), OffsetDateTime::from, LocalDateTime::from);
            if (parsed instanceof OffsetDateTime withOffset) {
                return withOffset.toInstant();
            }
            return ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw unreadable(name, "a DateTime", object.path(name));
        }
    }

    static Instant requiredDateTime(JsonNode object, String name) {
        return required(dateTime(object, name), name);
    }

    /** The entries of an array, read one by one; empty when the field is absent or null. */
    static <T> List<T> list(JsonNode object, String name, Function<JsonNode, T> reader) {
        JsonNode array = object.path(name);
        if (isAbsent(array)) {
            return List.of();
        }
        if (!array.isArray()) {
            throw unreadable(name, "an array", array);
        }
        List<T> entries = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            entries.add(entry(name + "[" + i + "]", array.get(i), reader));
        }
        return List.copyOf(entries);
    }

    /** A nested object, or null when the field is absent or null. */
    static <T> T object(JsonNode object, String name, Function<JsonNode, T> reader) {
        JsonNode value = object.path(name);
        if (isAbsent(value)) {
            return null;
        }
        return entry(name, value, reader);
    }

    /** A number with as many decimals as it needs and never an exponent. */
    static DecimalNode decimal(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return DecimalNode.valueOf(stripped.scale() < 0 ? stripped.setScale(0) : stripped);
    }

    private static <T> T entry(String name, JsonNode value, Function<JsonNode, T> reader) {
        if (!value.isObject()) {
            throw unreadable(name, "an object", value);
        }
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static BigDecimal parseNumber(String name, JsonNode value) {
        try {
            return new BigDecimal(value.asText().strip());
        } catch (NumberFormatException e) {
            throw unreadable(name, "a number", value);
        }
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static <T> T required(T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("field '" + name + "' is missing");
        }
        return value;
    }

    private static IllegalArgumentException unreadable(String name, String expected, JsonNode found) {
        String shown = found.toString();
        String shortened = shown.length() > 60 ? shown.substring(0, 60) + "…" : shown;
        return new IllegalArgumentException("field '" + name + "': expected " + expected + ", found " + shortened);
    }
}
