package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roaminghub.pricing.SegmentationRequest.StateChange;

/** The vehicle's state at every instant of a session, received or, before the first status, inferred (S27). */
final class StateTimeline {

    private StateTimeline() {
    }

    /**
     * The state at the start of the session and every real change up to its end; neighbours differ, times are distinct.
     * The first entry is at the start.
     */
    static List<StateChange> of(SegmentationRequest request, EnergyRegister register) {
        List<StateChange> known = inferred(register);
        if (!request.stateChanges().isEmpty()) {
            Instant firstStatus = request.stateChanges().get(0).at();
            known.removeIf(change -> !change.at().isBefore(firstStatus));
        }
        // Where neither meter nor status tells, charging: nobody pays for parking that nothing proves.
        VehicleState state = known.isEmpty() ? VehicleState.TAKING_POWER : known.get(0).state();
        known.addAll(request.stateChanges());

        List<StateChange> timeline = new ArrayList<>();
        timeline.add(new StateChange(request.start(), stateAt(request.start(), state, known)));
        for (StateChange change : known) {
            if (change.at().isAfter(request.start()) && change.at().isBefore(request.end())) {
                append(timeline, change);
            }
        }
        return timeline;
    }

    /** Without status the meter tells: growth between two readings is charging, no growth is parking. */
    private static List<StateChange> inferred(EnergyRegister register) {
        List<StateChange> changes = new ArrayList<>();
        Map.Entry<Instant, BigDecimal> before = null;
        for (Map.Entry<Instant, BigDecimal> reading : register.energyWhByTime().entrySet()) {
            if (before != null) {
                boolean grows = reading.getValue().compareTo(before.getValue()) > 0;
                VehicleState state = grows ? VehicleState.TAKING_POWER : VehicleState.NOT_REQUESTING_POWER;
                changes.add(new StateChange(before.getKey(), state));
            }
            before = reading;
        }
        return changes;
    }

    private static VehicleState stateAt(Instant instant, VehicleState before, List<StateChange> known) {
        VehicleState state = before;
        for (StateChange change : known) {
            if (!change.at().isAfter(instant)) {
                state = change.state();
            }
        }
        return state;
    }

    private static void append(List<StateChange> timeline, StateChange change) {
        StateChange last = timeline.get(timeline.size() - 1);
        if (last.at().equals(change.at())) {
            timeline.remove(timeline.size() - 1);
            last = timeline.get(timeline.size() - 1);
        }
        if (last.state() != change.state()) {
            timeline.add(change);
        }
    }
}
