package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roaminghub.ocpi.v2_2_1.CdrDimension;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;

/** Brings the periods of a CDR in order and flags what had to be repaired (S2) or lies outside of the session (S24). */
final class PeriodNormaliser {

    private PeriodNormaliser() {
    }

    static List<SessionPeriod> normalise(PricingRequest request, Set<PricingFlag> flags) {
        if (request.periods().isEmpty()) {
            throw new NotPriceableException(NotPriceable.Code.NO_PERIODS, "there is no charging period");
        }
        List<ChargingPeriod> sorted = new ArrayList<>(request.periods());
        sorted.sort(Comparator.comparing(ChargingPeriod::startDateTime));
        if (!sorted.equals(request.periods())) {
            flags.add(PricingFlag.PERIODS_UNSORTED);
        }
        flagPeriodsOutside(request, sorted, flags);
        List<SessionPeriod> periods = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            ChargingPeriod period = sorted.get(i);
            Instant next = i + 1 < sorted.size() ? sorted.get(i + 1).startDateTime() : request.sessionEnd();
            Instant end = next.isAfter(period.startDateTime()) ? next : period.startDateTime();
            periods.add(new SessionPeriod(period.startDateTime(), end, volumes(period, flags), period.tariffId()));
        }
        return List.copyOf(periods);
    }

    private static void flagPeriodsOutside(PricingRequest request, List<ChargingPeriod> sorted, Set<PricingFlag> flags) {
        Instant firstStart = sorted.get(0).startDateTime();
        if (firstStart.isBefore(request.sessionStart())) {
            flags.add(PricingFlag.PERIODS_OUTSIDE_SESSION);
        }
        if (firstStart.isAfter(request.sessionStart())) {
            flags.add(PricingFlag.GAP_BEFORE_FIRST_PERIOD);
        }
        if (sorted.get(sorted.size() - 1).startDateTime().isAfter(request.sessionEnd())) {
            flags.add(PricingFlag.PERIOD_AFTER_END);
        }
    }

    private static Map<String, BigDecimal> volumes(ChargingPeriod period, Set<PricingFlag> flags) {
        Map<String, BigDecimal> volumes = new LinkedHashMap<>();
        for (CdrDimension dimension : period.dimensions()) {
            BigDecimal before = volumes.get(dimension.type());
            if (before == null) {
                volumes.put(dimension.type(), dimension.volume());
                continue;
            }
            flags.add(PricingFlag.DUPLICATE_DIMENSION);
            volumes.put(dimension.type(), combined(dimension.type(), before, dimension.volume()));
        }
        return volumes;
    }

    private static BigDecimal combined(String type, BigDecimal first, BigDecimal second) {
        if (type.startsWith("MIN_")) {
            return first.min(second);
        }
        if (type.startsWith("MAX_")) {
            return first.max(second);
        }
        return first.add(second);
    }
}
