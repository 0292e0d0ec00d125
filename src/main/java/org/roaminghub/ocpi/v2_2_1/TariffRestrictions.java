package org.roaminghub.ocpi.v2_2_1;

import com.fasterxml.jackson.databind.JsonNode;
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

    private static boolean restricts(JsonNode value) {
        return !value.isNull() && !(value.isArray() && value.isEmpty());
    }
}
