package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.roaminghub.ocpi.v2_2_1.Tariff;

/** Finds the component for every dimension of every period (S4, S5) and for the session's flat fee (S16). */
final class SegmentBuilder {

    private static final List<PriceDimension> MEASURED =
            List.of(PriceDimension.ENERGY, PriceDimension.TIME, PriceDimension.PARKING_TIME);

    private final PricingVersion version;
    private final List<Segment> segments = new ArrayList<>();
    private boolean flatCharged;

    private SegmentBuilder(PricingVersion version) {
        this.version = version;
    }

    /**
     * Segments in order of time, billed as measured. A dimension without a component yields none.
     *
     * @param tariffs one per period, null where a period has none
     */
    static List<Segment> build(PricingVersion version, List<SessionPeriod> periods, List<Tariff> tariffs) {
        SegmentBuilder builder = new SegmentBuilder(version);
        for (int i = 0; i < periods.size(); i++) {
            if (tariffs.get(i) != null) {
                builder.addPeriod(i, periods.get(i), tariffs.get(i));
            }
        }
        return List.copyOf(builder.segments);
    }

    private void addPeriod(int index, SessionPeriod period, Tariff tariff) {
        if (!flatCharged && !period.isPureReservation()) {
            flatCharged = add(index, PriceDimension.FLAT, BigDecimal.ONE, tariff);
        }
        for (PriceDimension dimension : MEASURED) {
            BigDecimal volume = period.volume(dimension);
            if (volume != null) {
                add(index, dimension, volume, tariff);
            }
        }
    }

    private boolean add(int index, PriceDimension dimension, BigDecimal volume, Tariff tariff) {
        return SelectedComponent.select(tariff, dimension)
                .map(selected -> segments.add(Segment.of(index, dimension, selected, volume, version)))
                .orElse(false);
    }
}
