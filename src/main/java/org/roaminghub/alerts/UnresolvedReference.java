package org.roaminghub.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Events wait for a Location, Token or Tariff for too long (design §5). Over when it arrived. Token uids are not named. */
@ApplicationScoped
class UnresolvedReference implements AlertRule {
    private static final Map<String, String> MISSING = Map.of("STATION", "a Location whose EVSE names the charger", "TOKEN", "a Token", "TARIFF", "a Tariff");
    private static final Map<String, String> NEXT = Map.of(
            "STATION", "PUT the Location whose EVSE carries the charger in its ocpp member, or correct the name there",
            "TOKEN", "ask the eMSP whose card it is to push the Token, or check whether it belongs to a partner at all",
            "TARIFF", "PUT the Tariff, or correct tariff_ids in the Location");

    /** What one backend waits for, of one kind, with the oldest. */
    record Fact(String source, String kind, String ref, String station, long count, Instant since) {
    }

    @Override
    public AlertType type() {
        return AlertType.UNRESOLVED_REFERENCE;
    }

    @Override
    public List<Finding> look(Handle handle, Thresholds thresholds, Instant now) {
        return findings(handle.createQuery("""
                        select distinct on (source, kind) source, kind, ref, station, count(*) over (partition by source, kind) as number, since from unresolved
                        where since <= :before order by source, kind, since limit :rows""")
                .bind("before", Thresholds.utc(now.minus(thresholds.unresolved()))).bind("rows", AT_MOST)
                .map((row, context) -> new Fact(row.getString("source"), row.getString("kind"), row.getString("ref"), row.getString("station"), row.getLong("number"),
                        row.getObject("since", OffsetDateTime.class).toInstant())).list(), thresholds, now);
    }

    static List<Finding> findings(List<Fact> facts, Thresholds thresholds, Instant now) {
        return facts.stream().filter(fact -> Thresholds.isOlder(fact.since(), thresholds.unresolved(), now))
                .map(fact -> new Finding(AlertType.UNRESOLVED_REFERENCE, fact.source() + "/" + fact.kind(), fact.source(), object(fact),
                        "events of " + (fact.count() == 1 ? "a charger" : fact.count() + " chargers") + " of " + fact.source() + " wait for " + MISSING.get(fact.kind())
                                + ", charger " + fact.station() + " since " + fact.since(),
                        NEXT.get(fact.kind()) + "; the events are applied by themselves"))
                .toList();
    }

    private static String object(Fact fact) {
        return fact.kind().equals("TOKEN") ? "token of a session at " + fact.station() : fact.ref();
    }
}
