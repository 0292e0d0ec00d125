package org.roaminghub.ocpi.v2_2_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * OCPI 2.2.1 CdrDimension: one measured quantity of a charging period.
 *
 * @param type   CdrDimensionType as text, because partners send types we do not know
 * @param volume in the unit of the type: kWh for ENERGY, hours for the times, A or kW for the limits
 */
public record CdrDimension(String type, BigDecimal volume) {

    public CdrDimension {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(volume, "volume");
    }

    /** @throws IllegalArgumentException naming the field, when type or volume is missing or unreadable */
    public static CdrDimension from(JsonNode json) {
        return new CdrDimension(JsonFields.requiredText(json, "type"), JsonFields.requiredNumber(json, "volume"));
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", type);
        json.set("volume", JsonFields.decimal(volume));
        return json;
    }
}
