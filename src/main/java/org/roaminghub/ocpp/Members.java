package org.roaminghub.ocpp;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Reads the members of one JSON object and notes every fault with its dotted path, so that a sender sees all of them at
 * once. A method returns null for a member that is absent or faulty; the caller looks at the faults before it uses it.
 */
final class Members {
    private final JsonNode object;
    private final String prefix;
    private final List<EventFault> faults;

    Members(JsonNode object, String prefix, List<EventFault> faults) {
        this.object = object;
        this.prefix = prefix;
        this.faults = faults;
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    String requiredText(String name, int longest) {
        return required(name) ? text(name, longest, false) : null;
    }

    String optionalText(String name, int longest) {
        return has(name) ? text(name, longest, false) : null;
    }

    /** Like {@link #optionalText}, but an empty or missing word is the empty text. */
    String textOrEmpty(String name, int longest) {
        return has(name) ? text(name, longest, true) : "";
    }

    Long optionalLong(String name) {
        if (!has(name)) {
            return null;
        }
        JsonNode value = object.get(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            return fault(name, EventFault.Code.WRONG_TYPE, "must be a whole number");
        }
        return value.longValue();
    }

    /** A number that counts something and so cannot be negative. */
    Long optionalCount(String name) {
        Long number = optionalLong(name);
        if (number != null && number < 0) {
            return fault(name, EventFault.Code.BAD_VALUE, "must not be negative");
        }
        return number;
    }

    Long requiredCount(String name) {
        return required(name) ? optionalCount(name) : null;
    }

    Integer optionalNumber(String name) {
        Long number = optionalCount(name);
        if (number != null && number > Integer.MAX_VALUE) {
            return fault(name, EventFault.Code.BAD_VALUE, "is too large");
        }
        return number == null ? null : number.intValue();
    }

    BigDecimal requiredDecimal(String name) {
        return required(name) ? optionalDecimal(name) : null;
    }

    BigDecimal optionalDecimal(String name) {
        if (!has(name)) {
            return null;
        }
        if (!object.get(name).isNumber()) {
            return fault(name, EventFault.Code.WRONG_TYPE, "must be a number");
        }
        return CanonicalText.plain(object.get(name).decimalValue());
    }

    boolean flag(String name) {
        if (has(name) && !object.get(name).isBoolean()) {
            fault(name, EventFault.Code.WRONG_TYPE, "must be true or false");
            return false;
        }
        return object.path(name).asBoolean();
    }

    Instant requiredTime(String name) {
        return required(name) ? optionalTime(name) : null;
    }

    /** ISO 8601 with offset; a time without one is ambiguous and therefore a fault. */
    Instant optionalTime(String name) {
        String text = optionalText(name, 64);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            return fault(name, EventFault.Code.BAD_VALUE, "must be an ISO 8601 time with offset or Z");
        }
    }

    <E extends Enum<E> & WireName> E requiredWord(String name, Class<E> words) {
        return required(name) ? optionalWord(name, words) : null;
    }

    <E extends Enum<E> & WireName> E optionalWord(String name, Class<E> words) {
        String word = optionalText(name, 64);
        if (word == null) {
            return null;
        }
        return WireName.find(words, word)
                .orElseGet(() -> fault(name, EventFault.Code.BAD_VALUE, "is not a word of this field"));
    }

    /** Notes a fault about a member; returns null so that a reading method can end with it. */
    <T> T fault(String name, EventFault.Code code, String reason) {
        faults.add(new EventFault(prefix + name, code, reason));
        return null;
    }

    boolean required(String name) {
        if (has(name)) {
            return true;
        }
        fault(name, EventFault.Code.REQUIRED, "is missing");
        return false;
    }

    private String text(String name, int longest, boolean emptyAllowed) {
        JsonNode value = object.get(name);
        if (!value.isTextual()) {
            return fault(name, EventFault.Code.WRONG_TYPE, "must be a string");
        }
        if (value.textValue().length() > longest) {
            return fault(name, EventFault.Code.TOO_LONG, "must have at most " + longest + " characters");
        }
        // PostgreSQL text holds no NUL, and one such event would take the whole commit with it.
        if (value.textValue().indexOf('\0') >= 0) {
            return fault(name, EventFault.Code.BAD_VALUE, "must not contain NUL");
        }
        if (!emptyAllowed && value.textValue().isBlank()) {
            return fault(name, EventFault.Code.BAD_VALUE, "must not be blank");
        }
        return value.textValue();
    }
}
