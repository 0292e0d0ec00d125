package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Objects by key, compared without case as OCPI ids are (TRANS-54), in order of first arrival. Stored trees never change. */
final class ObjectStore {

    private final Map<String, JsonNode> objects = new LinkedHashMap<>();

    static String key(String... parts) {
        return String.join("/", parts).toUpperCase(Locale.ROOT);
    }

    synchronized Optional<JsonNode> get(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    /** Whether it was there before. */
    synchronized boolean put(String key, JsonNode object) {
        return objects.put(key, object) != null;
    }

    synchronized boolean remove(String key) {
        return objects.remove(key) != null;
    }

    synchronized List<JsonNode> all() {
        return List.copyOf(objects.values());
    }

    synchronized void clear() {
        objects.clear();
    }
}
