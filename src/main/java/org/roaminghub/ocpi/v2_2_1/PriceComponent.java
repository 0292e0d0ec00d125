package org.roaminghub.ocpi.v2_2_1;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * OCPI 2.2.1 PriceComponent: the price of one dimension.
 *
 * @param type       TariffDimensionType as text, because partners send types we do not know
 * @param price      per kWh, per hour or once; without VAT, except where a 2.3.0 tariff says that taxes are included
 * @param vat        percent; null means no VAT is applicable (S17)
 * @param stepSize   Wh or seconds that are billed as a whole; null, 0 or less means exact billing (S15)
 * @param priceRound GIREVE's dialect of 2.1.1 (S30): how the cost of the component is rounded; null when not given
 * @param stepRound  GIREVE's dialect of 2.1.1 (S30): how the number of steps is rounded; null when not given
 */
public record PriceComponent(
        String type, BigDecimal price, BigDecimal vat, BigDecimal stepSize, ComponentRounding priceRound, ComponentRounding stepRound) {

    public PriceComponent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(price, "price");
    }

    /** @throws IllegalArgumentException naming the field, when type or price is missing or a number cannot be read */
    public static PriceComponent from(JsonNode json) {
        return new PriceComponent(
                JsonFields.requiredText(json, "type"),
                JsonFields.requiredNumber(json, "price"),
                JsonFields.number(json, "vat"),
                JsonFields.number(json, "step_size"),
                JsonFields.object(json, "price_round", ComponentRounding::from),
                JsonFields.object(json, "step_round", ComponentRounding::from));
    }
}
