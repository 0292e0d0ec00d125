package org.roaminghub.pricing;

import java.util.List;
import java.util.Set;
import org.roaminghub.ocpi.v2_2_1.PriceComponent;
import org.roaminghub.ocpi.v2_2_1.Tariff;
import org.roaminghub.ocpi.v2_2_1.TariffElement;

/** Refuses a tariff that cannot be priced as written; a tariff that prices no period is not looked at. */
final class TariffCheck {

    private TariffCheck() {
    }

    /** @throws NotPriceableException CURRENCY_MISMATCH, UNKNOWN_RESTRICTION or RESTRICTIONS_UNSUPPORTED */
    static void check(Tariff tariff, String currency, Set<PricingFlag> flags) {
        if (tariff.currency() == null || !tariff.currency().equalsIgnoreCase(currency)) {
            throw new NotPriceableException(NotPriceable.Code.CURRENCY_MISMATCH,
                    "tariff " + tariff.id() + " is in " + tariff.currency() + ", the session in " + currency);
        }
        for (int i = 0; i < tariff.elements().size(); i++) {
            checkRestrictions(tariff, i);
            flagUnknownComponents(tariff.elements().get(i), flags);
        }
    }

    private static void checkRestrictions(Tariff tariff, int elementIndex) {
        TariffElement element = tariff.elements().get(elementIndex);
        if (element.restrictions() == null) {
            return;
        }
        String place = "tariff " + tariff.id() + ", element " + elementIndex + ": ";
        List<String> unknown = element.restrictions().unknownFields();
        if (!unknown.isEmpty()) {
            throw new NotPriceableException(NotPriceable.Code.UNKNOWN_RESTRICTION, place + "OCPI does not define " + unknown);
        }
        List<String> restricting = element.restrictions().restrictingFields();
        if (!restricting.isEmpty()) {
            throw new NotPriceableException(
                    NotPriceable.Code.RESTRICTIONS_UNSUPPORTED, place + "cannot price with restrictions " + restricting);
        }
    }

    private static void flagUnknownComponents(TariffElement element, Set<PricingFlag> flags) {
        for (PriceComponent component : element.priceComponents()) {
            if (!PriceDimension.isKnown(component.type())) {
                flags.add(PricingFlag.UNKNOWN_COMPONENT);
            }
        }
    }
}
