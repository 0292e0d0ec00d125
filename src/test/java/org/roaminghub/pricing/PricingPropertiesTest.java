package org.roaminghub.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;

/** What must hold for every session and every unrestricted tariff (P1 to P11). */
@Domain(DomainContext.Global.class)
@Domain(PricingCases.class)
class PricingPropertiesTest {

    private static final BigDecimal SHOWN_ULP = new BigDecimal("0.0000000001");

    @Property(tries = 300)
    void p1OrderOfComponentsInsideAnElementIsIrrelevant(@ForAll ObjectNode pricingCase, @ForAll Random random) {
        ObjectNode shuffled = pricingCase.deepCopy();
        for (JsonNode element : shuffled.at("/tariffs/0/elements")) {
            ArrayNode components = (ArrayNode) element.get("price_components");
            List<JsonNode> order = new ArrayList<>();
            components.forEach(order::add);
            Collections.shuffle(order, random);
            components.removeAll();
            components.addAll(order);
        }

        assertThat(summary(shuffled)).isEqualTo(summary(pricingCase));
    }

    @Property(tries = 300)
    void p3SplittingAPeriodChangesNothing(
            @ForAll ObjectNode pricingCase, @ForAll @IntRange(max = 4) int chosen, @ForAll @IntRange(max = 100) int percent) {
        ObjectNode split = pricingCase.deepCopy();
        ArrayNode periods = (ArrayNode) split.at("/session/charging_periods");
        int index = chosen % periods.size();
        ObjectNode first = (ObjectNode) periods.get(index);
        ObjectNode second = first.deepCopy();
        Instant start = Instant.parse(first.get("start_date_time").asText());
        second.put("start_date_time", start.plusSeconds(3600).toString());
        for (int i = 0; i < first.get("dimensions").size(); i++) {
            BigDecimal whole = first.at("/dimensions/" + i + "/volume").decimalValue();
            BigDecimal part = whole.multiply(BigDecimal.valueOf(percent, 2));
            ((ObjectNode) first.at("/dimensions/" + i)).put("volume", part);
            ((ObjectNode) second.at("/dimensions/" + i)).put("volume", whole.subtract(part));
        }
        periods.insert(index + 1, second);

        assertThat(summary(split)).isEqualTo(summary(pricingCase));
    }

    @Property(tries = 300)
    void p4TriplingAllPricesTriplesTheCost(@ForAll ObjectNode pricingCase) {
        ObjectNode unlimited = withoutLimits(pricingCase);
        ObjectNode tripled = unlimited.deepCopy();
        for (JsonNode component : PricingCases.components(tripled)) {
            ((ObjectNode) component).put("price", component.get("price").decimalValue().multiply(BigDecimal.valueOf(3)));
        }
        PricingPolicy fine = new PricingPolicy(30, RoundingMode.HALF_UP, RoundingStage.TOTAL, BigDecimal.ZERO);
        BigDecimal once = priced(unlimited, fine).totalCost().exclVat();
        BigDecimal thrice = priced(tripled, fine).totalCost().exclVat();

        assertThat(thrice.subtract(once.multiply(BigDecimal.valueOf(3))).abs()).isLessThanOrEqualTo(BigDecimal.valueOf(2, 30));
    }

    @Property(tries = 300)
    void p5TotalLiesBetweenMinAndMaxPrice(@ForAll ObjectNode pricingCase) {
        PricingRequest request = Examples.request(pricingCase);
        if (request.version() == PricingVersion.V2_1_1) {
            return;
        }
        BigDecimal excl = priced(pricingCase, PricingPolicy.DEFAULT).totalCost().exclVat();

        Optional.ofNullable(request.tariffs().get(0).minPrice())
                .ifPresent(min -> assertThat(excl).isGreaterThanOrEqualTo(min.exclVat()));
        Optional.ofNullable(request.tariffs().get(0).maxPrice())
                .ifPresent(max -> assertThat(excl).isLessThanOrEqualTo(max.exclVat()));
    }

    @Property(tries = 300)
    void p6BilledIsTheVolumeRaisedByLessThanOneStep(@ForAll ObjectNode pricingCase) {
        Priced priced = priced(pricingCase, PricingPolicy.DEFAULT);

        assertRaisedByLessThanOneStep(pricingCase, priced, PriceDimension.ENERGY, priced.billed().energyKwh(), 1000);
        assertRaisedByLessThanOneStep(pricingCase, priced, PriceDimension.TIME, priced.billed().timeHours(), 3600);
        assertRaisedByLessThanOneStep(pricingCase, priced, PriceDimension.PARKING_TIME, priced.billed().parkingTimeHours(), 3600);
    }

