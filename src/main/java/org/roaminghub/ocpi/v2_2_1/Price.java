package org.roaminghub.ocpi.v2_2_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * OCPI 2.2.1 Price: an amount in the currency of the object that holds it.
 *
 * @param exclVat amount without VAT
 * @param inclVat amount with VAT; null means the VAT is unknown, not that it is zero (S17)
 */
public record Price(BigDecimal exclVat, BigDecimal inclVat) {

    public Price {
        Objects.requireNonNull(exclVat, "exclVat");
    }

    /**
     * Reads {@code {excl_vat, incl_vat?}}, or {@code {before_taxes, after_taxes?}} as 2.3.0 writes price limits; numbers may be
     * written as strings (S1).
     *
     * @throws IllegalArgumentException naming the field, when {@code excl_vat} is missing or a number cannot be read
     */
    public static Price from(JsonNode json) {
        if (json.has("before_taxes")) {
            return new Price(JsonFields.requiredNumber(json, "before_taxes"), JsonFields.number(json, "after_taxes"));
        }
        return new Price(JsonFields.requiredNumber(json, "excl_vat"), JsonFields.number(json, "incl_vat"));
    }

    /** The OCPI object with JSON numbers; {@code incl_vat} is left out when unknown. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("excl_vat", JsonFields.decimal(exclVat));
        if (inclVat != null) {
            json.set("incl_vat", JsonFields.decimal(inclVat));
        }
        return json;
    }
}
