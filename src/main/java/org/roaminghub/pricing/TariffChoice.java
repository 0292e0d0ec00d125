package org.roaminghub.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.roaminghub.ocpi.v2_2_1.Tariff;

/** Which tariff prices which period (S3). */
final class TariffChoice {

    private TariffChoice() {
    }

    /** One entry per period; null where the period has no tariff and costs nothing. */
    static List<Tariff> choose(PricingRequest request, List<SessionPeriod> periods, Set<PricingFlag> flags) {
        if (request.tariffs().isEmpty()) {
            throw new NotPriceableException(NotPriceable.Code.NO_TARIFF, "there is no tariff, which does not mean free of charge");
        }
        boolean tariffPerPeriod = request.version() != PricingVersion.V2_1_1
                && periods.stream().anyMatch(period -> period.tariffId() != null);
        if (!tariffPerPeriod) {
            return Collections.nCopies(periods.size(), activeAtStart(request));
        }
        List<Tariff> chosen = new ArrayList<>();
        for (SessionPeriod period : periods) {
            if (period.tariffId() == null) {
                flags.add(PricingFlag.PERIOD_WITHOUT_TARIFF);
                chosen.add(null);
                continue;
            }
            chosen.add(named(period.tariffId(), request.tariffs()));
        }
        return chosen;
    }

    private static Tariff named(String tariffId, List<Tariff> tariffs) {
        return tariffs.stream()
                .filter(tariff -> tariff.id().equalsIgnoreCase(tariffId))
                .findFirst()
                .orElseThrow(() -> new NotPriceableException(
                        NotPriceable.Code.UNKNOWN_TARIFF_ID, "a period names the tariff " + tariffId + ", which is not given"));
    }

    /** Validity is tested here and never again: a tariff that ends while the car charges keeps pricing. */
    private static Tariff activeAtStart(PricingRequest request) {
        List<Tariff> candidates = request.tariffs().stream()
                .filter(tariff -> isValidAt(tariff, request.sessionStart()))
                .toList();
        if (candidates.isEmpty()) {
            throw new NotPriceableException(
                    NotPriceable.Code.NO_ACTIVE_TARIFF, "no tariff is valid at session start " + request.sessionStart());
        }
        return candidates.stream().filter(TariffChoice::isRegular).findFirst().orElse(candidates.get(0));
    }

    private static boolean isValidAt(Tariff tariff, Instant instant) {
        boolean begun = tariff.startDateTime() == null || !instant.isBefore(tariff.startDateTime());
        boolean ended = tariff.endDateTime() != null && !instant.isBefore(tariff.endDateTime());
        return begun && !ended;
    }

    private static boolean isRegular(Tariff tariff) {
        return tariff.type() == null || tariff.type().equals("REGULAR");
    }
}
