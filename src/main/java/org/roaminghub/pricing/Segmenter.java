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
import org.roaminghub.pricing.SegmentationRequest.StateChange;

/**
 * Cuts a session into charging periods where the vehicle starts or stops requesting power (S25-S27). Only for CDRs we build;
 * the periods of received CDRs are priced as they are.
 *
 * <p>It does not look at the tariff, so its periods fit tariffs without restrictions.
 */
public final class Segmenter {

    private static final BigDecimal MILLISECONDS_PER_HOUR = BigDecimal.valueOf(3_600_000);

    /** As many as OCPI partners accept (S20). */
    private static final int HOUR_DECIMALS = 6;

    private Segmenter() {
    }

    /**
     * Periods from start to end without gaps; every instant is in exactly one of TIME and PARKING_TIME. ENERGY is in kWh, times
     * are in hours. Without status a period is charging while the register grows (S27).
     */
    public static Segmentation segment(SegmentationRequest request) {
        EnergyRegister register = EnergyRegister.of(request.readings());
        List<StateChange> timeline = StateTimeline.of(request, register);
        List<ChargingPeriod> periods = new ArrayList<>();
        for (int i = 0; i < timeline.size(); i++) {
            Instant end = i + 1 < timeline.size() ? timeline.get(i + 1).at() : request.end();
            periods.add(period(timeline.get(i), end, register, request.tariffId()));
        }
        SortedSet<Segmentation.Flag> flags = new TreeSet<>();
        if (register.rolledBack()) {
            flags.add(Segmentation.Flag.METER_ROLLBACK);
        }
        return new Segmentation(periods, flags);
    }

    private static ChargingPeriod period(StateChange from, Instant end, EnergyRegister register, String tariffId) {
        BigDecimal energyWh = register.energyWhAt(end).subtract(register.energyWhAt(from.at()));
        BigDecimal energyKwh = Fraction.withoutTrailingZeros(energyWh.movePointLeft(3));
        List<CdrDimension> dimensions = dimensions(from.state(), energyKwh, hours(from.at(), end));
        return new ChargingPeriod(from.at(), dimensions, tariffId);
    }

    /** ENERGY and TIME accompany each other, 0 included, so that receivers can verify; a merely parked period has neither. */
    private static List<CdrDimension> dimensions(VehicleState state, BigDecimal energyKwh, BigDecimal hours) {
        CdrDimension energy = new CdrDimension(PriceDimension.ENERGY.name(), energyKwh);
        return switch (state) {
            case TAKING_POWER -> List.of(energy, time(hours));
            case NOT_REQUESTING_POWER -> energyKwh.signum() == 0
                    ? List.of(parkingTime(hours))
                    : List.of(energy, time(BigDecimal.ZERO), parkingTime(hours));
        };
    }

    private static CdrDimension time(BigDecimal hours) {
        return new CdrDimension(PriceDimension.TIME.name(), hours);
    }

    private static CdrDimension parkingTime(BigDecimal hours) {
        return new CdrDimension(PriceDimension.PARKING_TIME.name(), hours);
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
