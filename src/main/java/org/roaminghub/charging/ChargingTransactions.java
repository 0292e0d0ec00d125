package org.roaminghub.charging;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.modules.commands.SessionTransactions;
import org.roaminghub.ocpi.PartyId;

/** Sessions that were made of charging events, as their chargers know them. */
@ApplicationScoped
class ChargingTransactions implements SessionTransactions {
    private final Jdbi jdbi;

    ChargingTransactions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<Transaction> of(PartyId cpo, String sessionId) {
        // Our session ids are UUIDs in lower case; OCPI compares ids without case.
        return jdbi.withHandle(handle -> handle.select(
                        "select station, evse_id, connector_id, transaction_id from charging_session where owner = ? and (reserved_as = ? or id = ? and reserved_as is null)",
                        cpo.toString(), sessionId.toLowerCase(Locale.ROOT), sessionId.toLowerCase(Locale.ROOT))
                .map((row, context) -> new Transaction(row.getString(1), row.getInt(2), row.getObject(3, Integer.class), row.getString(4))).findOne());
    }
}
