package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * A charging period after normalisation (S2): one volume per dimension.
 *
 * @param volumes  by CdrDimensionType, kWh or hours
 * @param tariffId null when the period names none
 */
record SessionPeriod(Instant start, Map<String, BigDecimal> volumes, String tariffId) {

    /** Null when the CDR does not carry the dimension; a time is never derived from timestamps (S4). */
    BigDecimal volume(PriceDimension dimension) {
        return volumes.get(dimension.name());
    }

    BigDecimal volumeOrZero(PriceDimension dimension) {
        return volumes.getOrDefault(dimension.name(), BigDecimal.ZERO);
    }

    /** Reserved and not yet charging: outside of the session's fee, duration and minimum price (S14, S16, S21). */
    boolean isPureReservation() {
        return volumes.containsKey("RESERVATION_TIME")
                && volumeOrZero(PriceDimension.ENERGY).signum() == 0
                && volumeOrZero(PriceDimension.TIME).signum() == 0
                && volumeOrZero(PriceDimension.PARKING_TIME).signum() == 0;
    }
}
