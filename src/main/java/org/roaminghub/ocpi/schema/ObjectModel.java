package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The property tables and enums of OCPI 2.2.1 as data, read once from {@code objects-2.2.1.json} (design D2), narrowed by
 * {@link TextForms} and widened by {@link InputTolerances}.
 */
public final class ObjectModel {

    private static final ObjectModel OCPI_2_2_1 = load("/objects-2.2.1.json");

    private final Map<String, Map<String, FieldModel>> classes = new LinkedHashMap<>();
    private final Map<String, List<String>> enums = new LinkedHashMap<>();
    private final Set<String> sessionOnlyDimensions;

    private ObjectModel(JsonNode tables) {
        tables.get("classes").properties().forEach(entry -> classes.put(entry.getKey(), fields(entry.getKey(), entry.getValue())));
        tables.get("enums").properties().forEach(entry ->
                enums.put(entry.getKey(), InputTolerances.widen(entry.getKey(), texts(entry.getValue().get("values")))));
        sessionOnlyDimensions = Set.copyOf(texts(tables.at("/enums/CdrDimensionType/session_only_values")));
    }

    /** The model of OCPI 2.2.1, the version the hub thinks in (design D9). */
    public static ObjectModel ocpi221() {
        return OCPI_2_2_1;
    }

    /** Names of all classes, such as Location, CDR, StartSession, as the specification writes them. */
    public Set<String> classNames() {
        return classes.keySet();
    }

    /** The values a field of this enum may have; empty if there is no such enum. */
    public List<String> enumValues(String enumName) {
        return enums.getOrDefault(enumName, List.of());
    }

    /** CdrDimensionType values that may stand in a Session but not in a CDR (CDR-33). */
    Set<String> sessionOnlyDimensions() {
        return sessionOnlyDimensions;
    }

    /** The fields of a class in the order of its table. @throws IllegalArgumentException if there is no such class */
    public List<FieldModel> fields(String className) {
        return List.copyOf(rows(className).values());
    }

    /** One field of a class. @throws IllegalArgumentException if there is no such class */
    public Optional<FieldModel> field(String className, String fieldName) {
        return Optional.ofNullable(rows(className).get(fieldName));
    }

    private Map<String, FieldModel> rows(String className) {
        Map<String, FieldModel> rows = classes.get(className);
        if (rows == null) {
            throw new IllegalArgumentException("OCPI 2.2.1 has no class " + className);
        }
        return rows;
    }

    private static Map<String, FieldModel> fields(String className, JsonNode table) {
        Map<String, FieldModel> fields = new LinkedHashMap<>();
        for (JsonNode row : table.get("fields")) {
            FieldModel field = InputTolerances.widen(className, TextForms.narrow(className, FieldModel.read(row)));
            fields.put(field.name(), field);
        }
        return fields;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return List.copyOf(texts);
    }

    private static ObjectModel load(String resource) {
        try (InputStream in = ObjectModel.class.getResourceAsStream(resource)) {
            return new ObjectModel(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
