package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Bills whole steps (S15): the billable volume of a bucket over the whole session is raised to a multiple of the step_size of
 * the last component that priced something in it, and the surplus is billed by that component.
 */
final class StepRounding {

    private static final BigDecimal WH_PER_KWH = BigDecimal.valueOf(1000);
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private StepRounding() {
    }

    /** @param slackSeconds forgiven per billable period in the time bucket (S31) */
    static List<Segment> apply(List<Segment> segments, BigDecimal slackSeconds) {
        List<Segment> billed = new ArrayList<>(segments);
        raise(billed, PriceDimension.ENERGY, WH_PER_KWH, BigDecimal.ZERO);
        raise(billed, steppedTime(segments), SECONDS_PER_HOUR, slackSeconds);
        return billed;
    }

    /** Charging and parking time share a bucket: once parking is priced, charging time stays exact, whatever came first. */
    private static PriceDimension steppedTime(List<Segment> segments) {
        boolean parkingPriced = segments.stream()
                .anyMatch(segment -> segment.dimension() == PriceDimension.PARKING_TIME && segment.volume().signum() > 0);
        return parkingPriced ? PriceDimension.PARKING_TIME : PriceDimension.TIME;
    }

    /** @param stepUnits Wh in a kWh or seconds in an hour */
    private static void raise(List<Segment> segments, PriceDimension bucket, BigDecimal stepUnits, BigDecimal slackPerPeriod) {
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
        BigDecimal step = segments.get(last).selected().component().stepSize();
        if (step == null || step.signum() <= 0) {
            return;
        }
        BigDecimal measured = sum.multiply(stepUnits);
        BigDecimal steps = measured.subtract(slack).divide(step, 0, RoundingMode.CEILING).max(BigDecimal.ONE);
        BigDecimal surplus = steps.multiply(step).subtract(measured).max(BigDecimal.ZERO);
        segments.set(last, segments.get(last).withSurplus(Fraction.ratio(surplus, stepUnits)));
    }
}
