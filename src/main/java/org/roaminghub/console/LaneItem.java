package org.roaminghub.console;

import java.time.Instant;

/**
 * A lane as operators see it.
 *
 * @param lagObjects how many objects stand beyond its position
 * @param lagCapped  true when there are more than {@code lagObjects}: counting stopped there
 * @param lagSeconds age of the oldest of them, 0 when there is none
 * @param held       objects that the partner refused, kept aside
 */
record LaneItem(long id, String partner, String module, String owner, String receiver, String state, long lagObjects, boolean lagCapped, long lagSeconds, long held,
                Instant lastSuccessAt, String lastError, Instant lastErrorAt) {
}
