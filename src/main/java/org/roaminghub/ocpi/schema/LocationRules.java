package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rules between fields of Locations, EVSEs and opening hours (chapter mod_locations). */
final class LocationRules {

    private LocationRules() {}

    /** LOC-24. */
    static void publishAllowedToOnlyForUnpublished(JsonNode location, ClassRule.At at, Mode mode, List<Fault> faults) {
        if (location.path("publish").booleanValue() && !location.path("publish_allowed_to").isEmpty()) {
            faults.add(new Fault(at.of("publish_allowed_to"), "only together with publish = false (LOC-24)", "publish = true"));
        }
    }

    /** LOC-26. */
    static void publishTokenIsComplete(JsonNode entry, ClassRule.At at, Mode mode, List<Fault> faults) {
        if (mode == Mode.PATCH) {
            return;
        }
        if (!entry.hasNonNull("uid") && !entry.hasNonNull("visual_number") && !entry.hasNonNull("group_id")) {
            faults.add(new Fault(at.self(), "at least one of uid, visual_number and group_id (LOC-26)", "none of them"));
        }
        companion(entry, "uid", "type", at, faults);
        companion(entry, "visual_number", "issuer", at, faults);
    }

    private static void companion(JsonNode entry, String field, String companion, ClassRule.At at, List<Fault> faults) {
        if (entry.hasNonNull(field) && !entry.hasNonNull(companion)) {
            faults.add(new Fault(at.of(companion), "a value, because " + field + " is there (LOC-26)", Found.describe(companion, entry.path(companion))));
        }
    }

    /** LOC-38; ids are CiStrings, so A1 and a1 are the same connector. */
    static void connectorIdsUnique(JsonNode evse, ClassRule.At at, Mode mode, List<Fault> faults) {
        Set<String> seen = new HashSet<>();
        JsonNode connectors = evse.path("connectors");
        for (int i = 0; i < connectors.size(); i++) {
            JsonNode id = connectors.path(i).path("id");
            if (id.isTextual() && !seen.add(id.textValue().toUpperCase(Locale.ROOT))) {
                faults.add(new Fault(at.of("connectors[" + i + "].id"), "an id no other connector of the EVSE has (LOC-38)",
                        Found.describe("id", id)));
            }
        }
    }

    /** LOC-45. That an hour ends before it begins is no fault: it wraps round midnight. */
    static void regularHoursOnlyWhereNotAlwaysOpen(JsonNode hours, ClassRule.At at, Mode mode, List<Fault> faults) {
        JsonNode always = hours.path("twentyfourseven");
        JsonNode regular = hours.path("regular_hours");
        if (always.booleanValue() && !regular.isEmpty()) {
            faults.add(new Fault(at.of("regular_hours"), "nothing, because twentyfourseven = true (LOC-45)", Found.describe("regular_hours", regular)));
        }
        boolean none = regular.isMissingNode() || regular.isNull() || (regular.isArray() && regular.isEmpty());
        if (mode == Mode.FULL && always.isBoolean() && !always.booleanValue() && none) {
            faults.add(new Fault(at.of("regular_hours"), "at least one entry, because twentyfourseven = false (LOC-45)",
                    Found.describe("regular_hours", regular)));
        }
    }
}
