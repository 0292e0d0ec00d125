package org.roaminghub.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.DeliverySettings;
import org.roaminghub.partners.config.PartnerConfig;

/** CDRs that are ready and older than the eMSP's {@code cdr_delay}; where the eMSP fetches them itself, older than a day. */
@ApplicationScoped
class CdrUndelivered implements AlertRule {
    private static final Duration FETCHED_WITHIN = Duration.ofDays(1);

    private final Partners partners;

    CdrUndelivered(Partners partners) {
        this.partners = partners;
    }

    /** The oldest CDR that waits for a receiver. @param count how many wait as long as that @param fetched whether the eMSP pulls them */
    record Fact(String partner, String receiver, String cdr, long count, int attempts, String lastAnswer, Instant createdAt, boolean fetched) {
    }

    @Override
    public AlertType type() {
        return AlertType.CDR_UNDELIVERED;
    }

    @Override
    public List<Finding> look(Handle handle, Thresholds thresholds, Instant now) {
        return findings(handle.createQuery("""
                        select distinct on (receiver) receiver, owner, id, attempts, reason, created_at, count(*) over (partition by receiver) as number from cdr_handover
                        where state in ('READY', 'SENDING') and created_at <= :before order by receiver, created_at limit :rows""")
                .bind("before", Thresholds.utc(now.minus(thresholds.shortestCdrDelay()))).bind("rows", AT_MOST)
                .map((row, context) -> {
                    Optional<PartnerConfig> emsp = partners.of(PartyId.parse(row.getString("receiver")), false);
                    return new Fact(emsp.map(PartnerConfig::partner).orElse(null), row.getString("receiver"), row.getString("owner") + "/" + row.getString("id"), row.getLong("number"),
                            row.getInt("attempts"), row.getString("reason"), row.getObject("created_at", OffsetDateTime.class).toInstant(),
                            emsp.map(config -> config.delivery().mode(ModuleId.CDRS.id()) == DeliverySettings.Mode.PULL_ONLY).orElse(false));
                }).list(), thresholds, now);
    }

    static List<Finding> findings(List<Fact> facts, Thresholds thresholds, Instant now) {
        return facts.stream().filter(fact -> Thresholds.isOlder(fact.createdAt(), fact.fetched() ? FETCHED_WITHIN : thresholds.of(fact.partner()).cdrDelay(), now))
                .map(fact -> new Finding(AlertType.CDR_UNDELIVERED, fact.receiver(), fact.partner(), fact.cdr(),
                        (fact.count() == 1 ? "a CDR is" : fact.count() + " CDRs are") + " not delivered to " + fact.receiver() + ", the oldest since " + fact.createdAt()
                                + (fact.fetched() ? ": it fetches CDRs itself and did not" : " after " + fact.attempts() + " attempts" + (fact.lastAnswer() == null ? "" : ": " + fact.lastAnswer())),
                        fact.fetched() ? "ask " + fact.receiver() + " to pull its CDRs from the hub"
                                : "see GET /api/v1/cdrs?state=READY,SENDING for each; check that the partner is registered with a cdrs receiver, then ask " + fact.receiver()
                                        + "; the hub tries again by itself"))
                .toList();
    }
}
