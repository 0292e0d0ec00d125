package org.roaminghub.alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Function;
import org.roaminghub.partners.config.AlertSettings;

/**
 * How long what may take.
 *
 * @param byPartner  what partner files say
 * @param unresolved how long events may wait for a Location, Token or Tariff
 */
record Thresholds(Map<String, AlertSettings> byPartner, Duration unresolved) {
    private static final AlertSettings DEFAULT = new AlertSettings(Duration.ofMinutes(15), Duration.ofSeconds(60));

    AlertSettings of(String partner) {
        return partner == null ? DEFAULT : byPartner.getOrDefault(partner, DEFAULT);
    }

    /** The shortest time of all partners: what is younger is nobody's concern and need not be read. */
    Duration shortestCdrDelay() {
        return shortest(AlertSettings::cdrDelay);
    }

    Duration shortestLocationPushAge() {
        return shortest(AlertSettings::locationPushAge);
    }

    private Duration shortest(Function<AlertSettings, Duration> which) {
        return byPartner.values().stream().map(which).reduce(which.apply(DEFAULT), (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    static boolean isOlder(Instant since, Duration age, Instant now) {
        return !now.isBefore(since.plus(age));
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
