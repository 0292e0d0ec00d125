package org.roaminghub.console;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * An object that a partner refused: it waits for its next attempt and does not stop its lane.
 *
 * @param key as stored, never shown: {@code object} may be masked, and the cursor needs it
 */
record HeldItem(@JsonIgnore String key, String object, String module, int attempts, Instant nextAttemptAt, Instant since, String reason, Integer httpStatus, Integer ocpiStatus, long lane, String partner) {
}
