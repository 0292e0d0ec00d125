package org.roaminghub.charging;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.roaminghub.charging.fold.EvseStatus;
import org.roaminghub.charging.fold.StationState;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.modules.locations.Locations;
import org.roaminghub.modules.locations.StationBinding.Bound;

/** Writes the statuses that the folds show into the EVSEs. */
@ApplicationScoped
class EvseStatuses {
    private final Locations locations;

    EvseStatuses(Locations locations) {
        this.locations = locations;
    }

    private record NewStatus(EvseStatus status, Instant since) {
    }

    /** Statuses to write, in the order of their rows: two transactions that touch the same Locations lock them alike. */
    static final class Changes {
        private final TreeMap<Bound, NewStatus> byEvse = new TreeMap<>(Comparator.comparing((Bound bound) -> bound.owner().toString())
                .thenComparing(Bound::location).thenComparing(Bound::evseUid));

        /** Statuses come out of the states, not out of single effects, so a fold that began anew leaves no wrong one behind. */
        void collect(StationState before, StationState after, List<Bound> bound, boolean all) {
            for (Bound evse : bound) {
                EvseStatus status = after.evseStatuses().get(evse.evseId());
                if (status != null && (all || status != before.evseStatuses().get(evse.evseId()))) {
                    byEvse.put(evse, new NewStatus(status, since(after, evse.evseId())));
                }
            }
        }

        private static Instant since(StationState state, int evseId) {
            return state.connectors().values().stream().filter(connector -> connector.evseId() == evseId && connector.since() != null)
                    .map(connector -> connector.since()).max(Instant::compareTo).orElse(Instant.EPOCH);
        }
    }

    /** Answers whether any document changed. */
    boolean store(Handle transaction, Changes changes) {
        boolean changed = false;
        for (var entry : changes.byEvse.entrySet()) {
            Bound evse = entry.getKey();
            Change change = locations.setStatus(transaction, evse.owner(), evse.location(), evse.evseUid(), entry.getValue().status().name(), entry.getValue().since());
            changed |= change == Change.UPDATED;
        }
        return changed;
    }
}
