package org.roaminghub.modules.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Merges a PATCH into a document: present fields replace, objects merge, null means unchanged, nothing is removed (A-17, LOC-19). */
public final class JsonMerge {
    private JsonMerge() {
    }

    public static ObjectNode merge(ObjectNode stored, ObjectNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                return;
            }
            if (value instanceof ObjectNode nested && stored.get(field.getKey()) instanceof ObjectNode target) {
                merge(target, nested);
                return;
            }
            stored.set(field.getKey(), value);
        });
        return stored;
    }
}
