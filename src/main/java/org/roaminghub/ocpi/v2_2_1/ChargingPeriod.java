package org.roaminghub.ocpi.v2_2_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * OCPI 2.2.1 ChargingPeriod: what was measured from its start until the start of the next period or the end of the session.
 *
 * @param tariffId id of the tariff that prices this period, or null when the CDR does not say (S3)
 */
public record ChargingPeriod(Instant startDateTime, List<CdrDimension> dimensions, String tariffId) {

    public ChargingPeriod {
        Objects.requireNonNull(startDateTime, "startDateTime");
        dimensions = List.copyOf(dimensions);
    }

    /**
     * Reads a period; a start without zone is UTC, offsets are converted (S2).
     *
     * @throws IllegalArgumentException naming the field, when the start is missing or a value cannot be read
     */
    public static ChargingPeriod from(JsonNode json) {
        return new ChargingPeriod(
                JsonFields.requiredDateTime(json, "start_date_time"),
                JsonFields.list(json, "dimensions", CdrDimension::from),
                JsonFields.text(json, "tariff_id"));
    }

    /** The OCPI object, times in UTC, volumes as JSON numbers. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("start_date_time", startDateTime.toString());
        ArrayNode array = json.putArray("dimensions");
        dimensions.forEach(dimension -> array.add(dimension.toJson()));
        if (tariffId != null) {
            json.put("tariff_id", tariffId);
        }
        return json;
    }
}
