package org.roaminghub.pull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/**
 * The pull of one list, as its row says.
 *
 * @param party     whose objects, and OCPI-to of the requests
 * @param mode      of the run at hand or the last one, null before the first
 * @param wanted    what was asked for and has not begun, or null
 * @param walk      which page is next, null when no run is under way
 * @param highWater highest last_updated seen in finished runs, or null
 * @param fullAt    when the next full pull is due, null for only on demand
 * @param attempts  failed tries of the page at hand
 * @param abandoned whether the process that worked on it went away within a page
 */
record Pull(long id, String partner, ModuleId module, PartyId party, State state, Mode mode, Mode wanted, Optional<Instant> from, Walk walk, int pages,
        Instant startedAt, Instant highWater, Instant deltaAt, Instant fullAt, int attempts, boolean abandoned) {

    enum State { IDLE, RUNNING, DONE, FAILED, CANCELLED }

    /** FULL: the whole list. DELTA: what changed since the last pull. */
    enum Mode { FULL, DELTA }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    /** Whether the end of this run says what is gone: nothing was filtered, and the module's lists are the truth (LOC-12, TAR-02, TOK-06). */
    boolean judgesAbsence() {
        return mode == Mode.FULL && from.isEmpty() && (module == ModuleId.LOCATIONS || module == ModuleId.TARIFFS);
    }

    /** The same for all requests of a run, also after a restart (TRANS-48). */
    String correlationId() {
        return UUID.nameUUIDFromBytes((id + "/" + startedAt).getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The same run at another place. */
    Pull at(Walk place) {
        return new Pull(id, partner, module, party, state, mode, wanted, from, place, pages, startedAt, highWater, deltaAt, fullAt, attempts, false);
    }

    /** One page further. */
    Pull next(Walk place) {
        return new Pull(id, partner, module, party, state, mode, wanted, from, place, pages + 1, startedAt, highWater, deltaAt, fullAt, 0, false);
    }

    @Override
    public String toString() {
        return partner + "/" + module.id() + "/" + party;
    }
}
