package org.roaminghub.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.ocpi.v2_2_1.Tariff;
import org.roaminghub.pricing.SegmentationRequest.RegisterReading;
import org.roaminghub.pricing.SegmentationRequest.Sample;
import org.roaminghub.pricing.SegmentationRequest.StateChange;

/** Every worked segmentation example is segmented and then priced. */
class SegmentationExamplesTest {

    static Stream<Named<JsonNode>> covered() {
        return Examples.segmentation().filter(Examples::isCovered).map(SegmentationExamplesTest::named);
    }

    @ParameterizedTest
    @MethodSource("covered")
    void segmentsAndPricesAsWorkedOut(JsonNode example) {
        List<ChargingPeriod> periods = Segmenter.segment(segmentationRequest(example)).periods();

        assertThat(shownAsInTheExamples(periods)).isEqualTo(shown(example.get("expected_periods")));
        Priced priced = (Priced) CdrPricer.price(pricingRequest(example, periods));
        if (example.has("expected_total_excl_vat")) {
            assertThat(priced.totalCost().exclVat().toPlainString()).isEqualTo(example.get("expected_total_excl_vat").asText());
        }
        // Its tariff prices TIME only between 12:00 and 13:00 (S22).
        Set<PricingFlag> expected = Examples.id(example).equals("G-11") ? Set.of(PricingFlag.UNPRICED_VOLUME) : Set.of();
        assertThat(priced.flags()).isEqualTo(expected);
    }

    @Test
    void everyExampleIsCovered() {
        assertThat(covered().count()).isEqualTo(12);
    }

    private static SegmentationRequest segmentationRequest(JsonNode example) {
        List<RegisterReading> readings = Examples.stream(example.get("meter_kwh"))
                .map(entry -> new RegisterReading(Instant.parse(entry.get(0).asText()), kwhToWh(entry.get(1))))
                .toList();
        List<StateChange> states = Examples.stream(example.path("states"))
                .map(entry -> new StateChange(Instant.parse(entry.get(0).asText()), state(entry.get(1).asText())))
                .toList();
        return new SegmentationRequest(
                instant(example, "start_date_time"), instant(example, "end_date_time"), readings, states,
                samples(example.path("power_kw")), List.of(), Tariff.from(example.get("tariff")),
                ZoneId.of(example.get("timezone").asText()));
    }

    private static List<Sample> samples(JsonNode entries) {
        return Examples.stream(entries)
                .map(entry -> new Sample(Instant.parse(entry.get(0).asText()), entry.get(1).decimalValue()))
                .toList();
    }

    private static VehicleState state(String name) {
        return switch (name) {
            case "CHARGING" -> VehicleState.TAKING_POWER;
            case "PARKING" -> VehicleState.NOT_REQUESTING_POWER;
            case "RESERVATION" -> VehicleState.RESERVED;
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

    private static List<String> shownAsInTheExamples(List<ChargingPeriod> periods) {
        return periods.stream()
                .map(period -> period.startDateTime() + period.dimensions().stream()
                        .map(dimension -> " " + dimension.type() + " " + dimension.volume().toPlainString())
                        .collect(Collectors.joining()))
                .toList();
    }

    /** Hours with as many decimals as we give them: the examples show more of a third of an hour. */
    private static List<String> shown(JsonNode expectedPeriods) {
        return Examples.stream(expectedPeriods)
                .map(period -> period.get("start_date_time").asText() + period.get("dimensions").properties().stream()
                        .map(dimension -> " " + dimension.getKey() + " " + cut(dimension.getValue().asText()))
                        .collect(Collectors.joining()))
                .toList();
    }

    private static String cut(String volume) {
        return Fraction.withoutTrailingZeros(new BigDecimal(volume).setScale(6, RoundingMode.DOWN)).toPlainString();
    }

    private static Instant instant(JsonNode example, String name) {
        return Instant.parse(example.get(name).asText());
    }

    private static Named<JsonNode> named(JsonNode example) {
        return Named.of(Examples.id(example) + " " + example.get("title").asText(), example);
    }
}
