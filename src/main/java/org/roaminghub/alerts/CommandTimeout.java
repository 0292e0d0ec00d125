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
 * A CPO takes commands or charging profile requests and never sends the result (CMD-06). Over when it answered a later request, or
 * after an hour without another.
 */
@ApplicationScoped
class CommandTimeout implements AlertRule {
    private static final Duration REMEMBER = Duration.ofHours(1);

    private final Partners partners;

    CommandTimeout(Partners partners) {
        this.partners = partners;
    }

    /**
     * A CPO that left requests without a result, and answered none that was made later.
     *
     * @param count   how many since an hour
     * @param what    of the newest, as the other fields
     * @param timedOut until when its result should have come
     */
    record Fact(String partner, String executor, long count, String what, String object, String requester, String correlationId, Instant timedOut) {
    }

    @Override
    public AlertType type() {
        return AlertType.COMMAND_TIMEOUT;
    }

    @Override
    public List<Finding> look(Handle handle, Thresholds thresholds, Instant now) {
        return findings(handle.createQuery("""
                        select distinct on (executor) executor, count(*) over (partition by executor) as number, what, object, requester, correlation_id, deadline
                        from callback t where state = 'TIMED_OUT' and deadline > :since
                            and not exists (select 1 from callback a where a.executor = t.executor and a.state = 'ANSWERED' and a.asked_at > t.asked_at)
                        order by executor, deadline desc limit :rows""")
                .bind("since", Thresholds.utc(now.minus(REMEMBER))).bind("rows", AT_MOST)
                .map((row, context) -> new Fact(partners.of(PartyId.parse(row.getString("executor")), true).map(PartnerConfig::partner).orElse(null),
                        row.getString("executor"), row.getLong("number"), row.getString("what"), row.getString("object"), row.getString("requester"),
                        row.getString("correlation_id"), row.getObject("deadline", OffsetDateTime.class).toInstant())).list(), now);
    }

    static List<Finding> findings(List<Fact> facts, Instant now) {
        return facts.stream().filter(fact -> !Thresholds.isOlder(fact.timedOut(), REMEMBER, now))
                .map(fact -> new Finding(AlertType.COMMAND_TIMEOUT, fact.executor(), fact.partner(), fact.executor() + "/" + fact.object(),
                        fact.executor() + " sent no result for " + (fact.count() == 1 ? "a request" : fact.count() + " requests of the last hour, the newest") + ": " + fact.what()
                                + " of " + fact.requester() + " about " + fact.object() + ", due at " + fact.timedOut() + ", correlation id " + fact.correlationId(),
                        "look up the correlation id in GET /api/v1/exchanges, then ask " + fact.executor() + " whether the charger got " + fact.what()
                                + " and why no result was posted to the response_url; tell " + fact.requester() + " what happened"))
                .toList();
    }
}
