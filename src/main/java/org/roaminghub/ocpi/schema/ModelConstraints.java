package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The rules of the tables that span more than one field. Each looks only at what is there and of the right type; what is
 * missing or misshapen is the schema's fault to report. In a PATCH only rules are applied that partial content can break.
 */
final class ModelConstraints {

    private static final int ORDINARY_CDR_ID = 36;

    private ModelConstraints() {}

    static List<Fault> check(String className, JsonNode document, Mode mode) {
        List<Fault> faults = new ArrayList<>();
        switch (className) {
            case "Location" -> {
                publishAllowedToOnlyForUnpublished(document, faults);
                JsonNode evses = document.path("evses");
                for (int i = 0; i < evses.size(); i++) {
                    connectorIdsUnique(evses.path(i), "evses[" + i + "].", faults);
                }
            }
            case "EVSE" -> connectorIdsUnique(document, "", faults);
            case "CDR" -> {
                if (mode == Mode.FULL) {
                    creditNamesItsOriginal(document, faults);
                    longIdOnlyForCredit(document, faults);
                }
                noSessionOnlyDimensions(document, faults);
            }
            case "ChargingProfile" -> oneDecimal(document, "", faults);
            case "SetChargingProfile", "ActiveChargingProfile" -> oneDecimal(document.path("charging_profile"), "charging_profile.", faults);
            case "ActiveChargingProfileResult" -> {
                if (mode == Mode.FULL) {
                    acceptedCarriesTheProfile(document, faults);
                }
                oneDecimal(document.path("profile").path("charging_profile"), "profile.charging_profile.", faults);
            }
            case "Credentials" -> rolesUnique(document, faults);
            case "Endpoint" -> roleOnlyMissingForCredentials(document, "", mode, faults);
            case "VersionDetails" -> {
                JsonNode endpoints = document.path("endpoints");
                for (int i = 0; i < endpoints.size(); i++) {
                    roleOnlyMissingForCredentials(endpoints.path(i), "endpoints[" + i + "].", mode, faults);
                }
            }
            default -> { }
        }
        return faults;
    }

    /** LOC-24. */
    private static void publishAllowedToOnlyForUnpublished(JsonNode location, List<Fault> faults) {
        if (location.path("publish").booleanValue() && !location.path("publish_allowed_to").isEmpty()) {
            faults.add(new Fault("publish_allowed_to", "only together with publish = false (LOC-24)", "publish = true"));
        }
    }

    /** LOC-38; ids are CiStrings, so A1 and a1 are the same connector. */
    private static void connectorIdsUnique(JsonNode evse, String prefix, List<Fault> faults) {
        Set<String> seen = new HashSet<>();
        JsonNode connectors = evse.path("connectors");
        for (int i = 0; i < connectors.size(); i++) {
            JsonNode id = connectors.path(i).path("id");
            if (id.isTextual() && !seen.add(folded(id))) {
                faults.add(new Fault(prefix + "connectors[" + i + "].id", "an id no other connector of the EVSE has (LOC-38)",
                        Found.describe("id", id)));
            }
        }
    }

    /** CDR-04. */
    private static void creditNamesItsOriginal(JsonNode cdr, List<Fault> faults) {
        if (isCredit(cdr) && !cdr.hasNonNull("credit_reference_id")) {
            faults.add(new Fault("credit_reference_id", "the id of the credited CDR, because credit = true (CDR-04)",
                    Found.describe("credit_reference_id", cdr.path("credit_reference_id"))));
        }
    }

    /** CDR-19; what is longer than 39 the schema refuses. */
    private static void longIdOnlyForCredit(JsonNode cdr, List<Fault> faults) {
        JsonNode id = cdr.path("id");
        int length = id.isTextual() ? id.textValue().length() : 0;
        if (!isCredit(cdr) && length > ORDINARY_CDR_ID && length <= 39) {
            faults.add(new Fault("id", "at most 36 characters unless credit = true (CDR-19)", Found.describe("id", id)));
        }
    }

    /** CDR-33. */
    private static void noSessionOnlyDimensions(JsonNode cdr, List<Fault> faults) {
        Set<String> sessionOnly = ObjectModel.ocpi221().sessionOnlyDimensions();
        JsonNode periods = cdr.path("charging_periods");
        for (int i = 0; i < periods.size(); i++) {
            JsonNode dimensions = periods.path(i).path("dimensions");
            for (int j = 0; j < dimensions.size(); j++) {
                JsonNode type = dimensions.path(j).path("type");
                if (sessionOnly.contains(type.asText())) {
                    faults.add(new Fault("charging_periods[" + i + "].dimensions[" + j + "].type",
                            "a dimension that is allowed in a CDR (CDR-33)", Found.describe("type", type)));
                }
            }
        }
    }

    /** CP-17. Zeros at the end are no decimals. */
    private static void oneDecimal(JsonNode profile, String prefix, List<Fault> faults) {
        oneDecimal("min_charging_rate", profile, prefix, faults);
        JsonNode periods = profile.path("charging_profile_period");
        for (int i = 0; i < periods.size(); i++) {
            oneDecimal("limit", periods.path(i), prefix + "charging_profile_period[" + i + "].", faults);
        }
    }

    private static void oneDecimal(String name, JsonNode owner, String prefix, List<Fault> faults) {
        JsonNode rate = owner.path(name);
        if (rate.isNumber() && rate.decimalValue().stripTrailingZeros().scale() > 1) {
            faults.add(new Fault(prefix + name, "a number with at most one decimal (CP-17)", Found.describe(name, rate)));
        }
    }

    /** CP-22. */
    private static void acceptedCarriesTheProfile(JsonNode result, List<Fault> faults) {
        if (result.path("result").asText().equals("ACCEPTED") && !result.hasNonNull("profile")) {
            faults.add(new Fault("profile", "the active profile, because result = ACCEPTED (CP-22)", Found.describe("profile", result.path("profile"))));
        }
    }

    /** CRED-23. */
    private static void rolesUnique(JsonNode credentials, List<Fault> faults) {
        Set<List<String>> seen = new HashSet<>();
        JsonNode roles = credentials.path("roles");
        for (int i = 0; i < roles.size(); i++) {
            JsonNode role = roles.path(i);
            boolean complete = role.hasNonNull("role") && role.hasNonNull("party_id") && role.hasNonNull("country_code");
            List<String> triple = List.of(folded(role.path("role")), folded(role.path("country_code")), folded(role.path("party_id")));
            if (complete && !seen.add(triple)) {
                faults.add(new Fault("roles[" + i + "]", "role, country_code and party_id that no other entry has (CRED-23)",
                        Found.shortened(String.join(" ", triple), Found.MAX_CHARACTERS)));
            }
        }
    }

    /** old platforms list the credentials endpoint without a role, all others need one. */
    private static void roleOnlyMissingForCredentials(JsonNode endpoint, String prefix, Mode mode, List<Fault> faults) {
        boolean excused = mode == Mode.PATCH || endpoint.path("identifier").asText().equals("credentials");
        if (endpoint.isObject() && !excused && !endpoint.hasNonNull("role")) {
            faults.add(new Fault(prefix + "role", "SENDER or RECEIVER (A-12)", Found.describe("role", endpoint.path("role"))));
        }
    }

    private static boolean isCredit(JsonNode cdr) {
        return cdr.path("credit").booleanValue();
    }

    private static String folded(JsonNode text) {
        return text.asText().toUpperCase(Locale.ROOT);
    }
}
