package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * What OCPI leaves to the parties (S20, S31).
 *
 * @param scale            decimals of emitted amounts
 * @param roundingMode     how amounts are rounded to {@code scale}
 * @param stage            what is rounded before adding up
 * @param stepSlackSeconds forgiven per billable period before a time step is added; 0 when pricing our own sessions, 0.36 when
 *                         verifying CDRs that declare hours with 4 decimals (S31)
 */
public record PricingPolicy(int scale, RoundingMode roundingMode, RoundingStage stage, BigDecimal stepSlackSeconds) {

    /** 4 decimals, HALF_UP, rounded once at the end, strict steps. */
    public static final PricingPolicy DEFAULT = new PricingPolicy(4, RoundingMode.HALF_UP, RoundingStage.TOTAL, BigDecimal.ZERO);

    public PricingPolicy {
        Objects.requireNonNull(roundingMode, "roundingMode");
        Objects.requireNonNull(stage, "stage");
        if (scale < 0) {
            throw new IllegalArgumentException("scale is negative: " + scale);
        }
        if (roundingMode == RoundingMode.UNNECESSARY) {
            throw new IllegalArgumentException("UNNECESSARY cannot round an amount");
        }
        if (stepSlackSeconds.signum() < 0) {
            throw new IllegalArgumentException("stepSlackSeconds is negative: " + stepSlackSeconds);
        }
    }
}