    @Property(tries = 300)
    void p7LinesAddUpToTheTotal(@ForAll ObjectNode pricingCase, @ForAll RoundingStage stage) {
        PricingPolicy policy = new PricingPolicy(2, RoundingMode.HALF_UP, stage, BigDecimal.ZERO);
        Priced priced = priced(pricingCase, policy);
        BigDecimal sum = sumOfLines(priced);
        BigDecimal difference = sum.subtract(priced.totalCost().exclVat()).abs();
        BigDecimal halfCent = new BigDecimal("0.005");
        BigDecimal shownError = SHOWN_ULP.multiply(BigDecimal.valueOf(priced.explanation().size()));

        switch (stage) {
            case SEGMENT -> assertThat(difference).isZero();
            case TOTAL -> assertThat(difference).isLessThanOrEqualTo(halfCent.add(shownError));
            case DIMENSION -> assertThat(difference).isLessThanOrEqualTo(halfCent.multiply(BigDecimal.valueOf(4)).add(shownError));
        }
    }

    @Property(tries = 300)
    void moreEnergyNeverCostsLess(@ForAll ObjectNode pricingCase, @ForAll @IntRange(max = 4) int chosen, @ForAll @IntRange(max = 9_999) int moreWh) {
        ObjectNode more = pricingCase.deepCopy();
        ArrayNode periods = (ArrayNode) more.at("/session/charging_periods");
        ObjectNode energy = (ObjectNode) periods.at("/" + chosen % periods.size() + "/dimensions/0");
        energy.put("volume", energy.get("volume").decimalValue().add(BigDecimal.valueOf(moreWh, 3)));

        assertThat(priced(more, PricingPolicy.DEFAULT).totalCost().exclVat())
                .isGreaterThanOrEqualTo(priced(pricingCase, PricingPolicy.DEFAULT).totalCost().exclVat());
    }

    @Property(tries = 300)
    void p10JsonRoundTripOfTheInputChangesNothing(@ForAll ObjectNode pricingCase) {
        JsonNode reread = Examples.parse(pricingCase.toString());
        PricingRequest request = Examples.request(pricingCase);
        List<ChargingPeriod> rewritten = request.periods().stream()
                .map(period -> ChargingPeriod.from(Examples.parse(period.toJson().toString())))
                .toList();
        PricingRequest withRewritten = new PricingRequest(
                request.version(), null, request.tariffs(), request.sessionStart(), request.sessionEnd(), "EUR", rewritten,
                request.policy());

        String expected = priced(pricingCase, PricingPolicy.DEFAULT).toJson().toString();
        assertThat(priced(reread, PricingPolicy.DEFAULT).toJson()).hasToString(expected);
        assertThat(((Priced) CdrPricer.price(withRewritten)).toJson()).hasToString(expected);
    }

    @Property(tries = 300)
    void p11RenamingIdAndCurrencyChangesNothing(@ForAll ObjectNode pricingCase) {
        JsonNode renamed = Examples.parse(pricingCase.toString().replace("\"T1\"", "\"OTHER\"").replace("\"EUR\"", "\"SEK\""));

        assertThat(summary(renamed)).isEqualTo(summary(pricingCase));
    }

    private static void assertRaisedByLessThanOneStep(
            JsonNode pricingCase, Priced priced, PriceDimension dimension, BigDecimal billed, int stepUnits) {
        Optional<ExplanationLine> line =
                priced.explanation().stream().filter(candidate -> candidate.dimension() == dimension).findFirst();
        if (line.isEmpty()) {
            assertThat(billed).isNull();
            return;
        }
        BigDecimal measured = priced.explanation().stream()
                .filter(candidate -> candidate.dimension() == dimension)
                .map(ExplanationLine::volume)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal step = pricingCase
                .at("/tariffs/0/elements/" + line.get().elementIndex() + "/price_components/" + line.get().componentIndex())
                .get("step_size")
                .decimalValue();
        BigDecimal raisedUnits = billed.subtract(measured).multiply(BigDecimal.valueOf(stepUnits));
        BigDecimal shownError = SHOWN_ULP.multiply(BigDecimal.valueOf(stepUnits));

        assertThat(raisedUnits).isGreaterThanOrEqualTo(shownError.negate());
        assertThat(raisedUnits).isLessThan(step.add(shownError));
    }

    private static BigDecimal sumOfLines(Priced priced) {
        return priced.explanation().stream().map(ExplanationLine::excl).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static ObjectNode withoutLimits(ObjectNode pricingCase) {
        ObjectNode copy = pricingCase.deepCopy();
        ((ObjectNode) copy.at("/tariffs/0")).remove(List.of("min_price", "max_price"));
        return copy;
    }

    private static ObjectNode summary(JsonNode pricingCase) {
        ObjectNode json = priced(pricingCase, PricingPolicy.DEFAULT).toJson();
        json.remove("explanation");
        return json;
    }

    private static Priced priced(JsonNode pricingCase, PricingPolicy policy) {
        return (Priced) CdrPricer.price(Examples.request(pricingCase, policy));
    }
}
