package org.roaminghub.console;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A CDR on its way.
 *
 * @param findings what a check of its price found; empty while nothing was checked
 * @param since    in this state since
 */
record CdrItem(String cpo, String emsp, String id, String sessionId, String state, Cost totalCost, String currency, BigDecimal energyKwh, List<String> findings,
               Instant createdAt, Instant deliveredAt, String urlAtPartner, String reason, Instant since, int attempts, Instant nextAttemptAt, Integer httpStatus,
               Integer ocpiStatus) {

    /** OCPI's Price. */
    record Cost(BigDecimal exclVat, BigDecimal inclVat) {
    }
}
