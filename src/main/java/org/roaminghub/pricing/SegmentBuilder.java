package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the component for every dimension of every period (S4, S5, S14) and for the flat fees (S16). */
final class SegmentBuilder {

    private final PricingVersion version;
    private final Set<PricingFlag> flags;
    private final List<Segment> segments = new ArrayList<>();
    private final Set<PriceDimension> chargedOnce = EnumSet.noneOf(PriceDimension.class);

    private SegmentBuilder(PricingVersion version, Set<PricingFlag> flags) {
        this.version = version;
        this.flags = flags;
    }

    /**
     * Segments in order of time, billed as measured. A dimension without a component yields none.
     *
     * @param tariffs one per period, null where a period has none
     */
    static List<Segment> build(
            PricingRequest request, List<SessionPeriod> periods, List<PriceableTariff> tariffs, Set<PricingFlag> flags) {
        SegmentBuilder builder = new SegmentBuilder(request.version(), flags);
        List<PeriodSituations> situations = PeriodSituations.of(periods, request.timeZone());
        List<ReservationKind> kinds = outcome(request, periods).kinds();
        for (int i = 0; i < periods.size(); i++) {
            if (tariffs.get(i) != null) {
                builder.addPeriod(i, periods.get(i), situations.get(i), new ComponentChoice(tariffs.get(i), kinds));
            }
        }
        return List.copyOf(builder.segments);
    }

    private static ReservationOutcome outcome(PricingRequest request, List<SessionPeriod> periods) {
        if (request.reservation() != null) {
            return request.reservation();
        }
        boolean charged = periods.stream().anyMatch(period -> !period.isPureReservation());
        return charged ? ReservationOutcome.USED : ReservationOutcome.EXPIRED;
    }

    private void addPeriod(int index, SessionPeriod period, PeriodSituations situations, ComponentChoice choice) {
        for (PriceDimension dimension : PriceDimension.values()) {
            BigDecimal volume = dimension.isFlat() ? once(dimension, period) : period.volume(dimension);
            if (volume == null || !dimension.isKnownTo(version)) {
                continue;
            }
            Optional<SelectedComponent> chosen = choice.choose(dimension, situations.atStart(), flags);
            if (chosen.isPresent()) {
                add(Segment.of(index, dimension, chosen.get(), volume, TaxRule.of(choice.tariff().tariff(), version)));
            } else if (!dimension.isFlat() && volume.signum() != 0 && choice.tariff().prices(dimension)) {
                flags.add(PricingFlag.UNPRICED_VOLUME);
            }
            if (volume.signum() != 0 && situations.atEnd() != null && changes(dimension, chosen, choice.choose(dimension, situations.atEnd()))) {
                flags.add(PricingFlag.PERIOD_SPANS_PRICE_CHANGE);
            }
        }
    }

    /** 1 while the fee can still be due; once charged, later fees are ignored (S16). */
    private BigDecimal once(PriceDimension fee, SessionPeriod period) {
        boolean applies = fee.isReservation() ? period.isReserved() : !period.isPureReservation();
        return applies && !chargedOnce.contains(fee) ? BigDecimal.ONE : null;
    }

    /** A fee that was charged cannot change any more. */
    private static boolean changes(PriceDimension dimension, Optional<SelectedComponent> atStart, Optional<SelectedComponent> atEnd) {
        return !(dimension.isFlat() && atStart.isPresent()) && !atStart.equals(atEnd);
    }

    private void add(Segment segment) {
        segments.add(segment);
        if (segment.dimension().isFlat()) {
            chargedOnce.add(segment.dimension());
        }
        segment.taxFlag(version).ifPresent(flags::add);
    }
}
