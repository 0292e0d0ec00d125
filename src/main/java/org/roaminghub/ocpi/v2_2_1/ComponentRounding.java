package org.roaminghub.ocpi.v2_2_1;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * {@code price_round} and {@code step_round} of GIREVE's dialect of 2.1.1 (S30).
 *
 * @param decimals decimals that remain
 */
public record ComponentRounding(int decimals, RoundingMode mode) {

    public ComponentRounding {
        Objects.requireNonNull(mode, "mode");
    }

    /** @throws IllegalArgumentException naming the field, when one is missing or has an unknown value */
    public static ComponentRounding from(JsonNode json) {
        return new ComponentRounding(
                decimals(JsonFields.requiredText(json, "round_granularity")), mode(JsonFields.requiredText(json, "round_rule")));
    }

    private static int decimals(String granularity) {
        return switch (granularity) {
            case "UNIT" -> 0;
            case "TENTH" -> 1;
            // The second spelling is in use as well.
            case "HUNDREDTH", "HUNDRETH" -> 2;
            case "THOUSANDTH" -> 3;
            default -> throw new IllegalArgumentException("field 'round_granularity': unknown value " + granularity);
        };
    }

    private static RoundingMode mode(String rule) {
        return switch (rule) {
            case "ROUND_UP" -> RoundingMode.UP;
            case "ROUND_DOWN" -> RoundingMode.DOWN;
            case "ROUND_NEAR" -> RoundingMode.HALF_UP;
            default -> throw new IllegalArgumentException("field 'round_rule': unknown value " + rule);
        };
    }
}
