package org.roaminghub.ocpi.v2_2_1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * OCPI 2.2.1 TariffElement: price components that hold under the same restrictions.
 *
 * @param restrictions null when the element holds always
 */
public record TariffElement(List<PriceComponent> priceComponents, TariffRestrictions restrictions) {

    public TariffElement {
        priceComponents = List.copyOf(priceComponents);
    }

    /** @throws IllegalArgumentException naming the field, when a component cannot be read */
    public static TariffElement from(JsonNode json) {
        return new TariffElement(
                JsonFields.list(json, "price_components", PriceComponent::from),
                JsonFields.object(json, "restrictions", TariffRestrictions::from));
    }
}
