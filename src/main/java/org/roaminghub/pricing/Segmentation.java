package org.roaminghub.pricing;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;

/**
 * The charging periods of a session we build.
 *
 * @param periods in order of time, never empty, without gaps
 */
public record Segmentation(List<ChargingPeriod> periods, SortedSet<Flag> flags) {

    public Segmentation {
        periods = List.copyOf(periods);
        flags = Collections.unmodifiableSortedSet(new TreeSet<>(flags));
    }

    /** Something a reader of the periods should know. */
    public enum Flag {
        /** The register fell; the fall counts as no growth (S26). */
        METER_ROLLBACK
    }
}
