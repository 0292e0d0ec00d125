package org.roaminghub.pricing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.roaminghub.ocpi.v2_2_1.Price;

/** Writes a {@link Priced} with decimal strings. */
final class PricedJson {

    private PricedJson() {
    }

    static ObjectNode write(Priced priced) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        putPrice(json, "total_cost", priced.totalCost());
        putPrice(json, "total_energy_cost", priced.totalEnergyCost());
        putPrice(json, "total_time_cost", priced.totalTimeCost());
        putPrice(json, "total_parking_cost", priced.totalParkingCost());
        putPrice(json, "total_fixed_cost", priced.totalFixedCost());
        putPrice(json, "total_reservation_cost", priced.totalReservationCost());
        putDecimal(json, "total_energy", priced.totalEnergyKwh());
        putDecimal(json, "total_time", priced.totalTimeHours());
        putDecimal(json, "total_parking_time", priced.totalParkingHours());
        putBilled(json.putObject("billed"), priced.billed());
        if (priced.taxesByRate() != null) {
            ObjectNode taxes = json.putObject("taxes_by_rate");
            priced.taxesByRate().forEach((rate, tax) -> putDecimal(taxes, rate.toPlainString(), tax));
        }
        ArrayNode flags = json.putArray("flags");
        priced.flags().forEach(flag -> flags.add(flag.name()));
        ArrayNode explanation = json.putArray("explanation");
        priced.explanation().forEach(line -> putLine(explanation.addObject(), line));
        return json;
    }

    private static void putBilled(ObjectNode json, BilledVolumes billed) {
        putIfPresent(json, "energy_kwh", billed.energyKwh());
        putIfPresent(json, "time_h", billed.timeHours());
        putIfPresent(json, "parking_h", billed.parkingTimeHours());
        putIfPresent(json, "reservation_h", billed.reservationHours());
    }

    private static void putLine(ObjectNode json, ExplanationLine line) {
        json.put("rule", line.rule().name());
        json.put("period", line.periodIndex());
        json.put("dimension", line.dimension() == null ? null : line.dimension().name());
        json.put("tariff_id", line.tariffId());
        json.put("element", line.elementIndex());
        json.put("component", line.componentIndex());
        ArrayNode restrictions = json.putArray("restrictions");
        line.restrictions().forEach(restrictions::add);
        putDecimal(json, "volume", line.volume());
        putDecimal(json, "billed", line.billed());
        putDecimal(json, "price", line.price());
        putDecimal(json, "vat", line.vat());
        putDecimal(json, "excl", line.excl());
        putDecimal(json, "incl", line.incl());
    }

    private static void putPrice(ObjectNode json, String name, Price price) {
        if (price == null) {
            json.putNull(name);
            return;
        }
        ObjectNode amounts = json.putObject(name);
        putDecimal(amounts, "excl_vat", price.exclVat());
        putDecimal(amounts, "incl_vat", price.inclVat());
    }

    private static void putIfPresent(ObjectNode json, String name, BigDecimal value) {
        if (value != null) {
            putDecimal(json, name, value);
        }
    }

    private static void putDecimal(ObjectNode json, String name, BigDecimal value) {
        json.put(name, value == null ? null : value.toPlainString());
    }
}
