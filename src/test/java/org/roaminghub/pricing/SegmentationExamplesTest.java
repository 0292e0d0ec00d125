package org.roaminghub.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.ocpi.v2_2_1.Tariff;
import org.roaminghub.pricing.SegmentationRequest.RegisterReading;
import org.roaminghub.pricing.SegmentationRequest.StateChange;

/** The worked segmentation examples whose cuts do not come from the tariff; each is segmented and then priced. */
class SegmentationExamplesTest {

    static Stream<Named<JsonNode>> covered() {
        return Examples.segmentation().filter(Examples::isCovered).map(SegmentationExamplesTest::named);
    }

    static Stream<Named<JsonNode>> notYetCovered() {
        return Examples.segmentation().filter(example -> !Examples.isCovered(example)).map(SegmentationExamplesTest::named);
    }

    @ParameterizedTest
    @MethodSource("covered")
    void segmentsAndPricesAsWorkedOut(JsonNode example) {
        List<ChargingPeriod> periods = Segmenter.segment(segmentationRequest(example)).periods();

        assertThat((JsonNode) shownAsInTheExamples(periods)).isEqualTo(example.get("expected_periods"));
        Priced priced = (Priced) CdrPricer.price(pricingRequest(example, periods));
        assertThat(priced.totalCost().exclVat().toPlainString()).isEqualTo(example.get("expected_total_excl_vat").asText());
        assertThat(priced.flags()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("notYetCovered")
    void tariffThatNeedsMoreCutsIsRefusedByThePricer(JsonNode example) {
        ChargingPeriod whole = new ChargingPeriod(instant(example, "start_date_time"), List.of(), null);

        PricingOutcome outcome = CdrPricer.price(pricingRequest(example, List.of(whole)));

        assertThat(outcome).isInstanceOf(NotPriceable.class);
        assertThat(((NotPriceable) outcome).code()).isEqualTo(NotPriceable.Code.RESTRICTIONS_UNSUPPORTED);
    }

    @Test
    void everyExampleIsCoveredOrListedWithAReason() {
        assertThat(covered().count() + notYetCovered().count()).isEqualTo(12);
        assertThat(covered().count()).isEqualTo(2);
    }

    private static SegmentationRequest segmentationRequest(JsonNode example) {
        List<RegisterReading> readings = Examples.stream(example.get("meter_kwh"))
                .map(entry -> new RegisterReading(Instant.parse(entry.get(0).asText()), kwhToWh(entry.get(1))))
                .toList();
        List<StateChange> states = Examples.stream(example.path("states"))
                .map(entry -> new StateChange(Instant.parse(entry.get(0).asText()), state(entry.get(1).asText())))
                .toList();
        return new SegmentationRequest(
                instant(example, "start_date_time"), instant(example, "end_date_time"), readings, states, null);
    }

    private static VehicleState state(String name) {
        return switch (name) {
            case "CHARGING" -> VehicleState.TAKING_POWER;
            case "PARKING" -> VehicleState.NOT_REQUESTING_POWER;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static BigDecimal kwhToWh(JsonNode kwh) {
        return kwh.decimalValue().movePointRight(3);
    }

    private static PricingRequest pricingRequest(JsonNode example, List<ChargingPeriod> periods) {
        return new PricingRequest(
                PricingVersion.V2_2_1,
                ZoneId.of(example.get("timezone").asText()),
                List.of(Tariff.from(example.get("tariff"))),
                instant(example, "start_date_time"),
                instant(example, "end_date_time"),
                "EUR",
                periods,
                PricingPolicy.DEFAULT);
    }

    private static ArrayNode shownAsInTheExamples(List<ChargingPeriod> periods) {
        ArrayNode array = Examples.MAPPER.createArrayNode();
        for (ChargingPeriod period : periods) {
            ObjectNode json = array.addObject();
            json.put("start_date_time", period.startDateTime().toString());
            ObjectNode dimensions = json.putObject("dimensions");
            period.dimensions().forEach(dimension -> dimensions.put(dimension.type(), dimension.volume().toPlainString()));
        }
        return array;
    }

    private static Instant instant(JsonNode example, String name) {
        return Instant.parse(example.get(name).asText());
    }

    private static Named<JsonNode> named(JsonNode example) {
        return Named.of(Examples.id(example) + " " + example.get("title").asText(), example);
    }
}
