package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.roaminghub.ocpi.v2_2_1.ComponentRounding;
import org.roaminghub.ocpi.v2_2_1.PriceComponent;

/**
 * Bills whole steps (S15): the billable volume of a bucket over the whole session is raised to a multiple of the step_size of
 * the last component that priced something in it, and the surplus is billed by that component.
 */
final class StepRounding {

    private static final BigDecimal WH_PER_KWH = BigDecimal.valueOf(1000);
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private final PricingRequest request;
    private final List<Segment> segments;

    private StepRounding(PricingRequest request, List<Segment> segments) {
        this.request = request;
        this.segments = new ArrayList<>(segments);
    }

    static List<Segment> apply(PricingRequest request, List<Segment> measured) {
        StepRounding rounding = new StepRounding(request, measured);
        BigDecimal slackSeconds = request.policy().stepSlackSeconds();
        rounding.raise(PriceDimension.ENERGY, WH_PER_KWH, BigDecimal.ZERO);
        rounding.raise(steppedTime(measured), SECONDS_PER_HOUR, slackSeconds);
        rounding.raise(PriceDimension.SESSION_TIME, SECONDS_PER_HOUR, slackSeconds);
        rounding.raise(PriceDimension.RESERVATION_TIME, SECONDS_PER_HOUR, slackSeconds);
        return rounding.segments;
    }

    /** Charging and parking time share a bucket: once parking is priced, charging time stays exact, whatever came first. */
    private static PriceDimension steppedTime(List<Segment> segments) {
        boolean parkingPriced = segments.stream()
                .anyMatch(segment -> segment.dimension() == PriceDimension.PARKING_TIME && segment.volume().signum() > 0);
        return parkingPriced ? PriceDimension.PARKING_TIME : PriceDimension.TIME;
    }

    /**
     * @param stepUnits      Wh in a kWh or seconds in an hour
     * @param slackPerPeriod forgiven per billable period (S31)
     */
    private void raise(PriceDimension bucket, BigDecimal stepUnits, BigDecimal slackPerPeriod) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal slack = BigDecimal.ZERO;
        int last = -1;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.dimension() != bucket) {
                continue;
            }
            sum = sum.add(segment.volume());
            if (segment.volume().signum() > 0) {
                slack = slack.add(slackPerPeriod);
                last = i;
            }
        }
        if (last < 0 || sum.signum() <= 0) {
            return;
        }
        PriceComponent component = segments.get(last).selected().component();
        if (component.stepSize() == null || component.stepSize().signum() <= 0) {
            return;
        }
        BigDecimal surplus = surplus(component, sum.multiply(stepUnits), slack);
        segments.set(last, segments.get(last).withSurplus(Fraction.ratio(surplus, stepUnits)));
    }

    private BigDecimal surplus(PriceComponent component, BigDecimal measured, BigDecimal slack) {
        if (request.version().isGireve() && component.stepRound() != null) {
            return inDialect(component.stepRound(), component.stepSize(), measured);
        }
        BigDecimal step = component.stepSize();
        BigDecimal steps = measured.subtract(slack).divide(step, 0, RoundingMode.CEILING).max(BigDecimal.ONE);
        return steps.multiply(step).subtract(measured).max(BigDecimal.ZERO);
    }

    /** Negative where the dialect rounds steps down (S30). */
    private static BigDecimal inDialect(ComponentRounding rounding, BigDecimal step, BigDecimal measured) {
        return measured.divide(step, rounding.decimals(), rounding.mode()).multiply(step).subtract(measured);
    }
}
