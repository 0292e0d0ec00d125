package org.roaminghub.charging;

/** A charging station of a backend; the unit within which events have an order. {@code source} is the partner's name. */
public record StationKey(String source, String station) {
}
