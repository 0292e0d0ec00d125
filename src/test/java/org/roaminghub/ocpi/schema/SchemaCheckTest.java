package org.roaminghub.ocpi.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCheckTest {

    @Test
    void unknownFieldsAreNoFault() {
        ObjectNode token = Samples.of("Token").put("nltnm_colour", "blue");

        assertThat(SchemaCheck.check("Token", token, Mode.FULL)).isEmpty();
    }

    @Test
    void allFaultsAreListedNotOnlyTheFirst() {
        ObjectNode connector = Samples.of("Connector").put("max_voltage", "230").put("format", "cable");
        connector.remove("id");

        assertThat(SchemaCheck.check("Connector", connector, Mode.FULL)).extracting(Fault::toString).containsExactlyInAnyOrder(
                "id: expected printable ASCII, at most 36 characters, found nothing",
                "format: expected one of SOCKET, CABLE, found \"cable\"",
                "max_voltage: expected a whole number, found \"230\"");
    }

    @Test
    void moreThanAHundredFaultsAreCounted() {
        ObjectNode location = Samples.of("Location");
        ArrayNode facilities = location.putArray("facilities");
        for (int i = 0; i < 130; i++) {
            facilities.add("BEACH");
        }

        List<Fault> faults = SchemaCheck.check("Location", location, Mode.FULL);

        assertThat(faults).hasSize(101);
        assertThat(faults.get(100)).hasToString("… and 30 more");
    }

    @Test
    void tokensAndUidsAreMasked() {
        ObjectNode credentials = Samples.of("Credentials").put("token", "secret secret");
        ObjectNode token = Samples.of("Token").put("uid", "0102030405060708".repeat(3));

        assertThat(SchemaCheck.check("Credentials", credentials, Mode.FULL)).extracting(Fault::found).containsExactly("*** (13 characters)");
        assertThat(SchemaCheck.check("Token", token, Mode.FULL)).extracting(Fault::found).containsExactly("*** (48 characters)");
        assertThat(SchemaCheck.check("Token", token.put("uid", 12345678), Mode.FULL)).extracting(Fault::found)
                .containsExactly("*** (not a string)");
    }

    @Test
    void foundIsShortenedAndItsControlCharactersAreEscaped() {
        ObjectNode token = Samples.of("Token").put("issuer", "a\r\nb").put("contract_id", "y".repeat(5_000));

        assertThat(SchemaCheck.check("Token", token, Mode.FULL)).extracting(Fault::found)
                .containsExactlyInAnyOrder("\"a\\u000D\\u000Ab\"", "\"" + "y".repeat(29) + "…\" (5000 characters)");
    }

    @Test
    void lengthsCountCodePoints() {
        ObjectNode text = Samples.of("DisplayText").put("text", "🔌".repeat(512));

        assertThat(SchemaCheck.check("DisplayText", text, Mode.FULL)).isEmpty();
        assertThat(SchemaCheck.check("DisplayText", text.put("text", "🔌".repeat(513)), Mode.FULL)).hasSize(1);
    }

    @Test
    void halfASurrogatePairIsNotText() {
        assertThat(SchemaCheck.check("DisplayText", Samples.of("DisplayText").put("text", "\uD83D"), Mode.FULL)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-31T12:00:00Z", "2026-01-31T12:00:00", "2026-01-31T12:00:00.123Z", "2026-01-31T12:00:00+00:00",
        "2026-01-31T13:00:00.123+01:00", "2026-01-31T12:00:00.123456789Z", "2024-02-29T00:00:00Z"})
    void dateTimesOfRealPlatformsAreAccepted(String dateTime) {
        assertThat(SchemaCheck.check("Token", Samples.of("Token").put("last_updated", dateTime), Mode.FULL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-02-30T12:00:00Z", "2025-02-29T12:00:00Z", "2026-13-01T12:00:00Z", "2026-01-31T24:00:00Z",
        "2026-01-31 12:00:00Z", "2026-01-31T12:00Z", "2026-01-31T12:00:00z", "2026-01-31T12:00:00+0100", "2026-01-31T12:00:00ZZ"})
    void whatIsNoDateTimeIsRefused(String dateTime) {
        assertThat(SchemaCheck.check("Token", Samples.of("Token").put("last_updated", dateTime), Mode.FULL))
                .extracting(Fault::path).containsExactly("last_updated");
    }

    @Test
    void aWholeNumberWrittenWithAFractionIsNotAnInt() {
        JsonNode connector = StrictJson.parse(Samples.of("Connector").toString().replace("\"max_voltage\":5", "\"max_voltage\":230.0"));

        assertThat(SchemaCheck.check("Connector", connector, Mode.FULL)).extracting(Fault::path).containsExactly("max_voltage");
    }

    @Test
    void naFillsARequiredString() {
        assertThat(SchemaCheck.check("Session", Samples.of("Session").put("evse_uid", "#NA"), Mode.FULL)).isEmpty();
    }

    @Test
    void cdrLocationTakesTheLengthsOfLocationOnInput() {
        ObjectNode location = Samples.of("CdrLocation").put("address", "x".repeat(255)).put("state", "x".repeat(45));

        assertThat(SchemaCheck.check("CdrLocation", location, Mode.FULL)).isEmpty();
    }

    @Test
    void sessionStatusReservedIsAcceptedBesideReservation() {
        assertThat(SchemaCheck.check("Session", Samples.of("Session").put("status", "RESERVED"), Mode.FULL)).isEmpty();
    }

    @Test
    void versionsAndModulesWeDoNotKnowMayBeListed() {
        ObjectNode details = Samples.of("VersionDetails").put("version", "2.3.0");
        ((ObjectNode) details.at("/endpoints/0")).put("identifier", "nltnm-tokens");

        assertThat(SchemaCheck.check("VersionDetails", details, Mode.FULL)).isEmpty();
    }

    @Test
    void unknownEnumValuesCanBeToldFromOtherFaults() {
        ObjectNode evse = Samples.of("EVSE").put("status", "DREAMING").put("floor_level", "basement");

        assertThat(SchemaCheck.check("EVSE", evse, Mode.FULL)).filteredOn(Fault::isUnknownEnumValue)
                .extracting(Fault::path).containsExactly("status");
        assertThat(SchemaCheck.check("EVSE", evse.put("status", 5), Mode.FULL)).noneMatch(Fault::isUnknownEnumValue);
    }

    @Test
    void aDocumentThatIsNoObjectIsOneFault() {
        for (JsonNode document : new JsonNode[] {null, MissingNode.getInstance(), StrictJson.parse("null"), StrictJson.parse("[]")}) {
            assertThat(SchemaCheck.check("Token", document, Mode.PATCH)).extracting(Fault::path).containsExactly("$");
        }
    }

    @Test
    void aFloodOfListEntriesIsOneFault() {
        ObjectNode location = Samples.of("Location");
        ArrayNode evses = location.putArray("evses");
        for (int i = 0; i <= SchemaCheck.MAX_LIST_ENTRIES; i++) {
            evses.addObject();
        }

        assertThat(SchemaCheck.check("Location", location, Mode.FULL)).extracting(Fault::path).containsExactly("$");
    }

    @Test
    void anUnknownClassIsAProgrammingError() {
        assertThatThrownBy(() -> SchemaCheck.check("Lokation", Samples.of("Location"), Mode.FULL))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Lokation");
    }
}
