package org.roaminghub.pull;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.partners.config.Quirk;
import org.roaminghub.partners.config.Quirks;
import org.roaminghub.platform.HubSettings;

/** When lists are pulled again: the agreed times, each with jitter, so that partners are not all asked at once (TRANS-08). */
@ApplicationScoped
class PullTimes {
    private static final double JITTER = 0.1;

    private final HubSettings settings;
    private final Clock clock;

    PullTimes(HubSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    Instant nextDelta(Quirks quirks) {
        return after(quirks.time(Quirk.PULL_DELTA).orElse(settings.pullDelta()));
    }

    /** The next full pull after one that ended; the time stays when this was a delta. Null where only people ask for it. */
    Instant nextFull(Pull pull, Quirks quirks) {
        return pull.mode() == Pull.Mode.FULL ? nextFull(pull.module(), quirks) : pull.fullAt();
    }

    /** A full pull that failed is due again with the next delta; a person who cancels one means this one. */
    Instant nextFullAfter(Pull.State state, Pull pull, Quirks quirks) {
        boolean again = state == Pull.State.FAILED && pull.mode() == Pull.Mode.FULL && pull.fullAt() != null;
        return again ? nextDelta(quirks) : nextFull(pull, quirks);
    }

    /**
     * Sessions and CDRs only grow, nothing of them is judged by absence, and their lists go back for years: everything is pulled
     * after a registration and on demand, afterwards only what changed.
     */
    Instant nextFull(ModuleId module, Quirks quirks) {
        return module == ModuleId.SESSIONS || module == ModuleId.CDRS ? null : after(quirks.time(Quirk.PULL_FULL).orElse(settings.pullFull()));
    }

    Instant earlier(Instant one, Instant otherOrNull) {
        return otherOrNull == null || one.isBefore(otherOrNull) ? one : otherOrNull;
    }

    private Instant after(Duration time) {
        double factor = 1 - JITTER + 2 * JITTER * ThreadLocalRandom.current().nextDouble();
        return clock.instant().plusMillis((long) (time.toMillis() * factor));
    }
}
