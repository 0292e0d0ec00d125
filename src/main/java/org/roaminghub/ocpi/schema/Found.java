package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Says in a few characters what stands in a document, so that a fault can be answered, logged and stored. */
final class Found {

    static final int MAX_CHARACTERS = 60;
    private static final int MAX_QUOTED = 30;
    // D11: a token or a driver's card must not reach a log through an error message.
    private static final Set<String> MASKED = Set.of("token", "uid");

    private Found() {}

    static String describe(String fieldName, JsonNode node) {
        if (node == null || node.isMissingNode()) {
            return "nothing";
        }
        if (node.isNull()) {
            return "null";
        }
        if (node.isObject()) {
            return "an object";
        }
        if (node.isArray()) {
            return node.isEmpty() ? "an empty list" : "a list";
        }
        if (MASKED.contains(fieldName)) {
            return masked(node);
        }
        return node.isTextual() ? quoted(node.textValue()) : shortened(node.asText(), MAX_QUOTED);
    }

    private static String masked(JsonNode node) {
        if (!node.isTextual()) {
            return "*** (not a string)";
        }
        return "*** (" + length(node.textValue()) + " characters)";
    }

    private static String quoted(String text) {
        String shown = "\"" + shortened(text, MAX_QUOTED) + "\"";
        return length(text) > MAX_QUOTED ? shown + " (" + length(text) + " characters)" : shown;
    }

    /** At most {@code max} characters; control characters become \\uXXXX, so that a fault cannot forge a log line. */
    static String shortened(String text, int max) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            String piece = piece(character);
            if (shown.length() + piece.length() > max) {
                return trimmed(shown, max).append('…').toString();
            }
            shown.append(piece);
            i += Character.charCount(character);
        }
        return shown.toString();
    }

    private static StringBuilder trimmed(StringBuilder shown, int max) {
        while (shown.length() > max - 1) {
            boolean pair = shown.length() > 1 && Character.isLowSurrogate(shown.charAt(shown.length() - 1));
            shown.setLength(shown.length() - (pair ? 2 : 1));
        }
        return shown;
    }

    private static String piece(int character) {
        int type = Character.getType(character);
        boolean hidden = Character.isISOControl(character) || type == Character.SURROGATE || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
        return hidden ? String.format("\\u%04X", character) : Character.toString(character);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
