package org.roaminghub.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Arbitrary sessions with one unrestricted tariff, in the JSON form of the worked examples. */
final class PricingCases extends DomainContextBase {

    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Provide
    Arbitrary<ObjectNode> pricingCase() {
        return Combinators.combine(
                        Arbitraries.of("2.1.1", "2.2.1"),
                        element().list().ofMinSize(1).ofMaxSize(3),
                        limits(),
                        periodDimensions().list().ofMinSize(1).ofMaxSize(5),
                        Arbitraries.of(true, false))
                .as(PricingCases::build);
    }

    private static Arbitrary<ObjectNode> element() {
        return Arbitraries.of("FLAT", "ENERGY", "TIME", "PARKING_TIME")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .uniqueElements()
                .flatMap(types -> component().list().ofSize(types.size()).map(components -> element(types, components)));
    }

    private static ObjectNode element(List<String> types, List<ObjectNode> components) {
        ObjectNode element = NODES.objectNode();
        ArrayNode array = element.putArray("price_components");
        for (int i = 0; i < types.size(); i++) {
            ObjectNode component = components.get(i).deepCopy();
            component.put("type", types.get(i));
            array.add(component);
        }
        return element;
    }

    private static Arbitrary<ObjectNode> component() {
        Arbitrary<DecimalNode> prices = decimals("10", 4);
        Arbitrary<BigDecimal> vats = Arbitraries.of("0", "9", "19.5", "21").map(BigDecimal::new).injectNull(0.3);
        Arbitrary<Integer> steps = Arbitraries.of(0, 1, 7, 60, 300, 900, 1000);
        return Combinators.combine(prices, vats, steps).as((price, vat, step) -> {
            ObjectNode component = NODES.objectNode();
            component.set("price", price);
            component.put("step_size", step);
            if (vat != null) {
                component.put("vat", vat);
            }
            return component;
        });
    }

    private static Arbitrary<ObjectNode> limits() {
        return Combinators.combine(decimals("20", 2), decimals("40", 2), Arbitraries.of(0, 1, 2, 3)).as((min, above, kind) -> {
            ObjectNode limits = NODES.objectNode();
            if ((kind & 1) != 0) {
                limits.putObject("min_price").set("excl_vat", min);
            }
            if ((kind & 2) != 0) {
                DecimalNode max = DecimalNode.valueOf(min.decimalValue().add(above.decimalValue()));
                ObjectNode maxPrice = limits.putObject("max_price");
                maxPrice.set("excl_vat", max);
                maxPrice.set("incl_vat", max);
            }
            return limits;
        });
    }

    private static Arbitrary<ArrayNode> periodDimensions() {
        return Combinators.combine(decimals("40", 3), decimals("2", 4), Arbitraries.of("TIME", "PARKING_TIME"))
                .as((energyKwh, hours, timeType) -> {
                    ArrayNode dimensions = NODES.arrayNode();
                    dimensions.addObject().put("type", "ENERGY").set("volume", energyKwh);
                    dimensions.addObject().put("type", timeType).set("volume", hours);
                    return dimensions;
                });
    }

    /** With the trailing zeros that partners write. */
    private static Arbitrary<DecimalNode> decimals(String greatest, int scale) {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal(greatest))
                .ofScale(scale)
                .map(DecimalNode::valueOf);
    }

    private static ObjectNode build(
            String version, List<ObjectNode> elements, ObjectNode limits, List<ArrayNode> periods, boolean namesTariff) {
        ObjectNode pricingCase = NODES.objectNode();
        pricingCase.put("version", version);
        ObjectNode tariff = pricingCase.putArray("tariffs").addObject();
        tariff.put("id", "T1").put("currency", "EUR").putArray("elements").addAll(elements);
        tariff.setAll(limits);
        ObjectNode session = pricingCase.putObject("session");
        session.put("start_date_time", START.toString());
        session.put("end_date_time", START.plusSeconds(periods.size() * 7200L).toString());
        session.put("currency", "EUR");
        ArrayNode array = session.putArray("charging_periods");
        for (int i = 0; i < periods.size(); i++) {
            ObjectNode period = array.addObject();
            period.put("start_date_time", START.plusSeconds(i * 7200L).toString());
            period.set("dimensions", periods.get(i));
            if (namesTariff) {
                period.put("tariff_id", "T1");
            }
        }
        return pricingCase;
    }

    static List<JsonNode> components(JsonNode pricingCase) {
        return Examples.stream(pricingCase.at("/tariffs/0/elements"))
                .flatMap(element -> Examples.stream(element.get("price_components")))
                .toList();
    }
}
