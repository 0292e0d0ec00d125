package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rules between fields of Credentials and Endpoints. */
final class ConnectionRules {

    private ConnectionRules() {}

    /** CRED-23. */
    static void rolesUnique(JsonNode credentials, ClassRule.At at, Mode mode, List<Fault> faults) {
        Set<List<String>> seen = new HashSet<>();
        JsonNode roles = credentials.path("roles");
        for (int i = 0; i < roles.size(); i++) {
            JsonNode role = roles.path(i);
            boolean complete = role.hasNonNull("role") && role.hasNonNull("party_id") && role.hasNonNull("country_code");
            List<String> triple = List.of(folded(role, "role"), folded(role, "country_code"), folded(role, "party_id"));
            if (complete && !seen.add(triple)) {
                faults.add(new Fault(at.of("roles[" + i + "]"), "role, country_code and party_id that no other entry has (CRED-23)",
                        Found.shortened(String.join(" ", triple), Found.MAX_CHARACTERS)));
            }
        }
    }

    /** old platforms list the credentials endpoint without a role, all others need one. */
    static void roleOnlyMissingForCredentials(JsonNode endpoint, ClassRule.At at, Mode mode, List<Fault> faults) {
        boolean excused = mode == Mode.PATCH || endpoint.path("identifier").asText().equals("credentials");
        if (!excused && !endpoint.hasNonNull("role")) {
            faults.add(new Fault(at.of("role"), "SENDER or RECEIVER (A-12)", Found.describe("role", endpoint.path("role"))));
        }
    }

    private static String folded(JsonNode role, String field) {
        return role.path(field).asText().toUpperCase(Locale.ROOT);
    }
}
