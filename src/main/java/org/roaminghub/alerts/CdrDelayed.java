package org.roaminghub.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.PartnerConfig;

/**
 * Sessions of a backend that ended longer ago than the CPO's {@code cdr_delay} and have no CDR that may be sent: held, not
 * priceable, without a token or tariff, or still without their own end. Those of the last 30 days.
 */
@ApplicationScoped
class CdrDelayed implements AlertRule {
    private static final Duration REMEMBER = Duration.ofDays(30);

    private final Partners partners;

    CdrDelayed(Partners partners) {
        this.partners = partners;
    }

    /** The session of a CPO that waits longest for its CDR. @param count how many wait @param why as the session says it */
    record Fact(String partner, String owner, String session, String why, long count, Instant endedAt) {
    }

    @Override
    public AlertType type() {
        return AlertType.CDR_DELAYED;
    }

    @Override
    public List<Finding> look(Handle handle, Thresholds thresholds, Instant now) {
        // A CDR of ours has the id of its session.
        return findings(handle.createQuery("""
                        select distinct on (owner) owner, id, why, ended_at, count(*) over (partition by owner) as number from (
                            select owner, id, cdr_reason as why, stop_at as ended_at from charging_session s
                            where state = 'COMPLETED' and cdr_reason is not null and cdr <> 'NONE' and stop_at between :since and :before
                                and not exists (select 1 from cdr_handover h where h.owner = s.owner and h.id in (s.id, upper(s.id)) and h.state <> 'HELD')
                            union all
                            select owner, id, 'its own end has not come' as why, stop_at from charging_session
                            where state = 'ENDED_PROVISIONAL' and stop_at between :since and :before) late
                        order by owner, ended_at limit :rows""")
                .bind("since", Thresholds.utc(now.minus(REMEMBER))).bind("before", Thresholds.utc(now.minus(thresholds.shortestCdrDelay()))).bind("rows", AT_MOST)
                .map((row, context) -> new Fact(partners.of(PartyId.parse(row.getString("owner")), true).map(PartnerConfig::partner).orElse(null), row.getString("owner"),
                        row.getString("id"), row.getString("why"), row.getLong("number"), row.getObject("ended_at", OffsetDateTime.class).toInstant())).list(), thresholds, now);
    }

    static List<Finding> findings(List<Fact> facts, Thresholds thresholds, Instant now) {
        return facts.stream().filter(fact -> Thresholds.isOlder(fact.endedAt(), thresholds.of(fact.partner()).cdrDelay(), now))
                .map(fact -> new Finding(AlertType.CDR_DELAYED, fact.owner(), fact.partner(), fact.owner() + "/" + fact.session(),
                        (fact.count() == 1 ? "a session" : fact.count() + " sessions") + " of " + fact.owner() + " ended without a CDR that may be sent, the oldest at "
                                + fact.endedAt() + ": " + fact.why(),
                        "read the reason at the session in GET /api/v1/sessions; release a held CDR with POST /api/v1/cdrs/" + fact.owner()
                                + "/{id}/resolve, or bring what is missing"))
                .toList();
    }
}
