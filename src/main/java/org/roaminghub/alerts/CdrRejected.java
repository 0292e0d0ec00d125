package org.roaminghub.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.roaminghub.delivery.CdrState;
import org.roaminghub.partners.Partners;

/** CDRs that their eMSP refused; one alert each (D4). */
@ApplicationScoped
class CdrRejected implements AlertRule {
    private final Partners partners;

    CdrRejected(Partners partners) {
        this.partners = partners;
    }

    @Override
    public AlertType type() {
        return AlertType.CDR_REJECTED;
    }

    @Override
    public List<Finding> look(Handle handle, Thresholds thresholds, Instant now) {
        return findings(UnsettledCdr.read(handle, CdrState.REJECTED, partners));
    }

    static List<Finding> findings(List<UnsettledCdr> facts) {
        return facts.stream().map(fact -> new Finding(AlertType.CDR_REJECTED, fact.cdr(), fact.partner(), fact.cdr(),
                        fact.receiver() + " refused CDR " + fact.cdr() + " at " + fact.since() + ": " + fact.reason(),
                        "read the reason with " + fact.receiver() + "; when its cause is removed, POST /api/v1/cdrs/" + fact.cdr()
                                + "/resolve with READY (send it again), or with DELIVERED when it was booked all the same"))
                .toList();
    }
}
