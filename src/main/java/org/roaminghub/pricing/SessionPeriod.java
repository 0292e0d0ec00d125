package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * A charging period after normalisation (S2): one volume per dimension.
 *
 * @param end      start of the next period or end of the session; never before the start
 * @param volumes  by CdrDimensionType, kWh or hours
 * @param tariffId null when the period names none
 */
record SessionPeriod(Instant start, Instant end, Map<String, BigDecimal> volumes, String tariffId) {

    /** Null when the CDR does not carry the dimension; a time is never derived from timestamps (S4). */
    BigDecimal volume(PriceDimension dimension) {
        if (dimension == PriceDimension.SESSION_TIME) {
            boolean known = volumes.containsKey(PriceDimension.TIME.name()) || volumes.containsKey(PriceDimension.PARKING_TIME.name());
            return known ? volumeOrZero(PriceDimension.TIME).add(volumeOrZero(PriceDimension.PARKING_TIME)) : null;
        }
        return volumes.get(dimension.name());
    }

    BigDecimal volumeOrZero(PriceDimension dimension) {
        return volumes.getOrDefault(dimension.name(), BigDecimal.ZERO);
    }

    boolean isReserved() {
        return volumeOrZero(PriceDimension.RESERVATION_TIME).signum() > 0 || isPureReservation();
    }

    /** Null when the CDR does not say. */
    Range powerKw() {
        return range("POWER");
    }

    /** Null when the CDR does not say. */
    Range currentA() {
        return range("CURRENT");
    }

    /** What is missing is taken from the other bound, then from the average; a merely parked car draws nothing (S13). */
    private Range range(String quantity) {
        BigDecimal average = volumes.get(quantity);
        BigDecimal min = volumes.getOrDefault("MIN_" + quantity, volumes.getOrDefault("MAX_" + quantity, average));
        BigDecimal max = volumes.getOrDefault("MAX_" + quantity, volumes.getOrDefault("MIN_" + quantity, average));
        if (min == null) {
            return isMerelyParked() ? Range.ZERO : null;
        }
        return new Range(min, max);
    }

    private boolean isMerelyParked() {
        return volumes.containsKey(PriceDimension.PARKING_TIME.name())
                && volumeOrZero(PriceDimension.ENERGY).signum() == 0
                && volumeOrZero(PriceDimension.TIME).signum() == 0;
    }

    /** Reserved and not yet charging: outside of the session's fee, duration and minimum price (S14, S16, S21). */
    boolean isPureReservation() {
        return volumes.containsKey("RESERVATION_TIME")
                && volumeOrZero(PriceDimension.ENERGY).signum() == 0
                && volumeOrZero(PriceDimension.TIME).signum() == 0
                && volumeOrZero(PriceDimension.PARKING_TIME).signum() == 0;
    }
}
