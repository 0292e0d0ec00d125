package org.roaminghub.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.roaminghub.ocpi.v2_2_1.Tariff;

/** Which tariff prices which period (S3). */
public final class TariffChoice {

    private TariffChoice() {
    }

    /** One entry per period; null where the period has no tariff and costs nothing. */
    static List<Tariff> choose(PricingRequest request, List<SessionPeriod> periods, Set<PricingFlag> flags) {
        if (request.tariffs().isEmpty()) {
            throw new NotPriceableException(NotPriceable.Code.NO_TARIFF, "there is no tariff, which does not mean free of charge");
        }
        boolean tariffPerPeriod = request.version().hasPeriodTariffsAndLimits()
                && periods.stream().anyMatch(period -> period.tariffId() != null);
        if (!tariffPerPeriod) {
            Tariff only = atSessionStart(request.tariffs(), request.sessionStart(), request.tariffType())
                    .orElseThrow(() -> new NotPriceableException(
                            NotPriceable.Code.NO_ACTIVE_TARIFF, "no tariff is valid at session start " + request.sessionStart()));
            return Collections.nCopies(periods.size(), only);
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

    /**
     * The tariff of a whole session: valid at its start and of the fitting type, else untyped or REGULAR, else the first (TAR-13).
     * Validity is tested here and never again: a tariff that ends while the car charges keeps pricing.
     *
     * @param tariffType null when nothing is known of the driver's preference or payment
     */
    public static Optional<Tariff> atSessionStart(List<Tariff> tariffs, Instant sessionStart, String tariffType) {
        List<Tariff> candidates = tariffs.stream().filter(tariff -> isValidAt(tariff, sessionStart)).toList();
        return candidates.stream().filter(tariff -> tariff.type() != null && tariff.type().equals(tariffType)).findFirst()
                .or(() -> candidates.stream().filter(TariffChoice::isRegular).findFirst())
                .or(() -> candidates.stream().findFirst());
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
