package org.roaminghub.pricing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A part of a session in which nothing changes that its tariff looks at.
 *
 * @param situation at its start, with the power and current of all of it
 * @param selected  the component of each dimension, empty where none holds; empty without a tariff
 */
record Interval(Instant start, VehicleState state, Situation situation, List<Optional<SelectedComponent>> selected) {
}
