package org.roaminghub.alerts;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Something to look for: one bounded query reads facts, a pure function ({@code findings} of each rule) judges them. What a rule
 * does not find any more clears by itself.
 */
interface AlertRule {
    /** A rule names so many things at most, the oldest; the rest follows as these are settled. */
    int AT_MOST = 1_000;

    AlertType type();

    List<Finding> look(Handle handle, Thresholds thresholds, Instant now);
}
