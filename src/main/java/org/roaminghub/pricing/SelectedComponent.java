package org.roaminghub.pricing;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.roaminghub.ocpi.v2_2_1.PriceComponent;

/**
 * The component that prices a dimension of a period, and where in the tariff it stands.
 *
 * @param restrictions of its element, for people
 */
record SelectedComponent(String tariffId, int elementIndex, int componentIndex, PriceComponent component, List<String> restrictions) {

    /**
     * First match, per dimension (S5): the first element that holds and prices the dimension, and its first component of that
     * type. Different dimensions may come from different elements. Which element is taken is decided here and nowhere else.
     *
     * @param holds asked in order, and only for elements that price the dimension
     */
    static Optional<SelectedComponent> select(PriceableTariff tariff, PriceDimension dimension, Predicate<Restrictions> holds) {
        for (int elementIndex = 0; elementIndex < tariff.restrictions().size(); elementIndex++) {
            Optional<SelectedComponent> found = first(tariff, elementIndex, dimension);
            if (found.isPresent() && holds.test(tariff.restrictions().get(elementIndex))) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<SelectedComponent> first(PriceableTariff tariff, int elementIndex, PriceDimension dimension) {
        List<PriceComponent> components = tariff.tariff().elements().get(elementIndex).priceComponents();
        for (int i = 0; i < components.size(); i++) {
            if (components.get(i).type().equals(dimension.componentType())) {
                List<String> restrictions = tariff.restrictions().get(elementIndex).texts();
                return Optional.of(new SelectedComponent(tariff.id(), elementIndex, i, components.get(i), restrictions));
            }
        }
        return Optional.empty();
    }
}
