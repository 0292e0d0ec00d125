package org.roaminghub.alerts;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.roaminghub.delivery.CdrState;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.config.PartnerConfig;

/**
 * A CDR that was sent and may wait for a person.
 *
 * @param partner the eMSP's, null when no partner file names one
 * @param cdr     owner and id
 * @param since   in its state
 */
record UnsettledCdr(String partner, String receiver, String cdr, String reason, Instant since) {

    static List<UnsettledCdr> read(Handle handle, CdrState state, Partners partners) {
        return handle.createQuery("select receiver, owner, id, reason, since from cdr_handover where state = :state order by created_at limit :rows")
                .bind("state", state).bind("rows", AlertRule.AT_MOST)
                .map((row, context) -> new UnsettledCdr(partners.of(PartyId.parse(row.getString("receiver")), false).map(PartnerConfig::partner).orElse(null),
                        row.getString("receiver"), row.getString("owner") + "/" + row.getString("id"), row.getString("reason"),
                        row.getObject("since", OffsetDateTime.class).toInstant())).list();
    }
}
