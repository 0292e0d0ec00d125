package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What was measured during a session (S25-S27). Readings and state changes are put in order of time; among equal times the
 * order given stays.
 *
 * @param start        first instant of the session
 * @param end          last instant of the session
 * @param readings     energy register of the meter; may reach beyond the session
 * @param stateChanges what the vehicle does from an instant on; empty when no status was received
 * @param tariffId     put on every period, null when periods shall name no tariff
 */
public record SegmentationRequest(
        Instant start, Instant end, List<RegisterReading> readings, List<StateChange> stateChanges, String tariffId) {

    /** @throws IllegalArgumentException when the session ends before it starts */
    public SegmentationRequest {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("session ends at " + end + ", before its start " + start);
        }
        readings = readings.stream().sorted(Comparator.comparing(RegisterReading::at)).toList();
        stateChanges = stateChanges.stream().sorted(Comparator.comparing(StateChange::at)).toList();
    }

    /** @param energyWh cumulative, as the register showed it */
    public record RegisterReading(Instant at, BigDecimal energyWh) {
        public RegisterReading {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(energyWh, "energyWh");
        }
    }

    /** @param state holds from {@code at} until the next change */
    public record StateChange(Instant at, VehicleState state) {
        public StateChange {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(state, "state");
        }
    }
}
