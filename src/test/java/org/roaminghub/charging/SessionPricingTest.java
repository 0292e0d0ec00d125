package org.roaminghub.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.roaminghub.charging.fold.SessionState;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.pricing.CdrPricer;
import org.roaminghub.pricing.Priced;
import org.roaminghub.pricing.PricingPolicy;
import org.roaminghub.pricing.PricingRequest;
import org.roaminghub.pricing.PricingVersion;

/** From a folded session to periods and money (design D6, decision 0006). */
class SessionPricingTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");
    private static final FrozenContext CONTEXT = FoldedSessions.context();

    @Test
    void aWholeSessionCostsWhatTheTariffSays() {
        SessionPricing.Result result = price(FoldedSessions.whole());

        // 11 kWh x 0.35 + 1.0002 h x 0.60 + 299 s parked x 3.00/h = 4.6993
        assertThat(((Priced) result.outcome()).totalCost().exclVat()).isEqualByComparingTo("4.6993");
        assertThat(result.tariffId()).contains("STANDARD");
    }

    @Test
    void whoeverReadsThePeriodsComputesTheSame() {
        SessionState session = FoldedSessions.whole();
        SessionPricing.Result result = price(session);

        Priced again = (Priced) CdrPricer.price(new PricingRequest(PricingVersion.V2_2_1, ZONE, CONTEXT.readTariffs(), session.ocpiStart(),
                SessionPricing.end(session), "EUR", result.periods(), PricingPolicy.DEFAULT));

        assertThat(again.totalCost()).isEqualTo(((Priced) result.outcome()).totalCost());
    }

    @Test
    void periodsBeginWithTheSessionAndNeverGoBack() {
        List<ChargingPeriod> periods = price(FoldedSessions.whole()).periods();

        assertThat(periods.get(0).startDateTime()).isEqualTo(FoldedSessions.START);
        assertThat(periods).extracting(ChargingPeriod::startDateTime).isSorted();
    }

    @Test
    void aFullCarParks() {
        List<String> dimensions = price(FoldedSessions.whole()).periods().stream().flatMap(period -> period.dimensions().stream())
                .map(dimension -> dimension.type().toString()).toList();

        assertThat(dimensions).contains("PARKING_TIME");
    }

    @Test
    void volumesHaveFourDecimalsAtMost() {
        assertThat(price(FoldedSessions.whole()).periods()).flatMap(ChargingPeriod::dimensions)
                .allSatisfy(dimension -> assertThat(dimension.volume().scale()).isLessThanOrEqualTo(4));
    }

    @Test
    void anUnfinishedSessionEndsWhereItWasLastHeardOf() {
        SessionState session = FoldedSessions.firstHalf();

        assertThat(SessionPricing.end(session)).isAfter(FoldedSessions.START).isBefore(FoldedSessions.START.plus(Duration.ofHours(1)));
        assertThat(((Priced) price(session).outcome()).totalEnergyKwh()).isBetween(BigDecimal.ZERO, new BigDecimal("11"));
    }

    private static SessionPricing.Result price(SessionState session) {
        return SessionPricing.price(session, CONTEXT.readTariffs(), CONTEXT.tariffType(), "EUR", ZONE);
    }
}
