package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import com.networknt.schema.ValidationContext;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The character sets and text forms of OCPI's primitive types, as JSON Schema formats. */
final class OcpiFormats {

    static final String STRING = "ocpi-string";
    static final String CI_STRING = "ocpi-ci-string";
    static final String URL = "ocpi-url";
    static final String DATE_TIME = "ocpi-date-time";
    static final String INT = "ocpi-int";

    // no designator is UTC, offsets are accepted and converted later, nanoseconds happen. Hence no limit of 25 characters.
    private static final Pattern DATE_TIME_FORM = Pattern.compile(
            "(\\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?"
                    + "(Z|[+-](0\\d|1[0-7]):[0-5]\\d)?");
    private static final Pattern URL_FORM = Pattern.compile("(?i:https?)://[^\\s/?#][^\\s\\p{Cc}]*");

    private OcpiFormats() {}

    static List<Format> all() {
        return List.of(new TextFormat(STRING, OcpiFormats::isString), new TextFormat(CI_STRING, OcpiFormats::isCiString),
                new TextFormat(URL, text -> URL_FORM.matcher(text).matches()), new TextFormat(DATE_TIME, OcpiFormats::isDateTime),
                new IntFormat());
    }

    /** TRANS-55: no control characters. Half of a surrogate pair is refused too: it cannot be stored as UTF-8. */
    static boolean isString(String text) {
        return text.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    /** TRANS-54: printable ASCII. */
    static boolean isCiString(String text) {
        return text.chars().allMatch(c -> c >= 0x20 && c <= 0x7E);
    }

    /** TRANS-56 with A-16; a day that does not exist, such as 30 February, is refused. */
    static boolean isDateTime(String text) {
        Matcher matcher = DATE_TIME_FORM.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        int day = Integer.parseInt(matcher.group(3));
        return day <= 28 || YearMonth.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))).isValidDay(day);
    }

    /** JSON Schema's integer takes 230.0, the readers of many partners do not. */
    private record IntFormat() implements Format {
        @Override
        public String getName() {
            return INT;
        }

        @Override
        public boolean matches(ExecutionContext context, ValidationContext validation, JsonNode value) {
            return !value.isNumber() || value.isIntegralNumber();
        }
    }

    private record TextFormat(String name, Predicate<String> test) implements Format {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            return test.test(value);
        }
    }
}
