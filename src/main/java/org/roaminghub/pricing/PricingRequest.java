package org.roaminghub.pricing;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.ocpi.v2_2_1.Tariff;

/**
 * Everything a price depends on.
 *
 * @param version      OCPI version of the tariffs, or the dialect
 * @param timeZone     zone of the location, null when unknown; clock restrictions are read in it
 * @param tariffs      snapshots as they were when the session started, never the current tariffs (S3, S28)
 * @param sessionStart start_date_time of the CDR or session
 * @param sessionEnd   end_date_time (2.1.1: stop_date_time), ends the last period
 * @param currency     ISO 4217 code of the CDR, null when it has none
 * @param periods      charging periods, in any order (S2)
 * @param tariffType   TariffType that fits the driver's preference or payment (S3); null when nothing is known of them
 * @param reservation  what became of the reservation; null when not known: used if charging follows, else expired (S14)
 */
public record PricingRequest(
        PricingVersion version,
        ZoneId timeZone,
        List<Tariff> tariffs,
        Instant sessionStart,
        Instant sessionEnd,
        String currency,
        List<ChargingPeriod> periods,
        PricingPolicy policy,
        String tariffType,
        ReservationOutcome reservation) {

    public PricingRequest {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(sessionStart, "sessionStart");
        Objects.requireNonNull(sessionEnd, "sessionEnd");
        Objects.requireNonNull(policy, "policy");
        tariffs = List.copyOf(tariffs);
        periods = List.copyOf(periods);
    }

    /** As a CDR tells it: OCPI transports neither the driver's preference nor the end of a reservation. */
    public PricingRequest(
            PricingVersion version,
            ZoneId timeZone,
            List<Tariff> tariffs,
            Instant sessionStart,
            Instant sessionEnd,
            String currency,
            List<ChargingPeriod> periods,
            PricingPolicy policy) {
        this(version, timeZone, tariffs, sessionStart, sessionEnd, currency, periods, policy, null, null);
    }
}
