package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Rules of charging profiles and their results. */
final class ProfileRules {

    private ProfileRules() {}

    /** CP-17. */
    static void slowestRateHasOneDecimal(JsonNode profile, ClassRule.At at, Mode mode, List<Fault> faults) {
        oneDecimal("min_charging_rate", profile, at, faults);
    }

    /** CP-17. */
    static void limitHasOneDecimal(JsonNode period, ClassRule.At at, Mode mode, List<Fault> faults) {
        oneDecimal("limit", period, at, faults);
    }

    /** CP-22. */
    static void acceptedCarriesTheProfile(JsonNode result, ClassRule.At at, Mode mode, List<Fault> faults) {
        if (mode == Mode.FULL && result.path("result").asText().equals("ACCEPTED") && !result.hasNonNull("profile")) {
            faults.add(new Fault(at.of("profile"), "the active profile, because result = ACCEPTED (CP-22)", Found.describe("profile", result.path("profile"))));
        }
    }

    /** Zeros at the end are no decimals. */
    private static void oneDecimal(String name, JsonNode owner, ClassRule.At at, List<Fault> faults) {
        JsonNode rate = owner.path(name);
        if (rate.isNumber() && rate.decimalValue().stripTrailingZeros().scale() > 1) {
            faults.add(new Fault(at.of(name), "a number with at most one decimal (CP-17)", Found.describe(name, rate)));
        }
    }
}
