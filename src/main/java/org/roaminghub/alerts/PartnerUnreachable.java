package org.roaminghub.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A registered partner does not answer (HCI-08, HCI-12). Over when it calls or answers again. */
@ApplicationScoped
class PartnerUnreachable implements AlertRule {

    /** A partner that is away. @param heard its last sign of life */
    record Fact(String partner, Instant since, Instant heard) {
    }

    @Override
    public AlertType type() {
        return AlertType.PARTNER_UNREACHABLE;
    }

    @Override
    public List<Finding> look(Handle handle, Thresholds thresholds, Instant now) {
        return findings(handle.createQuery("""
                        select p.partner, p.since, p.heard_at from partner_presence p join partner_connection c using (partner)
                        where not p.reachable and c.state = 'REGISTERED' order by p.since limit :rows""")
                .bind("rows", AT_MOST)
                .map((row, context) -> new Fact(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant(), row.getObject(3, OffsetDateTime.class).toInstant()))
                .list(), thresholds);
    }

    /** A partner whose file is gone is nobody's concern any more. */
    static List<Finding> findings(List<Fact> facts, Thresholds thresholds) {
        return facts.stream().filter(fact -> thresholds.byPartner().containsKey(fact.partner()))
                .map(fact -> new Finding(AlertType.PARTNER_UNREACHABLE, fact.partner(), fact.partner(), fact.partner(),
                        fact.partner() + " is offline since " + fact.since() + " and was heard last at " + fact.heard() + "; nothing is sent to it",
                        "read in GET /api/v1/exchanges?partner=" + fact.partner() + " what its last calls ended with, and call the partner; "
                                + "the hub asks at least once a minute and goes on by itself"))
                .toList();
    }
}
