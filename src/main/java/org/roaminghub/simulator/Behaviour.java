package org.roaminghub.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How a platform answers. Set it through {@link Behaviours} while the platform runs.
 *
 * <p>Behaviours compose with {@link #and}: delays add up, and of the rest the first one that has an effect on this request
 * decides. {@code slow(ofSeconds(1)).and(times(2, status(500)))} is slow always and broken twice. A behaviour has state
 * (the dice of {@code flapping}, the count of {@code times}); make a new one for each place it is set at.
 */
public sealed interface Behaviour {

    /** As the protocol says. */
    static Behaviour ok() {
        return new Ok();
    }

    /** Processed on arrival, answered after the delay: a client that gives up earlier has been served all the same. */
    static Behaviour slow(Duration delay) {
        return new Slow(delay);
    }

    /** Nothing processed; this HTTP status with an envelope. */
    static Behaviour status(int httpStatus) {
        return new Status(httpStatus, 0);
    }

    /** Nothing processed; HTTP 200 with this OCPI status code (for instance 2001, 3000). */
    static Behaviour ocpi(int statusCode) {
        return new Ocpi(statusCode);
    }

    /** Every PATCH is answered 404, as by a partner who lost the object; other methods are served. */
    static Behaviour notFoundOnPatch() {
        return new NotFoundOnPatch();
    }

    /** Nothing processed; the connection is closed without an answer. */
    static Behaviour resetBefore() {
        return new ResetBefore();
    }

    /** Processed and stored, then the connection is closed without an answer: the sender cannot know. */
    static Behaviour resetAfter() {
        return new ResetAfter();
    }

    /** Nothing processed and never answered; the connection stays open until either side closes it. */
    static Behaviour hang() {
        return new Hang();
    }

    /** Nothing processed; 200 with an HTML page, as a proxy in front of a sleeping platform does. */
    static Behaviour html200() {
        return new Html();
    }

    /** Nothing processed; 200 and a JSON body that never ends, some 10 MB per second, until the connection closes. */
    static Behaviour endless() {
        return new Endless();
    }

    /** Nothing processed; 429 or 503 with {@code Retry-After} in seconds. */
    static Behaviour retryAfter(int httpStatus, int seconds) {
        return new Status(httpStatus, seconds);
    }

    /** Answers 503 to about {@code percent} of the requests, the same ones for the same seed and order of requests. */
    static Behaviour flapping(int percent, long seed) {
        return flapping(percent, seed, status(503));
    }

    /** As {@link #flapping(int, long)} with a failure of your choice. */
    static Behaviour flapping(int percent, long seed, Behaviour failure) {
        return new Flapping(percent, new Random(seed), failure);
    }

    /** The behaviour for the next {@code count} requests that it meets, then as if it were not there. */
    static Behaviour times(int count, Behaviour behaviour) {
        return new Times(new AtomicInteger(count), behaviour);
    }

    /** This behaviour, and the other where this one has no effect; delays of both add up. */
    default Behaviour and(Behaviour other) {
        return new Both(List.of(this, other));
    }

    record Ok() implements Behaviour {}

    record Slow(Duration delay) implements Behaviour {}

    record Status(int httpStatus, int retryAfterSeconds) implements Behaviour {}

    record Ocpi(int statusCode) implements Behaviour {}

    record NotFoundOnPatch() implements Behaviour {}

    record ResetBefore() implements Behaviour {}

    record ResetAfter() implements Behaviour {}

    record Hang() implements Behaviour {}

    record Html() implements Behaviour {}

    record Endless() implements Behaviour {}

    record Flapping(int percent, Random dice, Behaviour failure) implements Behaviour {}

    record Times(AtomicInteger left, Behaviour behaviour) implements Behaviour {}

    record Both(List<Behaviour> parts) implements Behaviour {}
}
