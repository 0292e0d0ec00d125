package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** The instants of a session at which a restriction of its tariff may begin or cease to hold (S25); energy bounds are elsewhere. */
final class TariffCuts {

    private TariffCuts() {
    }

    /** @param chargingStart when the session began, its reservation left out */
    static NavigableSet<Instant> of(PriceableTariff tariff, SegmentationRequest request, Instant chargingStart) {
        NavigableSet<Instant> cuts = new TreeSet<>();
        if (tariff.needsPower()) {
            request.powerKw().forEach(sample -> cuts.add(sample.at()));
        }
        if (tariff.needsCurrent()) {
            request.currentA().forEach(sample -> cuts.add(sample.at()));
        }
        if (tariff.needsLocalTime()) {
            List<LocalTime> times = tariff.restrictions().stream().flatMap(element -> element.clockBounds().stream()).toList();
            cuts.addAll(ClockCuts.between(request.start(), request.end(), request.timeZone(), times));
        }
        BigDecimal length = Durations.seconds(request.start(), request.end());
        bounds(tariff, Restrictions::duration).filter(seconds -> seconds.compareTo(length) < 0).forEach(seconds -> {
            long nanoseconds = seconds.movePointRight(9).setScale(0, RoundingMode.CEILING).longValue();
            cuts.add(chargingStart.plusNanos(nanoseconds));
            cuts.add(request.start().plusNanos(nanoseconds));
        });
        return cuts;
    }

    static Stream<BigDecimal> bounds(PriceableTariff tariff, Function<Restrictions, Band> quantity) {
        return tariff.restrictions().stream().map(quantity).flatMap(Band::bounds);
    }
}
