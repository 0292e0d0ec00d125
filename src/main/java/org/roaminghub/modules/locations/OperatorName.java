package org.roaminghub.modules.locations;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.partners.Partners;

/**
 * Names the operator of a Location that leaves without one. A reader of OCPI takes the business details of the CPO's role then, but
 * behind a hub it never exchanged credentials with that CPO (LOC-30, A-40). What is stored, and {@code last_updated}, stay as they are.
 */
@ApplicationScoped
class OperatorName {
    private static final String FIELD = "operator";
    private static final JsonFactory JSON = new JsonFactory();

    private final Partners partners;

    OperatorName(Partners partners) {
        this.partners = partners;
    }

    /** The text of a Location with its operator; the very text where it has one already, or where nobody knows a name. */
    String complete(PartyId owner, String location) {
        boolean mentioned = location.contains("\"" + FIELD + "\"");
        if (mentioned && hasOperator(location)) {
            return location;
        }
        Optional<String> name = partners.cpoName(owner);
        if (name.isEmpty()) {
            return location;
        }
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("name", name.get());
        if (mentioned) {
            // It says null, which is the same as nothing (TRANS-62), or uses the word for something else further down.
            return ((ObjectNode) StrictJson.parse(location)).set(FIELD, details).toString();
        }
        return location.substring(0, location.length() - 1) + ",\"" + FIELD + "\":" + details + "}";
    }

    private static boolean hasOperator(String location) {
        try (JsonParser parser = JSON.createParser(location)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean operator = parser.currentName().equals(FIELD);
                JsonToken value = parser.nextToken();
                if (operator) {
                    return value != JsonToken.VALUE_NULL;
                }
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
