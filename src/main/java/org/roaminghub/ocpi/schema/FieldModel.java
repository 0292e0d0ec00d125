package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/**
 * One row of a property table of the specification.
 *
 * @param type      name of a primitive type, an enum or another class
 * @param maxLength in code points, 0 = no limit
 * @param regex     form of the whole value, if the specification gives one
 * @param minimum   smallest number allowed, if any
 * @param maximum   largest number allowed, if any
 */
public record FieldModel(String name, String type, Kind kind, Cardinality cardinality, int maxLength, Optional<String> regex,
                  Optional<Long> minimum, Optional<Long> maximum) {

    /** What a field holds; ANY is whatever the sender likes. */
    public enum Kind { PRIMITIVE, ENUM, CLASS, ANY }

    /** TRANS-62: optional means absent or null, a list that may be empty may also be absent or null. */
    public enum Cardinality {
        ONE, OPTIONAL, LIST, NON_EMPTY_LIST;

        public boolean isList() {
            return this == LIST || this == NON_EMPTY_LIST;
        }

        public boolean isRequired() {
            return this == ONE || this == NON_EMPTY_LIST;
        }
    }

    static FieldModel read(JsonNode row) {
        return new FieldModel(row.get("name").asText(), row.get("type").asText(), kind(row), cardinality(row),
                row.path("max_length").asInt(0), Optional.ofNullable(row.path("regex").asText(null)),
                number(row, "minimum"), maximum(row));
    }

    /** Whether the value is a JSON number. */
    public boolean isNumber() {
        return kind == Kind.PRIMITIVE && (type.equals("number") || type.equals("int"));
    }

    public boolean isBoolean() {
        return kind == Kind.PRIMITIVE && type.equals("boolean");
    }

    public boolean isTime() {
        return kind == Kind.PRIMITIVE && type.equals("DateTime");
    }

    /** A text as the whole value of this field: texts and enum values as they are, all else as JSON; empty if it cannot be one. */
    public Optional<JsonNode> valueOf(String text) {
        boolean structured = cardinality.isList() || kind == Kind.CLASS || isNumber() || isBoolean();
        if (!structured) {
            return text.isEmpty() ? Optional.empty() : Optional.of(TextNode.valueOf(text));
        }
        try {
            return Optional.of(StrictJson.parse(text)).filter(value -> cardinality.isList() ? value.isArray()
                    : kind == Kind.CLASS ? value.isObject() : isNumber() ? value.isNumber() : value.isBoolean());
        } catch (NotJson | DuplicateKey e) {
            return Optional.empty();
        }
    }

    FieldModel withMaxLength(int length) {
        return new FieldModel(name, type, kind, cardinality, length, regex, minimum, maximum);
    }

    FieldModel withCardinality(Cardinality other) {
        return new FieldModel(name, type, kind, other, maxLength, regex, minimum, maximum);
    }

    FieldModel withRegex(String form) {
        return new FieldModel(name, type, kind, cardinality, maxLength, Optional.of(form), minimum, maximum);
    }

    FieldModel asOpenText() {
        return new FieldModel(name, "string", Kind.PRIMITIVE, cardinality, 255, regex, minimum, maximum);
    }

    private static Kind kind(JsonNode row) {
        return switch (row.path("kind").asText()) {
            case "primitive" -> Kind.PRIMITIVE;
            case "enum" -> Kind.ENUM;
            case "class" -> Kind.CLASS;
            default -> Kind.ANY;
        };
    }

    private static Cardinality cardinality(JsonNode row) {
        return switch (row.get("cardinality").asText()) {
            case "1" -> Cardinality.ONE;
            case "*" -> Cardinality.LIST;
            case "+" -> Cardinality.NON_EMPTY_LIST;
            default -> Cardinality.OPTIONAL;
        };
    }

    private static Optional<Long> number(JsonNode row, String key) {
        return row.has(key) ? Optional.of(row.get(key).asLong()) : Optional.empty();
    }

    // "int(5)" is five digits, so 99999.
    private static Optional<Long> maximum(JsonNode row) {
        if (row.has("maximum") || !row.has("max_digits")) {
            return number(row, "maximum");
        }
        return Optional.of((long) Math.pow(10, row.get("max_digits").asInt()) - 1);
    }
}
