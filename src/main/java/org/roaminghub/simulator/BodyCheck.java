package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** What every receiver checks of a pushed body: it is an object, names the object of the URL, and says when it changed. */
final class BodyCheck {

    private BodyCheck() {}

    static Optional<String> put(OcpiCall call, String idField) {
        List<String> required = isNested(call)
                ? List.of(idField, "last_updated")
                : List.of("country_code", "party_id", idField, "last_updated");
        return required.stream()
                .filter(field -> !call.body().hasNonNull(field))
                .map(field -> field + " is required")
                .findFirst()
                .or(() -> mismatch(call, idField));
    }

    static Optional<String> patch(OcpiCall call, String idField) {
        if (!call.body().hasNonNull("last_updated")) {
            return Optional.of("last_updated is required");
        }
        return mismatch(call, idField);
    }

    /** EVSEs and connectors do not repeat the owner's party. */
    private static boolean isNested(OcpiCall call) {
        return call.segments().size() > 3;
    }

    private static Optional<String> mismatch(OcpiCall call, String idField) {
        List<String> segments = call.segments();
        if (differs(call.body().path(idField), segments.get(segments.size() - 1))) {
            return Optional.of(idField + " differs from the URL");
        }
        if (isNested(call)) {
            return Optional.empty();
        }
        if (differs(call.body().path("country_code"), segments.get(0)) || differs(call.body().path("party_id"), segments.get(1))) {
            return Optional.of("country_code and party_id differ from the URL");
        }
        return Optional.empty();
    }

    private static boolean differs(JsonNode inBody, String inUrl) {
        return inBody.isValueNode() && !inBody.isNull() && !inBody.asText().equalsIgnoreCase(inUrl);
    }
}
