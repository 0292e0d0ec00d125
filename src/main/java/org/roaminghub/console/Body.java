package org.roaminghub.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads JSON bodies of the operator API. */
@ApplicationScoped
class Body {
    private final ObjectMapper json;

    Body(ObjectMapper json) {
        this.json = json;
    }

    /** The object in a body; an empty body is an empty object. */
    JsonNode object(String text) {
        if (ListQuery.blank(text)) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            JsonNode node = json.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // answered below; the parser's words would only confuse
        }
        throw ApiProblem.invalid("body", "expected a JSON object");
    }

    /** A text that must be there. */
    static String text(JsonNode body, String field, String expected) {
        JsonNode value = body.path(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw ApiProblem.invalid(field, "expected " + expected);
        }
        return value.asText();
    }
}
