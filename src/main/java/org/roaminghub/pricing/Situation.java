package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.LocalDateTime;

/**
 * What restrictions are held against at one instant (S6).
 *
 * @param local              at the location, null when its zone is unknown
 * @param energyKwh          of the session so far, whatever tariff or element priced it
 * @param chargingSeconds    since the session began, its reservation left out (S12)
 * @param reservationSeconds since the reservation began
 * @param powerKw            of the period, null when unknown
 * @param currentA           of the period, null when unknown
 */
record Situation(
        LocalDateTime local,
        BigDecimal energyKwh,
        BigDecimal chargingSeconds,
        BigDecimal reservationSeconds,
        Range powerKw,
        Range currentA) {

    Situation withRanges(Range power, Range current) {
        return new Situation(local, energyKwh, chargingSeconds, reservationSeconds, power, current);
    }
}
