package org.roaminghub.pricing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.roaminghub.ocpi.v2_2_1.ChargingPeriod;
import org.roaminghub.ocpi.v2_2_1.Tariff;

/** The worked examples and how their JSON becomes requests. */
final class Examples {

    static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /** Reason by example id. */
    static final Map<String, String> NOT_YET_COVERED = notYetCovered();

    private static final JsonNode ALL = parse(resource("worked-examples.json"));

    private Examples() {
    }

    static Stream<JsonNode> pricing() {
        return stream(ALL.get("pricing"));
    }

    static Stream<JsonNode> segmentation() {
        return stream(ALL.get("segmentation"));
    }

    static boolean isCovered(JsonNode example) {
        return !NOT_YET_COVERED.containsKey(id(example));
    }

    static String id(JsonNode example) {
        return example.get("id").asText();
    }

    static PricingRequest request(JsonNode example) {
        return request(example, policy(example.path("policy")));
    }

    static PricingRequest request(JsonNode example, PricingPolicy policy) {
        JsonNode session = example.get("session");
        JsonNode zone = example.path("timezone");
        return new PricingRequest(
                PricingVersion.of(example.get("version").asText(), example.at("/policy/dialect").asText(null)).orElseThrow(),
                zone.isTextual() ? ZoneId.of(zone.asText()) : null,
                stream(example.get("tariffs")).map(Tariff::from).toList(),
                Instant.parse(session.get("start_date_time").asText()),
                Instant.parse(session.get("end_date_time").asText()),
                session.get("currency").asText(),
                stream(session.get("charging_periods")).map(ChargingPeriod::from).toList(),
                policy,
                null,
                session.has("reservation_outcome") ? ReservationOutcome.valueOf(session.get("reservation_outcome").asText()) : null);
    }

    static PricingPolicy policy(JsonNode policy) {
        return new PricingPolicy(
                policy.path("scale").asInt(PricingPolicy.DEFAULT.scale()),
                RoundingMode.valueOf(policy.path("mode").asText("HALF_UP")),
                RoundingStage.valueOf(policy.path("stage").asText("TOTAL")),
                new BigDecimal(policy.path("step_slack_s").asText("0")));
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> notYetCovered() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String line : resource("not-yet-covered.txt").lines().toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] idAndReason = line.split("\t", 2);
            if (reasons.put(idAndReason[0], idAndReason[1]) != null) {
                throw new IllegalStateException("listed twice: " + idAndReason[0]);
            }
        }
        return reasons;
    }

    private static String resource(String name) {
        try (InputStream stream = Examples.class.getResourceAsStream("/pricing/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
