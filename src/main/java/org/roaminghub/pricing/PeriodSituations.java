package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the restrictions of a tariff are held against in one period (S6).
 *
 * @param atStart decides on the price
 * @param atEnd   the last instant, decides on a flag only; null when the period has no length
 */
record PeriodSituations(Situation atStart, Situation atEnd) {

    /** Less than any meter resolves: just before a bound on energy is reached. */
    private static final BigDecimal HAIR_KWH = new BigDecimal("0.000000001");

    /** @param zone of the location, null when unknown */
    static List<PeriodSituations> of(List<SessionPeriod> periods, ZoneId zone) {
        Instant charging = firstStart(periods, period -> !period.isPureReservation());
        Instant reservation = firstStart(periods, SessionPeriod::isReserved);
        List<PeriodSituations> situations = new ArrayList<>();
        BigDecimal energyKwh = BigDecimal.ZERO;
        for (SessionPeriod period : periods) {
            BigDecimal growth = period.volumeOrZero(PriceDimension.ENERGY);
            BigDecimal almostAll = growth.subtract(HAIR_KWH).max(BigDecimal.ZERO);
            Instant last = period.end().minus(1, ChronoUnit.MICROS);
            situations.add(new PeriodSituations(
                    situation(period, period.start(), energyKwh, charging, reservation, zone),
                    last.isBefore(period.start())
                            ? null : situation(period, last, energyKwh.add(almostAll), charging, reservation, zone)));
            energyKwh = energyKwh.add(growth);
        }
        return situations;
    }

    private static Instant firstStart(List<SessionPeriod> periods, Predicate<SessionPeriod> property) {
        return periods.stream().filter(property).findFirst().orElse(periods.get(0)).start();
    }

    private static Situation situation(
            SessionPeriod period, Instant at, BigDecimal energyKwh, Instant charging, Instant reservation, ZoneId zone) {
        return new Situation(
                zone == null ? null : LocalDateTime.ofInstant(at, zone),
                energyKwh,
                Durations.seconds(charging, at),
                Durations.seconds(reservation, at),
                period.powerKw(),
                period.currentA());
    }
}
