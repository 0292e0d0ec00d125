package org.roaminghub.charging;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.roaminghub.charging.fold.EvseStatus;
import org.roaminghub.charging.fold.StationState;
import org.roaminghub.modules.locations.Locations;
import org.roaminghub.modules.locations.StationBinding.Bound;

/** Writes the status that a station's fold shows into its EVSEs. */
@ApplicationScoped
class EvseStatuses {
    private final Locations locations;

    EvseStatuses(Locations locations) {
        this.locations = locations;
    }

    /** Statuses come out of the state, not out of single effects, so a fold that began anew cannot leave a wrong one behind. */
    void store(Handle transaction, StationState state, List<Bound> bound) {
        for (Bound evse : bound) {
            EvseStatus status = state.evseStatuses().get(evse.evseId());
            if (status != null) {
                locations.setStatus(transaction, evse.owner(), evse.location(), evse.evseUid(), status.name(), since(state, evse.evseId()));
            }
        }
    }

    private static Instant since(StationState state, int evseId) {
        return state.connectors().values().stream().filter(connector -> connector.evseId() == evseId && connector.since() != null)
                .map(connector -> connector.since()).max(Instant::compareTo).orElse(Instant.EPOCH);
    }
}
