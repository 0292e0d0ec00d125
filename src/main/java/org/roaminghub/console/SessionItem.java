package org.roaminghub.console;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** A charging session as the hub knows it, in the words of the scenarios. */
record SessionItem(String cpo, String id, String emsp, String station, int evseId, Integer connectorId, String transactionId, String idToken, Instant start, Instant stop,
                   String stopReason, String stopReasonRaw, BigDecimal energyWh, String energyMethod, String state, String cdr, String cdrReason, List<String> flags,
                   Instant updatedAt) {
}
