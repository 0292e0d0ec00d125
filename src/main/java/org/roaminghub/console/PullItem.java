package org.roaminghub.console;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * The pull of one list: what it is doing or did last, and when it runs next.
 *
 * @param id         never shown: for the cursor
 * @param state      IDLE, QUEUED, RUNNING, WAITING (for the partner, see {@code last_error}), DONE, FAILED, CANCELLED
 * @param mode       FULL or DELTA, of the run at hand or the last one
 * @param nextOffset where the next page begins, null when no run is under way
 * @param seen       objects in the pages so far; {@code ignored} of them belong to other parties
 * @param unchanged  the same as stored, or older
 * @param refused    in this run; {@code faults} are those that are still not taken, see {@code pulls/faults}
 * @param missing    objects we hold that complete pulls do not show, see {@code pulls/missing}
 * @param highWater  highest last_updated of finished runs: where the next delta begins, with an overlap
 */
record PullItem(@JsonIgnore long id, String module, String party, String state, String mode, Instant dateFrom, Long nextOffset, int pages, int seen, int created, int updated,
        int unchanged, int refused, int ignored, Instant startedAt, Instant finishedAt, Instant highWater, Instant nextDeltaAt, Instant nextFullAt, int attempts, String lastError,
        long faults, long missing) {
}
