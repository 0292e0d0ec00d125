package org.roaminghub.ocpi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ModelConstraintsTest {

    @Test
    void publishAllowedToStandsOnlyBesidePublishFalse() {
        ObjectNode location = Samples.of("Location").put("publish", true);

        assertPaths("Location", location, "publish_allowed_to");
        location.putArray("publish_allowed_to");
        assertPaths("Location", location);
    }

    @Test
    void connectorIdsAreUniqueWithinTheEvseWithoutRegardToCase() {
        ObjectNode evse = Samples.of("EVSE");
        ((ArrayNode) evse.get("connectors")).add(Samples.of("Connector").put("id", "XX"));
        ObjectNode location = Samples.of("Location");
        ((ArrayNode) location.get("evses")).add(evse);

        assertPaths("EVSE", evse, "connectors[1].id");
        assertPaths("Location", location, "evses[1].connectors[1].id");
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
    void creditCdrNamesTheOriginal() {
        ObjectNode cdr = Samples.of("CDR").put("credit", true);
        assertPaths("CDR", cdr);

        cdr.remove("credit_reference_id");

        assertPaths("CDR", cdr, "credit_reference_id");
    }

    @Test
    void onlyACreditCdrHasAnIdOfMoreThan36Characters() {
        ObjectNode cdr = Samples.of("CDR").put("id", "x".repeat(37));

        assertPaths("CDR", cdr, "id");
        assertPaths("CDR", cdr.put("credit", true));
        assertPaths("CDR", cdr.put("credit", false).put("id", "x".repeat(40)), "id");
    }

    @Test
    void sessionOnlyDimensionsNeverAppearInACdr() {
        ObjectNode cdr = Samples.of("CDR");
        ((ObjectNode) cdr.at("/charging_periods/0/dimensions/0")).put("type", "STATE_OF_CHARGE");

        assertPaths("CDR", cdr, "charging_periods[0].dimensions[0].type");
    }

    @Test
    void rolesOfCredentialsAreUnique() {
        ObjectNode credentials = Samples.of("Credentials");
        ArrayNode roles = (ArrayNode) credentials.get("roles");
        roles.add(Samples.of("CredentialsRole").put("role", "EMSP"));
        assertPaths("Credentials", credentials);

        roles.add(Samples.of("CredentialsRole").put("party_id", "XX"));

        assertPaths("Credentials", credentials, "roles[2]");
    }

    @Test
    void onlyTheCredentialsEndpointMayLackARole() {
        ObjectNode details = Samples.of("VersionDetails");
        ObjectNode endpoint = (ObjectNode) details.at("/endpoints/0");
        endpoint.put("identifier", "credentials").remove("role");
        assertPaths("VersionDetails", details);

        endpoint.put("identifier", "tokens");

        assertPaths("VersionDetails", details, "endpoints[0].role");
    }

    private static void assertPaths(String className, ObjectNode document, String... paths) {
        assertThat(SchemaCheck.check(className, document, Mode.FULL)).extracting(Fault::path).containsExactly(paths);
    }
}
