package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Documents made from the model: every field of the class and of all classes in it filled with a valid value, one entry per list. */
final class Samples {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectModel MODEL = ObjectModel.ocpi221();

    private Samples() {}

    static ObjectNode of(String className) {
        ObjectNode object = JSON.objectNode();
        for (FieldModel field : MODEL.fields(className)) {
            object.set(field.name(), field.cardinality().isList() ? JSON.arrayNode().add(value(field)) : value(field));
        }
        return object;
    }

    static JsonNode value(FieldModel field) {
        return switch (field.kind()) {
            case CLASS -> of(field.type());
            // Not the first value: CURRENT and others are not allowed in a CDR.
            case ENUM -> JSON.textNode(field.type().equals("CdrDimensionType") ? "ENERGY" : MODEL.enumValues(field.type()).get(0));
            case PRIMITIVE -> primitive(field);
            case ANY -> JSON.objectNode();
        };
    }

    private static JsonNode primitive(FieldModel field) {
        return switch (field.type()) {
            case "int" -> JSON.numberNode(5);
            case "number" -> JSON.numberNode(12.5);
            case "boolean" -> JSON.booleanNode(false);
            case "DateTime" -> JSON.textNode("2026-01-31T12:00:00Z");
            case "URL" -> JSON.textNode("https://example.com/ocpi");
            default -> JSON.textNode(text(field));
        };
    }

    private static String text(FieldModel field) {
        String regex = field.regex().orElse("");
        for (String candidate : List.of("52.37022", "08:30", "2026-01-31", "EUR", "en", "abc")) {
            if (!regex.isEmpty() && candidate.matches(regex)) {
                return candidate;
            }
        }
        return "x".repeat(Math.min(2, field.maxLength() == 0 ? 2 : field.maxLength()));
    }
}
