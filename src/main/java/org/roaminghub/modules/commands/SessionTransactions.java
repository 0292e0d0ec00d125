package org.roaminghub.modules.commands;

import java.util.Optional;
import org.roaminghub.ocpi.PartyId;

/** Which transaction at which charger an OCPI Session is; known above, where sessions of backends are made. */
public interface SessionTransactions {
    /** A transaction in the words of the charger. */
    record Transaction(String station, int evseId, Integer connectorId, String transactionId) {
    }

    Optional<Transaction> of(PartyId cpo, String sessionId);
}
