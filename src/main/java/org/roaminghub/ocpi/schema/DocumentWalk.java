package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Goes through a document together with its class, so that whoever looks at an object knows what it is. */
public final class DocumentWalk {

    private DocumentWalk() {}

    /** Looks at, or changes, one object of a document. */
    @FunctionalInterface
    public interface Visitor {
        void visit(String className, ObjectNode object);
    }

    /**
     * Visits the document and every object below it that the tables of its class name, parents first. What is not of the shape
     * the tables give is passed over: judging it is {@link SchemaCheck}'s business.
     */
    public static void walk(String className, ObjectNode document, Visitor visitor) {
        visitor.visit(className, document);
        for (FieldModel field : ObjectModel.ocpi221().fields(className)) {
            if (field.kind() != FieldModel.Kind.CLASS) {
                continue;
            }
            JsonNode value = document.path(field.name());
            if (value instanceof ObjectNode object) {
                walk(field.type(), object, visitor);
            }
            if (value.isArray()) {
                value.forEach(entry -> {
                    if (entry instanceof ObjectNode object) {
                        walk(field.type(), object, visitor);
                    }
                });
            }
        }
    }
}
