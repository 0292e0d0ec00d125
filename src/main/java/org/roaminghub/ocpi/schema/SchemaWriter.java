package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Writes a class of the model as JSON Schema. Nested classes are written in place, not by reference: the model has no
 * recursion, and a validator that follows no references is faster.
 */
final class SchemaWriter {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectModel model;
    private final Mode mode;

    SchemaWriter(ObjectModel model, Mode mode) {
        this.model = model;
        this.mode = mode;
    }

    ObjectNode write(String className) {
        return classSchema(className, false);
    }

    private ObjectNode classSchema(String className, boolean nullable) {
        ObjectNode schema = typed("object", nullable);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (FieldModel field : model.fields(className)) {
            properties.set(field.name(), property(field));
            if (mode == Mode.FULL && field.cardinality().isRequired()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private ObjectNode property(FieldModel field) {
        boolean nullable = mode == Mode.PATCH || !field.cardinality().isRequired();
        if (!field.cardinality().isList()) {
            return value(field, nullable);
        }
        ObjectNode list = typed("array", nullable);
        list.set("items", value(field, false));
        if (field.cardinality() == FieldModel.Cardinality.NON_EMPTY_LIST) {
            list.put("minItems", 1);
        }
        return list;
    }

    private ObjectNode value(FieldModel field, boolean nullable) {
        return switch (field.kind()) {
            case CLASS -> classSchema(field.type(), nullable);
            case ENUM -> enumeration(field, nullable);
            case PRIMITIVE -> primitive(field, nullable);
            case ANY -> JSON.objectNode();
        };
    }

    // No "type" beside "enum": one wrong value would be reported twice.
    private ObjectNode enumeration(FieldModel field, boolean nullable) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode values = schema.putArray("enum");
        model.enumValues(field.type()).forEach(values::add);
        if (nullable) {
            values.addNull();
        }
        return schema;
    }

    private ObjectNode primitive(FieldModel field, boolean nullable) {
        return switch (field.type()) {
            case "number" -> number(field, typed("number", nullable));
            case "int" -> number(field, typed("number", nullable).put("format", OcpiFormats.INT));
            case "boolean" -> typed("boolean", nullable);
            case "DateTime" -> typed("string", nullable).put("format", OcpiFormats.DATE_TIME);
            case "URL" -> text(field, OcpiFormats.URL, nullable);
            case "CiString" -> text(field, OcpiFormats.CI_STRING, nullable);
            case "string" -> text(field, OcpiFormats.STRING, nullable);
            default -> throw new IllegalStateException("no schema for the primitive type " + field.type());
        };
    }

    private static ObjectNode text(FieldModel field, String format, boolean nullable) {
        ObjectNode schema = typed("string", nullable).put("format", format);
        if (field.maxLength() > 0) {
            schema.put("maxLength", field.maxLength());
        }
        field.regex().ifPresent(regex -> schema.put("pattern", "^(?:" + regex + ")$"));
        return schema;
    }

    private static ObjectNode number(FieldModel field, ObjectNode schema) {
        field.minimum().ifPresent(minimum -> schema.put("minimum", minimum));
        field.maximum().ifPresent(maximum -> schema.put("maximum", maximum));
        return schema;
    }

    private static ObjectNode typed(String type, boolean nullable) {
        ObjectNode schema = JSON.objectNode();
        if (nullable) {
            schema.putArray("type").add(type).add("null");
            return schema;
        }
        return schema.put("type", type);
    }
}
