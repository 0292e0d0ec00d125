package org.roaminghub.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spreads a plan's energy over its readings: uneven by up to a tenth, rising, and exact to the watt-hour at the end. */
final class PowerCurve {

    private static final double EVENNESS = 0.9;
    private static final double SPREAD = 0.2;
    private static final double MILLIS_PER_HOUR = 3_600_000;

    /**
     * The meter at one moment.
     *
     * @param powerW mean power since the reading before
     */
    record Reading(Instant at, long registerWh, long powerW) {}

    private PowerCurve() {}

    static List<Reading> of(Plan plan, Random dice) {
        List<Duration> steps = steps(plan);
        double[] weights = steps.stream().mapToDouble(step -> step.toMillis() * (EVENNESS + SPREAD * dice.nextDouble())).toArray();
        double total = Arrays.stream(weights).sum();
        List<Reading> readings = new ArrayList<>();
        Instant at = plan.start();
        double share = 0;
        long before = 0;
        for (int index = 0; index < weights.length; index++) {
            share += weights[index];
            long energyWh = index == weights.length - 1 ? plan.energyWh() : Math.round(plan.energyWh() * share / total);
            Duration step = steps.get(index);
            at = at.plus(step);
            long powerW = Math.round((energyWh - before) * MILLIS_PER_HOUR / step.toMillis());
            readings.add(new Reading(at, plan.meterStartWh() + energyWh, powerW));
            before = energyWh;
        }
        return readings;
    }

    /** Whole intervals; a rest too short for a reading of its own lengthens the last one. */
    private static List<Duration> steps(Plan plan) {
        List<Duration> steps = new ArrayList<>();
        Duration left = plan.charging();
        while (left.compareTo(plan.readingInterval().multipliedBy(3).dividedBy(2)) >= 0) {
            steps.add(plan.readingInterval());
            left = left.minus(plan.readingInterval());
        }
        steps.add(left);
        return steps;
    }
}
