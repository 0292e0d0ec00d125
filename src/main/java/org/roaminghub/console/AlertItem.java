package org.roaminghub.console;

import java.time.Instant;

/**
 * An alert as operators see it.
 *
 * @param key        what it is about, within its type
 * @param nextStep   what to do now
 * @param runbook    where to read on
 * @param count      in how many rounds it was found
 * @param assignedTo null as long as it is nobody's
 */
record AlertItem(long id, String type, String state, String key, String partner, String object, String reason, String nextStep, String runbook, Instant firstAt, Instant lastAt,
        long count, String assignedTo, String acknowledgedBy, Instant silencedUntil, Instant clearedAt) {
}
