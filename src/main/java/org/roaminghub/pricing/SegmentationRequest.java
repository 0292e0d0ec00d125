package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.roaminghub.ocpi.v2_2_1.Tariff;

/**
 * What was measured during a session, and the tariff it is cut for (S25-S27). Readings, samples and state changes are put in
 * order of time; among equal times the order given stays.
 *
 * @param start        first instant of the session
 * @param end          last instant of the session
 * @param readings     energy register of the meter; may reach beyond the session
 * @param stateChanges what the vehicle does from an instant on; empty when no status was received
 * @param powerKw      samples of the power, each holds until the next; empty when none were received
 * @param currentA     samples of the current, summed over the phases; empty when none were received
 * @param tariff       its id is put on every period; null when the session has none
 * @param timeZone     zone of the location, null when unknown
 */
public record SegmentationRequest(
        Instant start,
        Instant end,
        List<RegisterReading> readings,
        List<StateChange> stateChanges,
        List<Sample> powerKw,
        List<Sample> currentA,
        Tariff tariff,
        ZoneId timeZone) {

    /** @throws IllegalArgumentException when the session ends before it starts */
    public SegmentationRequest {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("session ends at " + end + ", before its start " + start);
        }
        readings = readings.stream().sorted(Comparator.comparing(RegisterReading::at)).toList();
        stateChanges = stateChanges.stream().sorted(Comparator.comparing(StateChange::at)).toList();
        powerKw = powerKw.stream().sorted(Comparator.comparing(Sample::at)).toList();
        currentA = currentA.stream().sorted(Comparator.comparing(Sample::at)).toList();
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

    /** @param value kW or A from {@code at} until the next sample */
    public record Sample(Instant at, BigDecimal value) {
        public Sample {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(value, "value");
        }
    }
}
