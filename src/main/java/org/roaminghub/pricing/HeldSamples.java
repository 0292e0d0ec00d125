package org.roaminghub.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.roaminghub.pricing.SegmentationRequest.Sample;

/** Power or current as a function of time: the last sample holds (S26). */
record HeldSamples(NavigableMap<Instant, BigDecimal> valueByTime) {

    static HeldSamples of(List<Sample> samples) {
        NavigableMap<Instant, BigDecimal> values = new TreeMap<>();
        samples.forEach(sample -> values.put(sample.at(), sample.value()));
        return new HeldSamples(values);
    }

    /** Null before the first sample. */
    Range at(Instant instant) {
        Map.Entry<Instant, BigDecimal> held = valueByTime.floorEntry(instant);
        return held == null ? null : new Range(held.getValue(), held.getValue());
    }
}
