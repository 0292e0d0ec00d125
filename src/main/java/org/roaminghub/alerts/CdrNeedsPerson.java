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

/** CDRs that wait for a person, one alert each: money is decided one by one (D4). */
abstract class CdrNeedsPerson implements AlertRule {
    private final AlertType type;
    private final Partners partners;

    CdrNeedsPerson(AlertType type, Partners partners) {
        this.type = type;
        this.partners = partners;
    }

    /** A CDR. @param since in its state */
    record Fact(String partner, String receiver, String cdr, String reason, Instant since) {
    }

    @Override
    public AlertType type() {
        return type;
    }

    List<Fact> facts(Handle handle, String state) {
        return handle.createQuery("select receiver, owner, id, reason, since from cdr_handover where state = :state order by created_at limit :rows")
                .bind("state", state).bind("rows", AT_MOST)
                .map((row, context) -> new Fact(partners.of(PartyId.parse(row.getString("receiver")), false).map(PartnerConfig::partner).orElse(null), row.getString("receiver"),
                        row.getString("owner") + "/" + row.getString("id"), row.getString("reason"), row.getObject("since", OffsetDateTime.class).toInstant())).list();
    }

    /** Sent, and nobody knows whether it arrived. Where the hub may ask or send again, that is settled in a moment and no alert. */
    @ApplicationScoped
    static class InDoubt extends CdrNeedsPerson {
        private static final Duration FOR_THE_HUB = Duration.ofSeconds(10);

        InDoubt(Partners partners) {
            super(AlertType.CDR_IN_DOUBT, partners);
        }

        @Override
        public List<Finding> look(Handle handle, Thresholds thresholds, Instant now) {
            return findings(facts(handle, "IN_DOUBT"), now);
        }

        static List<Finding> findings(List<Fact> facts, Instant now) {
            return facts.stream().filter(fact -> Thresholds.isOlder(fact.since(), FOR_THE_HUB, now))
                    .map(fact -> new Finding(AlertType.CDR_IN_DOUBT, fact.cdr(), fact.partner(), fact.cdr(),
                            "CDR " + fact.cdr() + " was sent to " + fact.receiver() + " and no answer came (" + fact.reason() + "); it is in doubt since " + fact.since(),
                            "ask " + fact.receiver() + " whether it has the CDR, then POST /api/v1/cdrs/" + fact.cdr() + "/resolve with DELIVERED (it has) or READY (send it again)"))
                    .toList();
        }
    }

    /** Refused by its eMSP. */
    @ApplicationScoped
    static class Rejected extends CdrNeedsPerson {

        Rejected(Partners partners) {
            super(AlertType.CDR_REJECTED, partners);
        }

        @Override
        public List<Finding> look(Handle handle, Thresholds thresholds, Instant now) {
            return findings(facts(handle, "REJECTED"));
        }

        static List<Finding> findings(List<Fact> facts) {
            return facts.stream().map(fact -> new Finding(AlertType.CDR_REJECTED, fact.cdr(), fact.partner(), fact.cdr(),
                            fact.receiver() + " refused CDR " + fact.cdr() + " at " + fact.since() + ": " + fact.reason(),
                            "read the reason with " + fact.receiver() + "; when its cause is removed, POST /api/v1/cdrs/" + fact.cdr()
                                    + "/resolve with READY (send it again), or with DELIVERED when it was booked all the same"))
                    .toList();
        }
    }
}
