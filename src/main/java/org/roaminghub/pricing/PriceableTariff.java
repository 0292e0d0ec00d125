package org.roaminghub.pricing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.roaminghub.ocpi.v2_2_1.Tariff;
import org.roaminghub.ocpi.v2_2_1.TariffElement;

/**
 * A tariff whose restrictions have been read.
 *
 * @param restrictions one per element of the tariff
 */
record PriceableTariff(Tariff tariff, List<Restrictions> restrictions) {

    /** @throws NotPriceableException UNKNOWN_RESTRICTION or UNREADABLE_RESTRICTION */
    static PriceableTariff of(Tariff tariff) {
        List<Restrictions> read = new ArrayList<>();
        for (int i = 0; i < tariff.elements().size(); i++) {
            read.add(restrictions(tariff, i));
        }
        return new PriceableTariff(tariff, List.copyOf(read));
    }

    private static Restrictions restrictions(Tariff tariff, int elementIndex) {
        TariffElement element = tariff.elements().get(elementIndex);
        String place = "tariff " + tariff.id() + ", element " + elementIndex + ": ";
        if (element.restrictions() != null && !element.restrictions().unknownFields().isEmpty()) {
            throw new NotPriceableException(
                    NotPriceable.Code.UNKNOWN_RESTRICTION, place + "OCPI does not define " + element.restrictions().unknownFields());
        }
        try {
            return Restrictions.of(element.restrictions());
        } catch (IllegalArgumentException e) {
            throw new NotPriceableException(NotPriceable.Code.UNREADABLE_RESTRICTION, place + e.getMessage());
        }
    }

    String id() {
        return tariff.id();
    }

    boolean needsLocalTime() {
        return uses(Restrictions::needsLocalTime);
    }

    boolean needsPower() {
        return uses(element -> !element.powerKw().isOpen());
    }

    boolean needsCurrent() {
        return uses(element -> !element.currentA().isOpen());
    }

    private boolean uses(Predicate<Restrictions> property) {
        return restrictions.stream().anyMatch(property);
    }

    /** Whether any element prices the dimension at some time (S22). */
    boolean prices(PriceDimension dimension) {
        return SelectedComponent.select(this, dimension, element -> (element.reservation() != null) == dimension.isReservation()).isPresent();
    }
}
