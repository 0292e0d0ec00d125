package org.roaminghub.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A part of a session in which the vehicle does the same and the tariff selects the same components; grows by what follows it. */
final class Interval {

    private final Instant start;
    private final VehicleState state;
    private final List<Optional<SelectedComponent>> selected;
    private final List<Situation> situations = new ArrayList<>();
    private Range powerKw;
    private Range currentA;

    /** @param selected the component of each dimension, empty where none holds; empty without a tariff */
    Interval(Instant start, VehicleState state, Situation situation, List<Optional<SelectedComponent>> selected) {
        this.start = start;
        this.state = state;
        this.selected = selected;
        this.powerKw = situation.powerKw();
        this.currentA = situation.currentA();
        situations.add(situation);
    }

    /**
     * Takes in the interval that follows, unless it differs, or the power and current of both together would select at some
     * moment what neither of them selects (S13 looks at the lowest and highest of a period).
     *
     * @param selection what the tariff selects in a situation
     * @return whether it was taken in
     */
    boolean grows(Interval next, Function<Situation, List<Optional<SelectedComponent>>> selection) {
        if (state != next.state || !selected.equals(next.selected)) {
            return false;
        }
        Range power = Range.union(powerKw, next.powerKw);
        Range current = Range.union(currentA, next.currentA);
        List<Situation> both = new ArrayList<>(next.situations);
        if (isWider(power, powerKw) || isWider(current, currentA)) {
            both.addAll(situations);
        }
        if (!both.stream().allMatch(moment -> selection.apply(moment.withRanges(power, current)).equals(selected))) {
            return false;
        }
        powerKw = power;
        currentA = current;
        situations.addAll(next.situations);
        return true;
    }

    private static boolean isWider(Range range, Range than) {
        return range != null && !range.equals(than);
    }

    Instant start() {
        return start;
    }

    VehicleState state() {
        return state;
    }

    /** Of all of it, null when unknown. */
    Range powerKw() {
        return powerKw;
    }

    /** Of all of it, null when unknown. */
    Range currentA() {
        return currentA;
    }
}
