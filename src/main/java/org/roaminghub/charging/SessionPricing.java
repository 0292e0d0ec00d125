package org.roaminghub.charging;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.roaminghub.charging.fold.ChargingPhase;
import org.roaminghub.charging.fold.RegisterReading;
import org.roaminghub.charging.fold.SessionState;
import org.roaminghub.ocpi.v2_2_1.CdrDimension;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.ocpi.v2_2_1.Tariff;
import org.roaminghub.ocpp.ChargingState;
import org.roaminghub.pricing.CdrPricer;
import org.roaminghub.pricing.NotPriceable;
import org.roaminghub.pricing.Priced;
import org.roaminghub.pricing.PricingFlag;
import org.roaminghub.pricing.PricingOutcome;
import org.roaminghub.pricing.PricingPolicy;
import org.roaminghub.pricing.PricingRequest;
import org.roaminghub.pricing.PricingVersion;
import org.roaminghub.pricing.SegmentationRequest;
import org.roaminghub.pricing.Segmenter;
import org.roaminghub.pricing.TariffChoice;
import org.roaminghub.pricing.VehicleState;

/**
 * From a folded session to charging periods and money. Hours are cut to four decimals before they are priced, never after, so
 * that whoever reads the periods computes the same cents (decision 0006).
 */
final class SessionPricing {
    private static final int OCPI_DECIMALS = 4;

    private SessionPricing() {
    }

    /**
     * Periods as they go out, and what they cost.
     *
     * @param tariffId the tariff that was valid at the start; empty when none was
     */
    record Result(List<ChargingPeriod> periods, PricingOutcome outcome, Optional<String> tariffId) {
    }

    /** When an unfinished session was last heard of: its periods end there. */
    static Instant end(SessionState session) {
        if (session.stop() != null) {
            return later(session.stop(), session.ocpiStart());
        }
        Instant latest = session.ocpiStart();
        for (RegisterReading reading : session.readings()) {
            latest = later(latest, reading.time());
        }
        for (ChargingPhase phase : session.chargingPhases()) {
            latest = later(latest, phase.since());
        }
        return latest;
    }

    /**
     * The session cut for its tariff (CDR-14) and priced with it.
     *
     * @param tariffType TariffType that fits the driver's token (TAR-13)
     * @param zone       of the Location, null when unknown
     */
    static Result price(SessionState session, List<Tariff> tariffs, String tariffType, String currency, ZoneId zone) {
        Instant start = session.ocpiStart();
        Instant end = end(session);
        Optional<Tariff> tariff = TariffChoice.atSessionStart(tariffs, start, tariffType);
        SegmentationRequest measured = new SegmentationRequest(
                start, end, readings(session, start), states(session),
                samples(session, start, reading -> reading.powerW() == null ? null : reading.powerW().movePointLeft(3)),
                samples(session, start, RegisterReading::currentA),
                tariff.orElse(null), zone);
        List<ChargingPeriod> periods = Segmenter.segment(measured).periods().stream().map(SessionPricing::asSent).toList();
        PricingOutcome outcome = CdrPricer.price(new PricingRequest(
                PricingVersion.V2_2_1, zone, tariffs, start, end, currency, periods, PricingPolicy.DEFAULT, tariffType, null));
        return new Result(periods, orRefused(outcome), tariff.map(Tariff::id));
    }

    /** What the station did not measure is not guessed: a received CDR is priced with a flag, our own is not made (decision 0010). */
    private static PricingOutcome orRefused(PricingOutcome outcome) {
        boolean guessed = outcome instanceof Priced priced && priced.flags().contains(PricingFlag.RESTRICTION_INPUT_MISSING);
        return guessed
                ? new NotPriceable(NotPriceable.Code.RESTRICTION_INPUT_MISSING,
                        "the tariff depends on power or current and the station did not report it")
                : outcome;
    }

    /** The first sample also holds before it, from the start on (decision 0010). */
    private static List<SegmentationRequest.Sample> samples(
            SessionState session, Instant start, Function<RegisterReading, BigDecimal> quantity) {
        List<SegmentationRequest.Sample> samples = new ArrayList<>();
        for (RegisterReading reading : session.readings()) {
            BigDecimal value = quantity.apply(reading);
            if (value != null) {
                samples.add(new SegmentationRequest.Sample(samples.isEmpty() ? earlier(reading.time(), start) : reading.time(), value));
            }
        }
        return samples;
    }

    /** Hours with four decimals, cut and not rounded up: a rounded-up hour could cost a step that nobody used. */
    private static ChargingPeriod asSent(ChargingPeriod period) {
        return new ChargingPeriod(period.startDateTime(), period.dimensions().stream()
                .map(dimension -> new CdrDimension(dimension.type(), dimension.volume().setScale(Math.min(OCPI_DECIMALS, Math.max(0, dimension.volume().scale())), RoundingMode.DOWN)))
                .toList(), period.tariffId());
    }

    /** The register over time, from the session's start on; what was measured before it counts from the start. */
    private static List<SegmentationRequest.RegisterReading> readings(SessionState session, Instant start) {
        List<SegmentationRequest.RegisterReading> readings = new ArrayList<>();
        if (session.meterStartWh() != null) {
            readings.add(new SegmentationRequest.RegisterReading(start, session.meterStartWh()));
        }
        BigDecimal before = null;
        List<RegisterReading> sorted = session.readings().stream().sorted(Comparator.comparing(RegisterReading::time)).toList();
        for (RegisterReading reading : sorted) {
            if (reading.time().isAfter(start)) {
                readings.add(new SegmentationRequest.RegisterReading(reading.time(), reading.registerWh()));
            } else if (before == null) {
                before = reading.registerWh();
            }
        }
        if (session.meterStartWh() == null && before != null) {
            readings.add(0, new SegmentationRequest.RegisterReading(start, before));
        }
        if (session.stop() != null && session.meterStopWh() != null) {
            readings.removeIf(reading -> !reading.at().isBefore(session.stop()));
            readings.add(new SegmentationRequest.RegisterReading(session.stop(), session.meterStopWh()));
        }
        return readings;
    }

    private static List<SegmentationRequest.StateChange> states(SessionState session) {
        return session.chargingPhases().stream().sorted(Comparator.comparing(ChargingPhase::since))
                .map(phase -> new SegmentationRequest.StateChange(phase.since(), vehicle(phase.state()))).toList();
    }

    /** Rule S27: what the station withholds is not the driver's parking. */
    private static VehicleState vehicle(ChargingState state) {
        return switch (state) {
            case EV_CONNECTED, CHARGING, SUSPENDED_EVSE -> VehicleState.TAKING_POWER;
            case SUSPENDED_EV, IDLE -> VehicleState.NOT_REQUESTING_POWER;
        };
    }

    private static Instant earlier(Instant left, Instant right) {
        return left.isBefore(right) ? left : right;
    }

    private static Instant later(Instant left, Instant right) {
        return left.isAfter(right) ? left : right;
    }
}
