package org.roaminghub.pricing;

import java.math.BigDecimal;

/**
 * Volumes after step_size (S15), at most 10 decimals; null where no component was applied.
 *
 * @param energyKwh        billed energy
 * @param timeHours        billed charging time
 * @param parkingTimeHours billed parking time
 * @param reservationHours billed reserved time
 */
public record BilledVolumes(
        BigDecimal energyKwh, BigDecimal timeHours, BigDecimal parkingTimeHours, BigDecimal reservationHours) {
}
