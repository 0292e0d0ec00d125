package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
        List<PriceableTariff> checked = TariffCheck.checked(tariffs, request, flags);
        List<Segment> measured = SegmentBuilder.build(request, periods, checked, flags);
        List<Segment> billed = StepRounding.apply(request, measured);
        CostSummary costs = CostSummary.of(billed, request);
        PriceLimits.Limited limited = limits(request, periods, tariffs).apply(costs.total(), flags);
        return result(request, periods, billed, costs, limited, flags);
    }

    private static PriceLimits limits(PricingRequest request, List<SessionPeriod> periods, List<Tariff> tariffs) {
        Optional<Tariff> first = tariffs.stream().filter(Objects::nonNull).findFirst();
        if (!request.version().hasPeriodTariffsAndLimits() || first.isEmpty()) {
            return new PriceLimits(null, null, null);
        }
        boolean charged = periods.stream().anyMatch(period -> !period.isPureReservation());
        return new PriceLimits(first.get().id(), charged ? first.get().minPrice() : null, first.get().maxPrice());
    }

    private static Priced result(
            PricingRequest request,
            List<SessionPeriod> periods,
            List<Segment> billed,
            CostSummary costs,
            PriceLimits.Limited limited,
            SortedSet<PricingFlag> flags) {
        PricingPolicy policy = request.policy();
        return new Priced(
                limited.total().rounded(policy),
                costs.rounded(CostField.ENERGY, policy),
                costs.rounded(CostField.TIME, policy),
                costs.rounded(CostField.PARKING, policy),
                costs.rounded(CostField.FIXED, policy),
                costs.rounded(CostField.RESERVATION, policy),
                measured(periods, PriceDimension.ENERGY),
                totalTimeHours(periods),
                measured(periods, PriceDimension.PARKING_TIME),
                new BilledVolumes(
                        billedVolume(billed, PriceDimension.ENERGY),
                        billedVolume(billed, PriceDimension.TIME),
                        billedVolume(billed, PriceDimension.PARKING_TIME),
                        billedVolume(billed, PriceDimension.RESERVATION_TIME)),
                request.version() == PricingVersion.V2_3_0 ? Taxes.byRate(billed, costs.total(), policy) : null,
                flags,
                explanation(billed, costs, limited, policy));
    }

    private static List<ExplanationLine> explanation(
            List<Segment> billed, CostSummary costs, PriceLimits.Limited limited, PricingPolicy policy) {
        List<ExplanationLine> lines = new ArrayList<>(billed.stream().map(segment -> segment.explain(policy)).toList());
        lines.addAll(costs.explanation());
        lines.addAll(limited.explanation());
        return lines;
    }

    private static BigDecimal measured(List<SessionPeriod> periods, PriceDimension dimension) {
        BigDecimal sum = periods.stream().map(period -> period.volumeOrZero(dimension)).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Fraction.withoutTrailingZeros(sum);
    }

    private static BigDecimal totalTimeHours(List<SessionPeriod> periods) {
        Instant end = periods.get(periods.size() - 1).end();
        return periods.stream()
                .filter(period -> !period.isPureReservation())
                .findFirst()
                .map(first -> Fraction.ratio(Durations.seconds(first.start(), end), SECONDS_PER_HOUR).shown())
                .orElse(BigDecimal.ZERO);
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
