package org.roaminghub.pricing;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.roaminghub.ocpi.v2_2_1.TariffRestrictions;

/**
 * When an element holds; what is null or open restricts nothing, all the rest is ANDed (S6).
 *
 * @param startTime   local, part of the window
 * @param endTime     local, not part of the window; 00:00 is the end of the day (S9)
 * @param startDate   local, part of the span
 * @param endDate     local, not part of the span (S8)
 * @param days        local weekday of the instant; empty means every day
 * @param duration    seconds
 * @param reservation null for an element that prices no reservation
 * @param texts       each restriction as received, for people
 */
record Restrictions(
        LocalTime startTime,
        LocalTime endTime,
        LocalDate startDate,
        LocalDate endDate,
        Set<DayOfWeek> days,
        Band energyKwh,
        Band powerKw,
        Band currentA,
        Band duration,
        ReservationKind reservation,
        List<String> texts) {

    private static final String OTHER_MIDNIGHT = "24:00";

    /** What a situation says about the element. */
    enum Verdict {
        HOLDS,
        FAILS,
        /** Everything known holds, but a bound on power or current has nothing to be held against (S13). */
        INPUT_MISSING
    }

    /**
     * @param received null for an element without restrictions
     * @throws IllegalArgumentException naming the field that cannot be read
     */
    static Restrictions of(TariffRestrictions received) {
        if (received == null) {
            Band open = new Band(null, null);
            return new Restrictions(null, null, null, null, Set.of(), open, open, open, open, null, List.of());
        }
        return new Restrictions(
                read(received, "start_time", Restrictions::time),
                read(received, "end_time", Restrictions::time),
                read(received, "start_date", LocalDate::parse),
                read(received, "end_date", LocalDate::parse),
                days(received),
                band(received, "kwh"),
                band(received, "power"),
                band(received, "current"),
                band(received, "duration"),
                read(received, "reservation", ReservationKind::valueOf),
                received.restrictingFields().stream().map(name -> name + " " + received.shown(name)).toList());
    }

    Verdict verdict(Situation situation) {
        if (!isInTime(situation.local()) || !energyKwh.contains(situation.energyKwh()) || !duration.contains(
                reservation == null ? situation.chargingSeconds() : situation.reservationSeconds())) {
            return Verdict.FAILS;
        }
        if (fails(powerKw, situation.powerKw()) || fails(currentA, situation.currentA())) {
            return Verdict.FAILS;
        }
        boolean missing = isMissing(powerKw, situation.powerKw()) || isMissing(currentA, situation.currentA());
        return missing ? Verdict.INPUT_MISSING : Verdict.HOLDS;
    }

    /** Whether the zone of the location has to be known. */
    boolean needsLocalTime() {
        return startTime != null || endTime != null || startDate != null || endDate != null || !days.isEmpty();
    }

    private boolean isInTime(LocalDateTime local) {
        if (!needsLocalTime()) {
            return true;
        }
        LocalDate date = local.toLocalDate();
        return (startDate == null || !date.isBefore(startDate))
                && (endDate == null || date.isBefore(endDate))
                && (days.isEmpty() || days.contains(date.getDayOfWeek()))
                && isInWindow(local.toLocalTime());
    }

    /** A missing bound is the edge of the day; equal bounds are the whole day; an end before the start wraps over midnight (S7, S9). */
    private boolean isInWindow(LocalTime time) {
        LocalTime from = startTime == null ? LocalTime.MIDNIGHT : startTime;
        LocalTime to = endTime == null ? LocalTime.MIDNIGHT : endTime;
        if (from.equals(to)) {
            return true;
        }
        boolean begun = !time.isBefore(from);
        boolean notOver = time.isBefore(to);
        return from.isBefore(to) ? begun && notOver : begun || notOver;
    }

    private static boolean fails(Band band, Range range) {
        return range != null && !band.touches(range);
    }

    private static boolean isMissing(Band band, Range range) {
        return range == null && !band.isOpen();
    }

    private static Band band(TariffRestrictions received, String quantity) {
        return new Band(received.number("min_" + quantity), received.number("max_" + quantity));
    }

    private static LocalTime time(String text) {
        return text.equals(OTHER_MIDNIGHT) ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }

    private static Set<DayOfWeek> days(TariffRestrictions received) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String day : received.texts("day_of_week")) {
            days.add(parsed("day_of_week", day, DayOfWeek::valueOf));
        }
        return days;
    }

    private static <T> T read(TariffRestrictions received, String name, Function<String, T> parser) {
        String text = received.text(name);
        return text == null ? null : parsed(name, text, parser);
    }

    private static <T> T parsed(String name, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException("field '" + name + "': cannot read " + text, e);
        }
    }

    /** The wall clock times at which the element may begin or cease to hold. */
    List<LocalTime> clockBounds() {
        List<LocalTime> bounds = new ArrayList<>();
        if (startTime != null) {
            bounds.add(startTime);
        }
        if (endTime != null) {
            bounds.add(endTime);
        }
        return bounds;
    }
}
