package org.roaminghub.partners;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.roaminghub.partners.config.Quirk;

/** Counts how often a quirk changed something: no correction is silent, and one that is never needed can be switched off again. */
@ApplicationScoped
public class QuirkCounts {
    private static final Logger LOG = Logger.getLogger(QuirkCounts.class);

    private final MeterRegistry metrics;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    QuirkCounts(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** The quirk made a difference for this partner. Logged the first time, counted every time. */
    public void applied(String partner, Quirk quirk) {
        metrics.counter("hub.quirk.applied", "partner", partner, "quirk", quirk.id()).increment();
        if (seen.add(partner + "/" + quirk.id())) {
            LOG.infof("Quirk %s of %s made a difference for the first time; from now on it is only counted", quirk.id(), partner);
        }
    }
}
