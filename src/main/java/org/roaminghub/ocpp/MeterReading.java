package org.roaminghub.ocpp;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One sampled value (event-model.md, section 3).
 *
 * @param measurand OCPP word, for example {@code Energy.Active.Import.Register}
 * @param value     in {@code unit}
 * @param unit      canonical unit: Wh, W, A, V, Percent and so on
 * @param phase     null = sum of the phases
 * @param context   OCPP reading context, null if not sent
 * @param location  OCPP location, null = Outlet
 */
public record MeterReading(
        Instant time, String measurand, BigDecimal value, String unit, String phase, String context, String location) {

    /** True for the only kind of value that counts for a session's energy (event-model.md, section 8 rule 1). */
    public boolean isEnergyRegister() {
        return measurand.equals("Energy.Active.Import.Register") && phase == null && unit.equals("Wh");
    }

    /** True for active power, of one phase or of all. */
    public boolean isPower() {
        return measurand.equals("Power.Active.Import") && unit.equals("W");
    }

    /** True for current, of one phase or of all. */
    public boolean isCurrent() {
        return measurand.equals("Current.Import") && unit.equals("A");
    }

    /** True for one of the three phases against neutral. */
    public boolean isOfOnePhase() {
        return phase != null && phase.matches("L[123](-N)?");
    }
}
