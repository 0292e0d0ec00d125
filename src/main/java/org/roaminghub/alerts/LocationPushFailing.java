package org.roaminghub.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.roaminghub.delivery.Lanes;

/**
 * Location changes older than {@code location_push_age} have not got to a partner: refused ones, and those of a lane that gets
 * nothing through. A lane that is behind and moves on is none of these, a paused one somebody's decision.
 */
@ApplicationScoped
class LocationPushFailing implements AlertRule {
    private final Lanes lanes;

    LocationPushFailing(Lanes lanes) {
        this.lanes = lanes;
    }

    /**
     * A locations lane.
     *
     * @param changedAt   of the first change beyond its position, null when there is none; {@code object} is that one
     * @param movedAt     when it got something through last, or could begin
     * @param heldObject  the object held longest, null when none is
     */
    record Fact(String partner, String owner, String receiver, String object, Instant changedAt, Instant movedAt, String error, long held, String heldObject, Instant heldSince,
            String heldReason) {
    }

    @Override
    public AlertType type() {
        return AlertType.LOCATION_PUSH_FAILING;
    }

    @Override
    public List<Finding> look(Handle handle, Thresholds thresholds, Instant now) {
        return findings(handle.createQuery("""
                        select l.partner, l.owner, l.receiver, l.last_error, greatest(l.last_success_at, c.registered_at) as moved_at,
                            beyond.object, beyond.changed_at, kept.objects, kept.object as held_object, kept.since, kept.reason
                        from lane l join partner_connection c on c.partner = l.partner and c.state = 'REGISTERED'
                        left join lateral (select f.object, f.changed_at from feed f where f.module = l.module and f.owner = l.owner and (f.tx, f.seq) > (l.tx, l.seq)
                            order by f.tx, f.seq limit 1) beyond on true
                        left join lateral (select count(*) over () as objects, h.object, h.since, h.reason from held h where h.lane = l.id order by h.since limit 1) kept on true
                        where l.module = 'locations' and not l.paused and l.id = any(:open) and (beyond.changed_at <= :before or kept.since <= :before)
                        order by l.id limit :rows""")
                .bind("open", lanes.states().keySet().toArray(Long[]::new)).bind("before", Thresholds.utc(now.minus(thresholds.shortestLocationPushAge()))).bind("rows", AT_MOST)
                .map((row, context) -> new Fact(row.getString("partner"), row.getString("owner"), row.getString("receiver"), row.getString("object"),
                        Thresholds.instant(row.getObject("changed_at", OffsetDateTime.class)), Thresholds.instant(row.getObject("moved_at", OffsetDateTime.class)),
                        row.getString("last_error"), row.getLong("objects"), row.getString("held_object"),
                        Thresholds.instant(row.getObject("since", OffsetDateTime.class)), row.getString("reason"))).list(), thresholds, now);
    }

    static List<Finding> findings(List<Fact> facts, Thresholds thresholds, Instant now) {
        return facts.stream().flatMap(fact -> Stream.of(refused(fact, thresholds, now), stuck(fact, thresholds, now)).filter(Objects::nonNull).limit(1)).toList();
    }

    private static Finding refused(Fact fact, Thresholds thresholds, Instant now) {
        if (fact.heldObject() == null || !Thresholds.isOlder(fact.heldSince(), thresholds.of(fact.partner()).locationPushAge(), now)) {
            return null;
        }
        return finding(fact, fact.heldObject(), fact.partner() + " refuses " + (fact.held() == 1 ? "a Location or EVSE" : fact.held() + " Locations or EVSEs") + " of " + fact.owner()
                        + ", the first since " + fact.heldSince() + ": " + fact.heldReason(),
                "read the reason; correct the data at its source or ask " + fact.partner() + ", then retry (POST /api/v1/lanes/{id}/held/retry)");
    }

    private static Finding stuck(Fact fact, Thresholds thresholds, Instant now) {
        if (fact.object() == null) {
            return null;
        }
        Instant waiting = fact.movedAt() != null && fact.movedAt().isAfter(fact.changedAt()) ? fact.movedAt() : fact.changedAt();
        if (!Thresholds.isOlder(waiting, thresholds.of(fact.partner()).locationPushAge(), now)) {
            return null;
        }
        return finding(fact, fact.object(), "nothing about Locations of " + fact.owner() + " got to " + fact.partner() + " since " + waiting
                        + (fact.error() == null ? "" : ": " + fact.error()),
                "read the answers in GET /api/v1/exchanges?partner=" + fact.partner() + "&module=locations and ask " + fact.partner()
                        + "; the lane tries again at least once a minute and loses nothing, a stopped one needs a resume");
    }

    private static Finding finding(Fact fact, String object, String reason, String nextStep) {
        return new Finding(AlertType.LOCATION_PUSH_FAILING, fact.partner() + "/" + fact.owner() + "/" + fact.receiver(), fact.partner(), fact.owner() + "/" + object, reason, nextStep);
    }
}
