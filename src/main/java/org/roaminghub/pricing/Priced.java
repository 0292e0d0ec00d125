package org.roaminghub.pricing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaminghub.ocpi.v2_2_1.Price;

/**
 * The price of a session and the totals of its CDR (S21). Amounts have the policy's scale; a cost is null when no component
 * was applied to it, and its including-VAT part is null when VAT is unknown (S17).
 *
 * @param totalCost            after min and max price (S19), therefore not always the sum of the parts
 * @param totalReservationCost cost of reservation elements
 * @param totalEnergyKwh       measured, not billed
 * @param totalTimeHours       from the first period that is not a mere reservation to the end, at most 10 decimals
 * @param totalParkingHours    declared parking time
 * @param taxesByRate          2.3.0: tax by rate in percent, before min and max price (S18); null in other versions
 * @param explanation          one line per rule applied: components in order of time, then rounding and limits; they add up to
 *                             the total
 */
public record Priced(
        Price totalCost,
        Price totalEnergyCost,
        Price totalTimeCost,
        Price totalParkingCost,
        Price totalFixedCost,
        Price totalReservationCost,
        BigDecimal totalEnergyKwh,
        BigDecimal totalTimeHours,
        BigDecimal totalParkingHours,
        BilledVolumes billed,
        SortedMap<BigDecimal, BigDecimal> taxesByRate,
        SortedSet<PricingFlag> flags,
        List<ExplanationLine> explanation) implements PricingOutcome {

    public Priced {
        taxesByRate = taxesByRate == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(taxesByRate));
        flags = Collections.unmodifiableSortedSet(new TreeSet<>(flags));
        explanation = List.copyOf(explanation);
    }

    /** The answer of the pricing API: amounts and volumes as decimal strings, so that no reader turns them into doubles. */
    public ObjectNode toJson() {
        return PricedJson.write(this);
    }
}
