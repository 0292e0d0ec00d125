package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A PATCH applied to a stored object. Null means unchanged; objects merge; lists are replaced, except the ones OCPI
 * treats as collections: EVSEs and connectors merge by id, charging periods are appended (SES-16).
 */
final class JsonMerge {

    private static final Map<String, String> KEYED_LISTS = Map.of("evses", "uid", "connectors", "id");

    private JsonMerge() {}

    static ObjectNode patched(JsonNode stored, JsonNode patch) {
        ObjectNode result = stored.deepCopy();
        patch.properties().forEach(change -> apply(result, change.getKey(), change.getValue()));
        return result;
    }

    /** The list with this element in the place of the one with the same id, or at the end. */
    static ArrayNode replaced(JsonNode list, String idField, JsonNode element) {
        ArrayNode result = list.isArray() ? list.deepCopy() : Json.object().arrayNode();
        int index = indexOf(result, idField, element.path(idField).asText());
        if (index < 0) {
            return result.add(element);
        }
        result.set(index, element);
        return result;
    }

    static int indexOf(JsonNode list, String idField, String id) {
        for (int index = 0; index < list.size(); index++) {
            if (list.get(index).path(idField).asText().equalsIgnoreCase(id)) {
                return index;
            }
        }
        return -1;
    }

    private static void apply(ObjectNode target, String field, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        JsonNode present = target.path(field);
        if (value.isObject() && present.isObject()) {
            target.set(field, patched(present, value));
            return;
        }
        if (!value.isArray() || !present.isArray()) {
            target.set(field, value);
            return;
        }
        if (field.equals("charging_periods")) {
            ((ArrayNode) target.get(field)).addAll((ArrayNode) value);
            return;
        }
        target.set(field, KEYED_LISTS.containsKey(field) ? merged(present, value, KEYED_LISTS.get(field)) : value);
    }

    private static ArrayNode merged(JsonNode present, JsonNode changes, String idField) {
        ArrayNode result = present.deepCopy();
        for (JsonNode change : changes) {
            int index = indexOf(result, idField, change.path(idField).asText());
            JsonNode element = index < 0 ? change : patched(result.get(index), change);
            result = replaced(result, idField, element);
        }
        return result;
    }
}
