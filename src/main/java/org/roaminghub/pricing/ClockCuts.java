package org.roaminghub.pricing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** The instants at which a wall clock passes a bound of the tariff, midnight, or a change of the zone (S10, S25). */
final class ClockCuts {

    private ClockCuts() {
    }

    static NavigableSet<Instant> between(Instant start, Instant end, ZoneId zone, Collection<LocalTime> bounds) {
        Set<LocalTime> times = new TreeSet<>(bounds);
        times.add(LocalTime.MIDNIGHT);
        ZoneRules rules = zone.getRules();
        NavigableSet<Instant> cuts = new TreeSet<>();
        LocalDate last = LocalDate.ofInstant(end, zone);
        for (LocalDate date = LocalDate.ofInstant(start, zone); !date.isAfter(last); date = date.plusDays(1)) {
            for (LocalTime time : times) {
                cuts.addAll(instants(date.atTime(time), rules));
            }
        }
        ZoneOffsetTransition transition = rules.nextTransition(start);
        while (transition != null && transition.getInstant().isBefore(end)) {
            cuts.add(transition.getInstant());
            transition = rules.nextTransition(transition.getInstant());
        }
        return cuts;
    }

    /** Both folds of a repeated hour; of a missing time the instant at which it was skipped. */
    private static Set<Instant> instants(LocalDateTime local, ZoneRules rules) {
        Set<Instant> instants = new TreeSet<>();
        for (ZoneOffset offset : rules.getValidOffsets(local)) {
            instants.add(local.toInstant(offset));
        }
        if (instants.isEmpty()) {
            instants.add(rules.getTransition(local).getInstant());
        }
        return instants;
    }
}
