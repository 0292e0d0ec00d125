package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.roaminghub.pricing.SegmentationRequest.StateChange;

/**
 * A session between the instants at which something may change that its tariff looks at (S25): first cut at all of them, then
 * put together again where neither the vehicle nor a selected component differs.
 */
final class SessionIntervals {

    private static final List<ReservationKind> ALL_KINDS = List.of(ReservationKind.values());

    private final SegmentationRequest request;
    private final PriceableTariff tariff;
    private final NavigableMap<Instant, VehicleState> states = new TreeMap<>();
    private final Instant chargingStart;
    private final CutRegister register;
    private final HeldSamples powerKw;
    private final HeldSamples currentA;

    private SessionIntervals(SegmentationRequest request, PriceableTariff tariff, EnergyRegister register) {
        this.request = request;
        this.tariff = tariff;
        List<StateChange> timeline = StateTimeline.of(request, register);
        timeline.forEach(change -> states.put(change.at(), change.state()));
        this.chargingStart = timeline.stream()
                .filter(change -> change.state() != VehicleState.RESERVED)
                .findFirst()
                .map(StateChange::at)
                .orElse(request.start());
        Stream<BigDecimal> bounds = tariff == null ? Stream.empty() : TariffCuts.bounds(tariff, Restrictions::energyKwh);
        this.register = CutRegister.of(register, request.start(), request.end(), bounds.toList());
        this.powerKw = HeldSamples.of(request.powerKw());
        this.currentA = HeldSamples.of(request.currentA());
    }

    static SessionIntervals of(SegmentationRequest request, EnergyRegister register) {
        return new SessionIntervals(request, priceable(request), register);
    }

    /** Null when there is none: the pricer says why, here such a tariff just cuts nothing. */
    private static PriceableTariff priceable(SegmentationRequest request) {
        if (request.tariff() == null) {
            return null;
        }
        try {
            PriceableTariff read = PriceableTariff.of(request.tariff());
            return read.needsLocalTime() && request.timeZone() == null ? null : read;
        } catch (NotPriceableException e) {
            return null;
        }
    }

    CutRegister register() {
        return register;
    }

    boolean needsPower() {
        return tariff != null && tariff.needsPower();
    }

    boolean needsCurrent() {
        return tariff != null && tariff.needsCurrent();
    }

    /** In order of time, never empty; the first begins with the session. */
    List<Interval> merged() {
        List<Interval> merged = new ArrayList<>();
        Interval open = null;
        for (Instant instant : cuts()) {
            Interval next = interval(instant);
            VehicleState state = next.state();
            if (open == null || !open.grows(next, situation -> selected(state, situation))) {
                merged.add(next);
                open = next;
            }
        }
        return merged;
    }

    private NavigableSet<Instant> cuts() {
        NavigableSet<Instant> cuts = new TreeSet<>(states.keySet());
        if (tariff != null) {
            cuts.addAll(register.cuts());
            cuts.addAll(TariffCuts.of(tariff, request, chargingStart));
        }
        cuts.removeIf(cut -> !cut.isAfter(request.start()) || !cut.isBefore(request.end()));
        cuts.add(request.start());
        return cuts;
    }

    private Interval interval(Instant at) {
        VehicleState state = states.floorEntry(at).getValue();
        Situation situation = new Situation(
                request.timeZone() == null ? null : LocalDateTime.ofInstant(at, request.timeZone()),
                register.energyWhAt(at).subtract(register.energyWhAt(request.start())).movePointLeft(3),
                Durations.seconds(chargingStart, at),
                Durations.seconds(request.start(), at),
                range(powerKw, at, state),
                range(currentA, at, state));
        return new Interval(at, state, situation, selected(state, situation));
    }

    /** A parked car draws nothing where no sample says otherwise (S13). */
    private static Range range(HeldSamples samples, Instant at, VehicleState state) {
        Range held = samples.at(at);
        return held == null && state == VehicleState.NOT_REQUESTING_POWER ? Range.ZERO : held;
    }

    /** Also of dimensions that the vehicle does not use just now: whoever reads the periods sees when each component held. */
    private List<Optional<SelectedComponent>> selected(VehicleState state, Situation situation) {
        if (tariff == null) {
            return List.of();
        }
        boolean reserved = state == VehicleState.RESERVED;
        // How the reservation ends is not known here: an element for either kind cuts.
        List<List<ReservationKind>> kinds = reserved ? ALL_KINDS.stream().map(List::of).toList() : List.of(List.of());
        return kinds.stream()
                .map(some -> new ComponentChoice(tariff, some))
                .flatMap(choice -> Stream.of(PriceDimension.values())
                        .filter(dimension -> dimension.isReservation() == reserved)
                        .map(dimension -> choice.choose(dimension, situation)))
                .toList();
    }
}
