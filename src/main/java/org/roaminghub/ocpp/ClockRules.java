package org.roaminghub.ocpp;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Which time an event gets when the sender's clock and the receipt time disagree (event-model.md, section 6). Applied
 * only to events whose sender did no checks of its own, that is, sent no flags.
 */
final class ClockRules {
    private static final Instant OLDEST_BELIEVED = Instant.parse("2015-01-01T00:00:00Z");
    private static final long TOLERANCE_SECONDS = 300;
    private static final long HALF_HOUR_SECONDS = 1_800;
    private static final long ZONE_SHIFT_TOLERANCE_SECONDS = 90;

    private ClockRules() {}

    /** @param flag null if nothing is remarkable; {@code time} then is the time as sent */
    record Verdict(Instant time, String flag) {
        boolean replaced(Instant sent) {
            return !time.equals(sent);
        }
    }

    static Verdict check(EventType type, Instant sent, Instant receivedAt) {
        if (type == EventType.TIMER_DUE || type == EventType.SESSION_REPORTED) {
            return new Verdict(sent, null);
        }
        if (sent.isBefore(OLDEST_BELIEVED)) {
            return new Verdict(receivedAt, "CLOCK_INVALID");
        }
        Duration ahead = Duration.between(receivedAt, sent);
        if (ahead.compareTo(Duration.ofSeconds(TOLERANCE_SECONDS)) > 0) {
            return new Verdict(receivedAt, isZoneShift(ahead.getSeconds()) ? "CLOCK_ZONE_SHIFT" : "CLOCK_FUTURE");
        }
        if (!sent.isBefore(receivedAt.minus(TOLERANCE_SECONDS, ChronoUnit.SECONDS))) {
            return new Verdict(sent, null);
        }
        if (type.ofTransaction()) {
            return new Verdict(sent, "LATE_DELIVERY");
        }
        return new Verdict(sent, type == EventType.CONNECTOR_STATUS ? "STATUS_TS_STALE" : null);
    }

    private static boolean isZoneShift(long aheadSeconds) {
        long beyond = aheadSeconds % HALF_HOUR_SECONDS;
        return Math.min(beyond, HALF_HOUR_SECONDS - beyond) <= ZONE_SHIFT_TOLERANCE_SECONDS;
    }
}
