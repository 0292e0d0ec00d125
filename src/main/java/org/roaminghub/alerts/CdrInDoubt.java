package org.roaminghub.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.roaminghub.delivery.CdrState;
import org.roaminghub.partners.Partners;

/** CDRs that were sent, and nobody knows whether they arrived; one alert each (D4). What the hub settles in a moment by itself is none. */
@ApplicationScoped
class CdrInDoubt implements AlertRule {
    private static final Duration FOR_THE_HUB = Duration.ofSeconds(10);

    private final Partners partners;

    CdrInDoubt(Partners partners) {
        this.partners = partners;
    }

    @Override
    public AlertType type() {
        return AlertType.CDR_IN_DOUBT;
    }

    @Override
    public List<Finding> look(Handle handle, Thresholds thresholds, Instant now) {
        return findings(UnsettledCdr.read(handle, CdrState.IN_DOUBT, partners), now);
    }

    static List<Finding> findings(List<UnsettledCdr> facts, Instant now) {
        return facts.stream().filter(fact -> Thresholds.isOlder(fact.since(), FOR_THE_HUB, now))
                .map(fact -> new Finding(AlertType.CDR_IN_DOUBT, fact.cdr(), fact.partner(), fact.cdr(),
                        "CDR " + fact.cdr() + " was sent to " + fact.receiver() + " and no answer came (" + fact.reason() + "); it is in doubt since " + fact.since(),
                        "ask " + fact.receiver() + " whether it has the CDR, then POST /api/v1/cdrs/" + fact.cdr() + "/resolve with DELIVERED (it has) or READY (send it again)"))
                .toList();
    }
}
