package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.roaminghub.ocpi.v2_2_1.CdrDimension;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;

/**
 * Cuts a session into charging periods where the vehicle starts or stops requesting power, and where another price component of
 * the tariff becomes active (S25-S27, CDR-14). Only for CDRs we build; the periods of received CDRs are priced as they are.
 */
public final class Segmenter {

    private static final BigDecimal MILLISECONDS_PER_HOUR = BigDecimal.valueOf(3_600_000);

    /** As many as OCPI partners accept (S20). */
    private static final int HOUR_DECIMALS = 6;

    private final SegmentationRequest request;
    private final SessionIntervals intervals;

    private Segmenter(SegmentationRequest request, SessionIntervals intervals) {
        this.request = request;
        this.intervals = intervals;
    }

    /**
     * Periods from start to end without gaps; every instant is in exactly one of TIME, PARKING_TIME and RESERVATION_TIME. ENERGY
     * is in kWh, times are in hours, power is in kW, current in A. Without status a period is charging while the register grows
     * (S27). A tariff that cannot be priced cuts nothing.
     */
    public static Segmentation segment(SegmentationRequest request) {
        EnergyRegister register = EnergyRegister.of(request.readings());
        Segmenter segmenter = new Segmenter(request, SessionIntervals.of(request, register));
        SortedSet<Segmentation.Flag> flags = new TreeSet<>();
        if (register.rolledBack()) {
            flags.add(Segmentation.Flag.METER_ROLLBACK);
        }
        return new Segmentation(segmenter.periods(), flags);
    }

    private List<ChargingPeriod> periods() {
        List<Interval> merged = intervals.merged();
        List<ChargingPeriod> periods = new ArrayList<>();
        for (int i = 0; i < merged.size(); i++) {
            Instant end = i + 1 < merged.size() ? merged.get(i + 1).start() : request.end();
            periods.add(period(merged.get(i), end));
        }
        return periods;
    }

    private ChargingPeriod period(Interval interval, Instant end) {
        BigDecimal energyWh = intervals.register().energyWhAt(end).subtract(intervals.register().energyWhAt(interval.start()));
        BigDecimal energyKwh = Fraction.withoutTrailingZeros(energyWh.movePointLeft(3));
        List<CdrDimension> dimensions = new ArrayList<>(dimensions(interval.state(), energyKwh, hours(interval.start(), end)));
        if (intervals.needsPower()) {
            addRange(dimensions, "POWER", interval.powerKw());
        }
        if (intervals.needsCurrent()) {
            addRange(dimensions, "CURRENT", interval.currentA());
        }
        return new ChargingPeriod(interval.start(), dimensions, request.tariff() == null ? null : request.tariff().id());
    }

    /** ENERGY and TIME accompany each other, 0 included, so that receivers can verify; a merely parked period has neither. */
    private static List<CdrDimension> dimensions(VehicleState state, BigDecimal energyKwh, BigDecimal hours) {
        CdrDimension energy = new CdrDimension(PriceDimension.ENERGY.name(), energyKwh);
        if (state == VehicleState.TAKING_POWER) {
            return List.of(energy, new CdrDimension(PriceDimension.TIME.name(), hours));
        }
        PriceDimension waiting = state == VehicleState.RESERVED ? PriceDimension.RESERVATION_TIME : PriceDimension.PARKING_TIME;
        CdrDimension time = new CdrDimension(waiting.name(), hours);
        return energyKwh.signum() == 0
                ? List.of(time)
                : List.of(energy, new CdrDimension(PriceDimension.TIME.name(), BigDecimal.ZERO), time);
    }

    private static void addRange(List<CdrDimension> dimensions, String quantity, Range range) {
        if (range != null) {
            dimensions.add(new CdrDimension("MIN_" + quantity, Fraction.withoutTrailingZeros(range.lowest())));
            dimensions.add(new CdrDimension("MAX_" + quantity, Fraction.withoutTrailingZeros(range.highest())));
        }
    }

    /**
     * Rounded down where hours have no exact decimal: 600 s as 0.166667 h would be 600.0012 s, and everyone who bills
     * steps of 600 s strictly would bill two of them (S31).
     */
    private static BigDecimal hours(Instant from, Instant to) {
        BigDecimal milliseconds = BigDecimal.valueOf(Duration.between(from, to).toMillis());
        return Fraction.withoutTrailingZeros(milliseconds.divide(MILLISECONDS_PER_HOUR, HOUR_DECIMALS, RoundingMode.DOWN));
    }
}
