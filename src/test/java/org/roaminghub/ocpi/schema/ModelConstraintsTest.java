package org.roaminghub.ocpi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelConstraintsTest {

    @Test
    void publishAllowedToStandsOnlyBesidePublishFalse_LOC24() {
        ObjectNode location = Samples.of("Location").put("publish", true);

        assertPaths("Location", location, "publish_allowed_to");
        location.putArray("publish_allowed_to");
        assertPaths("Location", location);
    }

    @Test
    void connectorIdsAreUniqueWithinTheEvseWithoutRegardToCase_LOC38() {
        ObjectNode evse = Samples.of("EVSE");
        ((ArrayNode) evse.get("connectors")).add(Samples.of("Connector").put("id", "XX"));
        ObjectNode location = Samples.of("Location");
        ((ArrayNode) location.get("evses")).add(evse);

        assertPaths("EVSE", evse, "connectors[1].id");
        assertPaths("Location", location, "evses[1].connectors[1].id");
    }

    @Test
    void aPublishTokenNamesATokenAndWhatBelongsToIt_LOC26() {
        ObjectNode location = Samples.of("Location");
        ObjectNode entry = (ObjectNode) location.at("/publish_allowed_to/0");

        assertPaths("Location", location.deepCopy().set("publish_allowed_to", list("{\"group_id\":\"G\"}")));
        assertPaths("Location", location.deepCopy().set("publish_allowed_to", list("{\"type\":\"RFID\",\"issuer\":\"I\"}")), "publish_allowed_to[0]");
        entry.remove("type");
        assertPaths("Location", location, "publish_allowed_to[0].type");
        entry.remove("issuer");
        assertPaths("Location", location, "publish_allowed_to[0].type", "publish_allowed_to[0].issuer");
    }

    @Test
    void regularHoursStandBesideTwentyfoursevenFalseAndOnlyThere_LOC45() {
        assertPaths("Hours", hours("false", "[{\"weekday\":1,\"period_begin\":\"08:00\",\"period_end\":\"20:00\"}]"));
        assertPaths("Hours", hours("true", "[]"));
        assertPaths("Hours", hours("true", "[{\"weekday\":1,\"period_begin\":\"08:00\",\"period_end\":\"20:00\"}]"), "regular_hours");
        assertPaths("Hours", hours("false", "[]"), "regular_hours");
        assertPaths("Hours", hours("false", "null"), "regular_hours");
        ObjectNode location = Samples.of("Location");
        ((ObjectNode) location.path("opening_times")).remove("regular_hours");
        assertPaths("Location", location, "opening_times.regular_hours");
        assertThat(SchemaCheck.check("Location", location, Mode.PATCH)).as("the stored Location may have them").isEmpty();
    }

    /** The text wants an end after the begin, practice writes midnight in three ways and hours over midnight in one. */
    @Test
    void hoursMayEndAtMidnightOrWrapRoundIt_LOC47_A57() {
        for (String end : List.of("23:59", "00:00", "24:00", "02:00")) {
            assertPaths("RegularHours", regularHours("6", "18:00", end));
        }
        assertPaths("RegularHours", regularHours("0", "18:00", "20:00"), "weekday");
        assertPaths("RegularHours", regularHours("8", "18:00", "20:00"), "weekday");
        assertPaths("RegularHours", regularHours("1", "24:00", "20:00"), "period_begin");
        assertPaths("RegularHours", regularHours("1", "8:00", "24:01"), "period_begin", "period_end");
    }

    @Test
    void codesHaveTheirForm_LOC27_TAR30_CDR40_TRANS59() {
        assertPaths("Location", Samples.of("Location").put("country", "NL"), "country");
        assertPaths("Tariff", Samples.of("Tariff").put("currency", "€"), "currency");
        assertPaths("CDR", Samples.of("CDR").put("currency", "EU"), "currency");
        assertPaths("DisplayText", Samples.of("DisplayText").put("language", "e"), "language");
    }

    @Test
    void ratesOfAProfileHaveOneDecimal_CP17() {
        ObjectNode profile = Samples.of("ChargingProfile").put("min_charging_rate", new BigDecimal("6.25"));
        profile.putArray("charging_profile_period").addObject().put("start_period", 0).put("limit", new BigDecimal("11.00"));
        profile.withArray("charging_profile_period").addObject().put("start_period", 60).put("limit", new BigDecimal("11.01"));

        assertPaths("ChargingProfile", profile, "min_charging_rate", "charging_profile_period[1].limit");
        ObjectNode active = Samples.of("ActiveChargingProfile");
        active.set("charging_profile", profile);
        assertPaths("ActiveChargingProfile", active, "charging_profile.min_charging_rate", "charging_profile.charging_profile_period[1].limit");
    }

    @Test
    void anAcceptedResultCarriesTheActiveProfile_CP22() {
        ObjectNode result = Samples.of("ActiveChargingProfileResult").put("result", "ACCEPTED");
        result.remove("profile");

        assertPaths("ActiveChargingProfileResult", result, "profile");
        assertPaths("ActiveChargingProfileResult", result.put("result", "UNKNOWN"));
    }

    @Test
    void creditCdrNamesTheOriginalAndIsAnother_CDR03_CDR04() {
        ObjectNode cdr = Samples.of("CDR").put("credit", true).put("id", "other");
        assertPaths("CDR", cdr);
        assertPaths("CDR", cdr.deepCopy().put("credit_reference_id", "OTHER"), "id");

        cdr.remove("credit_reference_id");

        assertPaths("CDR", cdr, "credit_reference_id");
    }

    @Test
    void onlyACreditCdrHasAnIdOfMoreThan36Characters_CDR19() {
        ObjectNode cdr = Samples.of("CDR").put("id", "x".repeat(37));

        assertPaths("CDR", cdr, "id");
        assertPaths("CDR", cdr.put("credit", true));
        assertPaths("CDR", cdr.put("credit", false).put("id", "x".repeat(40)), "id");
    }

    @Test
    void sessionOnlyDimensionsNeverAppearInACdr_CDR33() {
        ObjectNode cdr = Samples.of("CDR");
        ((ObjectNode) cdr.at("/charging_periods/0/dimensions/0")).put("type", "STATE_OF_CHARGE");

        assertPaths("CDR", cdr, "charging_periods[0].dimensions[0].type");
    }

    @Test
    void rolesOfCredentialsAreUnique_CRED23() {
        ObjectNode credentials = Samples.of("Credentials");
        ArrayNode roles = (ArrayNode) credentials.get("roles");
        roles.add(Samples.of("CredentialsRole").put("role", "EMSP"));
        assertPaths("Credentials", credentials);

        roles.add(Samples.of("CredentialsRole").put("party_id", "XX"));

        assertPaths("Credentials", credentials, "roles[2]");
    }

    @Test
    void onlyTheCredentialsEndpointMayLackARole_A12() {
        ObjectNode details = Samples.of("VersionDetails");
        ObjectNode endpoint = (ObjectNode) details.at("/endpoints/0");
        endpoint.put("identifier", "credentials").remove("role");
        assertPaths("VersionDetails", details);

        endpoint.put("identifier", "tokens");

        assertPaths("VersionDetails", details, "endpoints[0].role");
    }

    private static ObjectNode hours(String always, String regular) {
        return (ObjectNode) StrictJson.parse("{\"twentyfourseven\":%s,\"regular_hours\":%s}".formatted(always, regular));
    }

    private static ObjectNode regularHours(String weekday, String begin, String end) {
        return (ObjectNode) StrictJson.parse("{\"weekday\":%s,\"period_begin\":\"%s\",\"period_end\":\"%s\"}".formatted(weekday, begin, end));
    }

    private static JsonNode list(String entry) {
        return StrictJson.parse("[" + entry + "]");
    }

    private static void assertPaths(String className, JsonNode document, String... paths) {
        assertThat(SchemaCheck.check(className, document, Mode.FULL)).extracting(Fault::path).containsExactly(paths);
    }
}
