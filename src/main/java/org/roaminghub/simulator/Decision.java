package org.roaminghub.simulator;

import java.time.Duration;

/**
 * What a composed behaviour comes to for one request: how long to wait, then one elementary effect.
 *
 * @param delay before the answer
 * @param effect one of the elementary behaviours; {@link Behaviour.Ok} for none
 */
record Decision(Duration delay, Behaviour effect) {

    private static final Behaviour NONE = Behaviour.ok();

    static Decision of(Behaviour behaviour, String method) {
        if (behaviour instanceof Behaviour.Slow slow) {
            return new Decision(slow.delay(), NONE);
        }
        if (behaviour instanceof Behaviour.Flapping flapping) {
            // One throw per request, effect or not: otherwise the sequence would depend on what it is composed with.
            boolean fails = flapping.dice().nextInt(100) < flapping.percent();
            return fails ? of(flapping.failure(), method) : none();
        }
        if (behaviour instanceof Behaviour.Times times) {
            boolean left = times.left().getAndUpdate(count -> Math.max(0, count - 1)) > 0;
            return left ? of(times.behaviour(), method) : none();
        }
        if (behaviour instanceof Behaviour.Both both) {
            return both.parts().stream().map(part -> of(part, method)).reduce(none(), Decision::then);
        }
        if (behaviour instanceof Behaviour.NotFoundOnPatch && !method.equals("PATCH")) {
            return none();
        }
        return new Decision(Duration.ZERO, behaviour);
    }

    /** Whether the request reaches the platform's data. */
    boolean processes() {
        return effect instanceof Behaviour.Ok || effect instanceof Behaviour.ResetAfter;
    }

    private Decision then(Decision other) {
        return new Decision(delay.plus(other.delay), effect instanceof Behaviour.Ok ? other.effect : effect);
    }

    private static Decision none() {
        return new Decision(Duration.ZERO, NONE);
    }
}
