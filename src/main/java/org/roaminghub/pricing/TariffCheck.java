package org.roaminghub.pricing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roaminghub.ocpi.v2_2_1.Tariff;

/** Refuses a tariff that cannot be priced as written; a tariff that prices no period is not looked at. */
final class TariffCheck {

    private TariffCheck() {
    }

    /**
     * The tariffs with their restrictions read, null where there is none.
     *
     * @throws NotPriceableException CURRENCY_MISMATCH, UNKNOWN_RESTRICTION, UNREADABLE_RESTRICTION, TIME_ZONE_MISSING or
     *         TAX_INCLUDED_UNKNOWN
     */
    static List<PriceableTariff> checked(List<Tariff> tariffs, PricingRequest request, Set<PricingFlag> flags) {
        Map<Tariff, PriceableTariff> known = new HashMap<>();
        List<PriceableTariff> checked = new ArrayList<>();
        for (Tariff tariff : tariffs) {
            checked.add(tariff == null ? null : known.computeIfAbsent(tariff, unread -> checked(unread, request, flags)));
        }
        return checked;
    }

    private static PriceableTariff checked(Tariff tariff, PricingRequest request, Set<PricingFlag> flags) {
        if (tariff.currency() == null || !tariff.currency().equalsIgnoreCase(request.currency())) {
            throw new NotPriceableException(NotPriceable.Code.CURRENCY_MISMATCH,
                    "tariff " + tariff.id() + " is in " + tariff.currency() + ", the session in " + request.currency());
        }
        PriceableTariff read = PriceableTariff.of(tariff);
        if (request.timeZone() == null && read.needsLocalTime()) {
            throw new NotPriceableException(NotPriceable.Code.TIME_ZONE_MISSING,
                    "tariff " + tariff.id() + " depends on local time and the zone of the location is not known");
        }
        TaxRule.of(tariff, request.version());
        boolean unknown = tariff.elements().stream()
                .flatMap(element -> element.priceComponents().stream())
                .anyMatch(component -> !PriceDimension.isKnown(component.type(), request.version()));
        if (unknown) {
            flags.add(PricingFlag.UNKNOWN_COMPONENT);
        }
        return read;
    }
}
