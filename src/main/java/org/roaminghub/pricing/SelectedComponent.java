package org.roaminghub.pricing;

import java.util.List;
import java.util.Optional;
import org.roaminghub.ocpi.v2_2_1.PriceComponent;
import org.roaminghub.ocpi.v2_2_1.Tariff;

/** The component that prices a dimension of a period, and where in the tariff it stands. */
record SelectedComponent(String tariffId, int elementIndex, int componentIndex, PriceComponent component) {

    /**
     * First match, per dimension (S5): the first element that prices the dimension, and its first component of that type.
     * Different dimensions may come from different elements. Whether an element holds is decided here and nowhere else.
     */
    static Optional<SelectedComponent> select(Tariff tariff, PriceDimension dimension) {
        for (int elementIndex = 0; elementIndex < tariff.elements().size(); elementIndex++) {
            List<PriceComponent> components = tariff.elements().get(elementIndex).priceComponents();
            for (int componentIndex = 0; componentIndex < components.size(); componentIndex++) {
                PriceComponent component = components.get(componentIndex);
                if (component.type().equals(dimension.name())) {
                    return Optional.of(new SelectedComponent(tariff.id(), elementIndex, componentIndex, component));
                }
            }
        }
        return Optional.empty();
    }
}
