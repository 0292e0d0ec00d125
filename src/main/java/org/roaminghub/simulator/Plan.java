package org.roaminghub.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * One charging session to be lived through. The same plan on the same station always gives the same events.
 *
 * @param start when the transaction starts; the cable went in {@link #PREPARING} before
 * @param energyWh to be charged
 * @param charging how long energy flows
 * @param parked how long the full vehicle stays plugged in; zero for none
 * @param readingInterval between meter values while charging
 * @param idToken the driver's card
 * @param meterStartWh register of the meter at the start
 * @param seed of the power curve and of the network's delays
 */
public record Plan(
        Instant start,
        long energyWh,
        Duration charging,
        Duration parked,
        Duration readingInterval,
        String idToken,
        long meterStartWh,
        long seed) {

    /** From cable in to transaction start. */
    public static final Duration PREPARING = Duration.ofSeconds(10);

    /** From the end of the transaction to the free connector. */
    public static final Duration FINISHING = Duration.ofSeconds(30);

    private static final Duration SHORTEST_STEP = Duration.ofSeconds(10);

    /** Refuses what would put two events into the same moment. */
    public Plan {
        if (energyWh < 0 || meterStartWh < 0) {
            throw new IllegalArgumentException("energyWh and meterStartWh must not be negative");
        }
        if (charging.compareTo(SHORTEST_STEP) < 0 || readingInterval.compareTo(SHORTEST_STEP) < 0) {
            throw new IllegalArgumentException("charging and readingInterval must last at least " + SHORTEST_STEP);
        }
        if (!parked.isZero() && parked.compareTo(SHORTEST_STEP) < 0) {
            throw new IllegalArgumentException("parked must be zero or at least " + SHORTEST_STEP);
        }
    }

    /** Readings every 15 minutes, 5 minutes parked, card {@code 04A1B2C3D4}, meter at 100 kWh. */
    public static Plan of(Instant start, long energyWh, Duration charging, long seed) {
        return new Plan(
                start, energyWh, charging, Duration.ofMinutes(5), Duration.ofMinutes(15), "04A1B2C3D4", 100_000, seed);
    }

    /** The same with another card. */
    public Plan withIdToken(String newIdToken) {
        return new Plan(start, energyWh, charging, parked, readingInterval, newIdToken, meterStartWh, seed);
    }

    /** The same with readings every so often. */
    public Plan withReadingsEvery(Duration interval) {
        return new Plan(start, energyWh, charging, parked, interval, idToken, meterStartWh, seed);
    }

    /** The same with another time parked after charging. */
    public Plan withParked(Duration newParked) {
        return new Plan(start, energyWh, charging, newParked, readingInterval, idToken, meterStartWh, seed);
    }

    /** The same with another register at the start. */
    public Plan withMeterStartWh(long newMeterStartWh) {
        return new Plan(start, energyWh, charging, parked, readingInterval, idToken, newMeterStartWh, seed);
    }

    /** When the transaction ends. */
    public Instant end() {
        return start.plus(charging).plus(parked);
    }

    /** From cable in to the free connector. */
    public Duration life() {
        return PREPARING.plus(charging).plus(parked).plus(FINISHING);
    }
}
