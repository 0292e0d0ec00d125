package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/**
 * Turns a message of the schema validator into a {@link Fault}. The words come from the model, not from the validator: they
 * speak of OCPI, and they do not change with a library's version.
 */
final class FaultWriter {

    private static final int VALUES_LISTED = 12;

    private final ObjectModel model;

    FaultWriter(ObjectModel model) {
        this.model = model;
    }

    Fault write(String className, ValidationMessage message) {
        FieldPath path = new FieldPath();
        String inClass = className;
        FieldModel field = null;
        boolean element = false;
        JsonNodePath location = message.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            if (location.getElement(i) instanceof Integer index) {
                path.index(index);
                element = true;
                continue;
            }
            String name = location.getName(i);
            path.name(name);
            inClass = field == null ? className : field.type();
            field = model.field(inClass, name).orElseThrow();
            element = false;
        }
        if (message.getType().equals("required")) {
            String owner = field == null ? className : field.type();
            FieldModel missing = model.field(owner, message.getProperty()).orElseThrow();
            return new Fault(path.name(missing.name()).toString(), expected(missing, false), describe(missing, MissingNode.getInstance()));
        }
        JsonNode found = message.getInstanceNode();
        if (field == null) {
            return new Fault(path.toString(), "an object of type " + className, Found.describe("", found));
        }
        return new Fault(path.toString(), expected(field, element), describe(field, found));
    }

    private static String describe(FieldModel field, JsonNode found) {
        return Found.describe(field.name(), found);
    }

    private String expected(FieldModel field, boolean element) {
        if (field.cardinality().isList() && !element) {
            boolean filled = field.cardinality() == FieldModel.Cardinality.NON_EMPTY_LIST;
            return "a list" + (filled ? " with at least one " : " of ") + field.type();
        }
        return switch (field.kind()) {
            case CLASS -> "an object of type " + field.type();
            case ENUM -> oneOf(field.type());
            case PRIMITIVE -> primitive(field);
            case ANY -> "anything";
        };
    }

    private String oneOf(String enumName) {
        List<String> values = model.enumValues(enumName);
        if (values.size() > VALUES_LISTED) {
            return Fault.ONE_OF + "the " + values.size() + " values of " + enumName;
        }
        return Fault.ONE_OF + String.join(", ", values);
    }

    private static String primitive(FieldModel field) {
        return switch (field.type()) {
            case "number" -> "a number" + range(field);
            case "int" -> "a whole number" + range(field);
            case "boolean" -> "true or false";
            case "DateTime" -> "a DateTime such as 2026-01-31T12:00:00Z";
            case "URL" -> "an http or https URL" + atMost(field);
            case "CiString" -> "printable ASCII" + form(field);
            default -> "a string without control characters" + form(field);
        };
    }

    private static String form(FieldModel field) {
        return field.regex().map(regex -> " of the form " + regex).orElse(atMost(field));
    }

    private static String atMost(FieldModel field) {
        return field.maxLength() == 0 ? "" : ", at most " + field.maxLength() + " characters";
    }

    private static String range(FieldModel field) {
        String from = field.minimum().map(minimum -> ", at least " + minimum).orElse("");
        return from + field.maximum().map(maximum -> ", at most " + maximum).orElse("");
    }
}
