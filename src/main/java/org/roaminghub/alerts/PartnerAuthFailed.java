package org.roaminghub.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.roaminghub.delivery.Lanes;

/** A partner refuses our token, so its lanes are stopped. Over when each of them got something through again. */
@ApplicationScoped
class PartnerAuthFailed implements AlertRule {
    private final Lanes lanes;

    PartnerAuthFailed(Lanes lanes) {
        this.lanes = lanes;
    }

    /** A lane whose last call was refused. */
    record Fact(String partner, String module, String owner, String error, Instant at) {
    }

    @Override
    public AlertType type() {
        return AlertType.PARTNER_AUTH_FAILED;
    }

    @Override
    public List<Finding> look(Handle handle, Thresholds thresholds, Instant now) {
        return findings(handle.createQuery("""
                        select partner, module, owner, last_error, last_error_at from lane
                        where last_error is not null and starts_with(last_error, :refused) and id = any(:open) order by last_error_at limit :rows""")
                .bind("refused", Lanes.CREDENTIALS_REFUSED).bind("open", lanes.states().keySet().toArray(Long[]::new)).bind("rows", AT_MOST)
                .map((row, context) -> new Fact(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getObject(5, OffsetDateTime.class).toInstant()))
                .list());
    }

    /** One per partner, however many of its lanes are stopped. */
    static List<Finding> findings(List<Fact> facts) {
        return facts.stream().collect(Collectors.groupingBy(Fact::partner)).values().stream().map(refused -> {
            Fact first = refused.get(0);
            return new Finding(AlertType.PARTNER_AUTH_FAILED, first.partner(), first.partner(), first.module() + " of " + first.owner(),
                    first.partner() + " refuses our token since " + first.at() + ", " + (refused.size() == 1 ? "one lane is" : refused.size() + " lanes are") + " stopped: " + first.error(),
                    "ask " + first.partner() + " whether it changed or revoked the token, agree on new ones with POST /api/v1/partners/" + first.partner()
                            + "/rotate-token or let it register again, then resume its lanes");
        }).toList();
    }
}
