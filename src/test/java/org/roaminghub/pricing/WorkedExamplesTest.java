package org.roaminghub.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every worked pricing example, or the reason why it is not priced yet. */
class WorkedExamplesTest {

    static Stream<Named<JsonNode>> covered() {
        return Examples.pricing().filter(Examples::isCovered).map(WorkedExamplesTest::named);
    }

    @ParameterizedTest
    @MethodSource("covered")
    void pricesAsWorkedOut(JsonNode example) {
        JsonNode expected = example.get("expected");
        PricingOutcome outcome = CdrPricer.price(Examples.request(example));

        if (expected.has("error")) {
            assertThat(outcome).isInstanceOf(NotPriceable.class);
            assertThat(((NotPriceable) outcome).code().name()).isEqualTo(expected.get("error").asText());
            return;
        }
        assertThat(outcome).isInstanceOf(Priced.class);
        ObjectNode actual = ((Priced) outcome).toJson();
        actual.remove("explanation");
        assertThat((JsonNode) actual).isEqualTo(withoutTestAids(expected));
    }

    @ParameterizedTest
    @MethodSource("covered")
    void roundsTheSameExactValueToTwoDecimals(JsonNode example) {
        JsonNode expected = example.get("expected").path("total_cost_2dp");
        if (expected.isMissingNode()) {
            return;
        }
        PricingPolicy policy = Examples.policy(example.path("policy"));
        PricingPolicy twoDecimals = new PricingPolicy(2, policy.roundingMode(), policy.stage(), policy.stepSlackSeconds());
        Priced priced = (Priced) CdrPricer.price(Examples.request(example, twoDecimals));

        assertThat(priced.toJson().get("total_cost")).isEqualTo(expected);
    }

    @Test
    void everyExampleIsCoveredOrListedWithAReason() {
        Set<String> ids = Stream.concat(Examples.pricing(), Examples.segmentation()).map(Examples::id).collect(Collectors.toSet());

        assertThat(Examples.pricing().count()).isEqualTo(104);
        assertThat(covered().count()).isEqualTo(104);
        assertThat(ids).containsAll(Examples.NOT_YET_COVERED.keySet());
        assertThat(Examples.NOT_YET_COVERED.values()).noneMatch(String::isBlank);
    }

    private static Named<JsonNode> named(JsonNode example) {
        return Named.of(Examples.id(example) + " " + example.get("title").asText(), example);
    }

    private static JsonNode withoutTestAids(JsonNode expected) {
        return ((ObjectNode) expected.deepCopy()).without(List.of("derivation", "total_cost_2dp"));
    }
}
