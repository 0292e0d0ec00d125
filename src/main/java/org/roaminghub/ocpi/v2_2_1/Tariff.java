package org.roaminghub.ocpi.v2_2_1;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The parts of an OCPI 2.2.1 Tariff that the hub reasons about; the document itself is kept elsewhere as received.
 * Tariffs of 2.1.1 and 2.3.0 read the same way; what their version does not have is null.
 *
 * @param countryCode   owner, null when not given
 * @param partyId       owner, null when not given
 * @param currency      ISO 4217 code, null when not given
 * @param type          TariffType as text, or null
 * @param taxIncluded   2.3.0 only: YES, NO or N/A as text, or null
 * @param minPrice      least total of a session, or null
 * @param maxPrice      highest total of a session, or null
 * @param startDateTime first instant of validity, null when open
 * @param endDateTime   first instant after validity, null when open
 * @param lastUpdated   null when not given
 */
public record Tariff(
        String countryCode,
        String partyId,
        String id,
        String currency,
        String type,
        String taxIncluded,
        Price minPrice,
        Price maxPrice,
        List<TariffElement> elements,
        Instant startDateTime,
        Instant endDateTime,
        Instant lastUpdated) {

    public Tariff {
        Objects.requireNonNull(id, "id");
        elements = List.copyOf(elements);
    }

    /**
     * Reads a tariff. For exact amounts the node has to come from a mapper with {@code USE_BIG_DECIMAL_FOR_FLOATS} (S1).
     *
     * @throws IllegalArgumentException naming the field, when the id is missing or a value cannot be read
     */
    public static Tariff from(JsonNode json) {
        return new Tariff(
                JsonFields.text(json, "country_code"),
                JsonFields.text(json, "party_id"),
                JsonFields.requiredText(json, "id"),
                JsonFields.text(json, "currency"),
                JsonFields.text(json, "type"),
                JsonFields.text(json, "tax_included"),
                JsonFields.object(json, "min_price", Price::from),
                JsonFields.object(json, "max_price", Price::from),
                JsonFields.list(json, "elements", TariffElement::from),
                JsonFields.dateTime(json, "start_date_time"),
                JsonFields.dateTime(json, "end_date_time"),
                JsonFields.dateTime(json, "last_updated"));
    }
}
