package org.roaminghub.ocpi.v2_2_1;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * OCPI 2.2.1 TariffRestrictions, kept as received.
 * A field that is null, or an empty list of days, restricts nothing (S6).
 */
public record TariffRestrictions(JsonNode json) {

    private static final Set<String> NAMES = Set.of(
            "start_time", "end_time", "start_date", "end_date", "day_of_week", "min_kwh", "max_kwh", "min_current", "max_current",
            "min_power", "max_power", "min_duration", "max_duration", "reservation");

    public TariffRestrictions {
        Objects.requireNonNull(json, "json");
    }

    public static TariffRestrictions from(JsonNode json) {
        return new TariffRestrictions(json.deepCopy());
    }

    /** Names of the fields that really restrict something, in the order received. */
    public List<String> restrictingFields() {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (restricts(field.getValue())) {
                names.add(field.getKey());
            }
        }
        return names;
    }

    /** Restricting fields that OCPI does not define: ignoring one would widen the element (S24). */
    public List<String> unknownFields() {
        return restrictingFields().stream().filter(name -> !NAMES.contains(name)).toList();
    }

    /**
     * A text field, null when it restricts nothing.
     *
     * @throws IllegalArgumentException naming the field, when it is not a text
     */
    public String text(String name) {
        return JsonFields.text(json, name);
    }

    /**
     * A number, null when it restricts nothing.
     *
     * @throws IllegalArgumentException naming the field, when it is not a number
     */
    public BigDecimal number(String name) {
        return JsonFields.number(json, name);
    }

    /**
     * The texts of an array, empty when it restricts nothing.
     *
     * @throws IllegalArgumentException naming the field, when it is not an array of texts
     */
    public List<String> texts(String name) {
        JsonNode array = json.path(name);
        if (array.isMissingNode() || array.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : array) {
            texts.add(entry.asText());
        }
        if (!array.isArray() || texts.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("field '" + name + "': expected an array of texts, found " + array);
        }
        return texts;
    }

    /** A field as received, for people: a list without its punctuation. */
    public String shown(String name) {
        JsonNode value = json.path(name);
        return value.isArray() ? String.join(" ", texts(name)) : value.asText();
    }

    private static boolean restricts(JsonNode value) {
        return !value.isNull() && !(value.isArray() && value.isEmpty());
    }
}
