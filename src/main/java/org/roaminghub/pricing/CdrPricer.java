package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.roaminghub.ocpi.v2_2_1.Tariff;

/**
 * Prices the charging periods of a session. It prices what the periods say: it never splits, clips or interpolates them, and
 * raises a flag where they look wrong.
 */
public final class CdrPricer {

    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private CdrPricer() {
    }

    /** The price with its explanation, or the reason why there is none. Does not throw for any content of the request. */
    public static PricingOutcome price(PricingRequest request) {
        try {
            return priced(request);
        } catch (NotPriceableException e) {
            return e.outcome();
        }
    }

    private static Priced priced(PricingRequest request) {
        SortedSet<PricingFlag> flags = new TreeSet<>();
        List<SessionPeriod> periods = PeriodNormaliser.normalise(request, flags);
        List<Tariff> tariffs = TariffChoice.choose(request, periods, flags);
        for (Tariff tariff : withoutRepeats(tariffs)) {
            TariffCheck.check(tariff, request.currency(), flags);
        }
        List<Segment> measured = SegmentBuilder.build(request.version(), periods, tariffs);
        List<Segment> billed = StepRounding.apply(measured, request.policy().stepSlackSeconds());
        CostSummary costs = CostSummary.of(billed, request);
        Amount total = limits(request, periods, tariffs).apply(costs.total(), flags);
        return result(request, periods, billed, costs, total, flags);
    }

    private static Set<Tariff> withoutRepeats(List<Tariff> tariffs) {
        Set<Tariff> used = new LinkedHashSet<>(tariffs);
        used.remove(null);
        return used;
    }

    private static PriceLimits limits(PricingRequest request, List<SessionPeriod> periods, List<Tariff> tariffs) {
        Optional<Tariff> first = tariffs.stream().filter(Objects::nonNull).findFirst();
        if (request.version() == PricingVersion.V2_1_1 || first.isEmpty()) {
            return new PriceLimits(null, null);
        }
        boolean charged = periods.stream().anyMatch(period -> !period.isPureReservation());
        return new PriceLimits(charged ? first.get().minPrice() : null, first.get().maxPrice());
    }

    private static Priced result(
            PricingRequest request,
            List<SessionPeriod> periods,
            List<Segment> billed,
            CostSummary costs,
            Amount total,
            SortedSet<PricingFlag> flags) {
        PricingPolicy policy = request.policy();
        return new Priced(
                total.rounded(policy),
                costs.rounded(PriceDimension.ENERGY, policy),
                costs.rounded(PriceDimension.TIME, policy),
                costs.rounded(PriceDimension.PARKING_TIME, policy),
                costs.rounded(PriceDimension.FLAT, policy),
                null,
                measured(periods, PriceDimension.ENERGY),
                totalTimeHours(request, periods),
                measured(periods, PriceDimension.PARKING_TIME),
                new BilledVolumes(
                        billedVolume(billed, PriceDimension.ENERGY),
                        billedVolume(billed, PriceDimension.TIME),
                        billedVolume(billed, PriceDimension.PARKING_TIME)),
                flags,
                billed.stream().map(segment -> segment.explain(policy)).toList());
    }

    private static BigDecimal measured(List<SessionPeriod> periods, PriceDimension dimension) {
        BigDecimal sum = periods.stream().map(period -> period.volumeOrZero(dimension)).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Fraction.withoutTrailingZeros(sum);
    }

    private static BigDecimal totalTimeHours(PricingRequest request, List<SessionPeriod> periods) {
        Instant lastStart = periods.get(periods.size() - 1).start();
        Instant end = lastStart.isAfter(request.sessionEnd()) ? lastStart : request.sessionEnd();
        return periods.stream()
                .filter(period -> !period.isPureReservation())
                .findFirst()
                .map(first -> Fraction.ratio(seconds(Duration.between(first.start(), end)), SECONDS_PER_HOUR).shown())
                .orElse(BigDecimal.ZERO);
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }

    private static BigDecimal billedVolume(List<Segment> billed, PriceDimension dimension) {
        return billed.stream()
                .filter(segment -> segment.dimension() == dimension)
                .map(Segment::billed)
                .reduce(Fraction::plus)
                .map(Fraction::shown)
                .orElse(null);
    }
}
