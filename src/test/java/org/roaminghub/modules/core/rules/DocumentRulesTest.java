package org.roaminghub.modules.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.modules.Bodies;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.SchemaCheck;
import org.roaminghub.partners.config.Quirk;
import org.roaminghub.partners.config.Quirks;

/** Each rule alone, on the object it is for. */
class DocumentRulesTest {
    private static final String T1 = "2026-01-01T10:00:00Z";
    private static final Instant RECEIVED = Instant.parse("2026-05-05T05:05:05Z");

    @Test
    void aPartnerWithoutQuirksIsNeverCorrected() {
        ObjectNode odd = Bodies.object("{\"status\":\"offline\",\"kwh\":\"1.5\"}");
        ObjectNode before = odd.deepCopy();

        assertThat(DocumentRules.received(Quirks.NONE, "EVSE", odd, Mode.FULL, RECEIVED)).isEmpty();
        assertThat(DocumentRules.sent(Quirks.NONE, "EVSE", odd, Mode.FULL)).isEmpty();
        assertThat(DocumentRules.judged(Quirks.NONE, "EVSE", odd)).isSameAs(odd);
        assertThat(odd).isEqualTo(before);
    }

    @Test
    void aCorrectDocumentIsNotTouchedByAnyRule() {
        Quirks all = quirks(Map.of(Quirk.IN_NUMBERS_AS_TEXT, "", Quirk.IN_LOWER_CASE_ENUMS, "", Quirk.IN_ENUM_ALIAS, "OFFLINE:UNKNOWN",
                Quirk.IN_PLACEHOLDER, "-", Quirk.IN_DEFAULT, "Location.time_zone:UTC", Quirk.IN_NO_LAST_UPDATED, "", Quirk.IN_RENAME, "Location.title:name"));
        ObjectNode location = Bodies.location("L", T1);
        ObjectNode before = location.deepCopy();

        assertThat(DocumentRules.received(all, "Location", location, Mode.FULL, RECEIVED)).isEmpty();
        assertThat(location).isEqualTo(before);
    }

    @Test
    void numbersInQuotesBecomeNumbersWithTheirDigits() {
        ObjectNode connector = Bodies.connector("1", T1).put("max_voltage", "230").put("max_amperage", "thirty-two");
        ObjectNode price = Bodies.object("{\"type\":\"ENERGY\",\"price\":\" 0.250 \",\"step_size\":\"1\"}");

        assertThat(in("Connector", connector, Quirk.IN_NUMBERS_AS_TEXT, "").path("max_voltage").intValue()).isEqualTo(230);
        assertThat(connector.path("max_amperage").asText()).as("what is no number stays for the tables to refuse").isEqualTo("thirty-two");
        assertThat(in("PriceComponent", price, Quirk.IN_NUMBERS_AS_TEXT, "").toString()).contains("\"price\":0.250,\"step_size\":1}");
        assertThat(in("Location", Bodies.location("7", T1).put("publish", "true"), Quirk.IN_NUMBERS_AS_TEXT, "").path("publish").isBoolean()).isTrue();
        assertThat(in("Location", Bodies.location("7", T1), Quirk.IN_NUMBERS_AS_TEXT, "").path("id").isTextual()).as("an id that looks like a number is text").isTrue();
    }

    @ParameterizedTest
    @CsvSource({"available, AVAILABLE", "Available, AVAILABLE", "blocked , BLOCKED", "asleep, asleep"})
    void enumValuesHaveNoCase(String sent, String kept) {
        assertThat(in("EVSE", Bodies.evse("E", T1).put("status", sent), Quirk.IN_LOWER_CASE_ENUMS, "").path("status").asText()).isEqualTo(kept);
    }

    @Test
    void anAliasHoldsOnlyWhereItsWordBelongs() {
        ObjectNode evse = Bodies.evse("E", T1).put("status", "offline").put("floor_level", "OFFLINE");
        evse.putArray("parking_restrictions").add("OFFLINE");

        in("EVSE", evse, Quirk.IN_ENUM_ALIAS, "OFFLINE:UNKNOWN");

        assertThat(evse.path("status").asText()).isEqualTo("UNKNOWN");
        assertThat(evse.path("floor_level").asText()).isEqualTo("OFFLINE");
        assertThat(evse.path("parking_restrictions").get(0).asText()).as("no ParkingRestriction is UNKNOWN").isEqualTo("OFFLINE");
    }

    @Test
    void aPlaceholderIsNothing_Q47() {
        ObjectNode location = Bodies.location("L", T1).put("name", "-").put("city", "-").put("time_zone", "-");

        DocumentRules.received(quirks(Map.of(Quirk.IN_PLACEHOLDER, "-", Quirk.IN_DEFAULT, "Location.time_zone:Europe/Berlin")), "Location", location, Mode.FULL, RECEIVED);

        assertThat(location.has("name")).isFalse();
        assertThat(location.path("city").asText()).as("required, and nothing to take its place").isEqualTo("-");
        assertThat(location.path("time_zone").asText()).isEqualTo("Europe/Berlin");
    }

    @Test
    void aFieldIsRenamedDroppedAndGivenADefault() {
        ObjectNode session = Bodies.session("S", T1);
        session.remove("kwh");
        session.put("kwh_total", 2);

        assertThat(in("Session", session, Quirk.IN_RENAME, "Session.kwh_total:kwh").path("kwh").intValue()).isEqualTo(2);
        assertThat(session.has("kwh_total")).isFalse();
        assertThat(in("Session", session.put("kwh_total", 9), Quirk.IN_RENAME, "Session.kwh_total:kwh").path("kwh").intValue()).as("its own stays").isEqualTo(2);
        assertThat(in("Session", session, Quirk.IN_DROP, "Session.kwh_total").has("kwh_total")).isFalse();
        assertThat(in("Session", session, Quirk.IN_DEFAULT, "Session.total_cost:{\"excl_vat\":0}").path("total_cost").path("excl_vat").isNumber()).isTrue();
    }

    @Test
    void aPatchIsGivenNoDefaults() {
        ObjectNode patch = Bodies.object("{\"name\":\"New\",\"last_updated\":\"%s\"}", T1);
        Quirks quirks = quirks(Map.of(Quirk.IN_DEFAULT, "Location.time_zone:UTC"));

        assertThat(DocumentRules.received(quirks, "Location", patch, Mode.PATCH, RECEIVED)).isEmpty();
        assertThat(patch.has("time_zone")).isFalse();
    }

    @Test
    void aMissingTimeIsThatOfReceiptAndPartsTakeTheirParents_Q33() {
        ObjectNode location = Bodies.location("L", T1);
        ((ObjectNode) location.path("evses").get(0)).remove("last_updated");
        ObjectNode patch = Bodies.object("{\"status\":\"CHARGING\"}");

        in("Location", location, Quirk.IN_NO_LAST_UPDATED, "");
        DocumentRules.received(quirks(Map.of(Quirk.IN_NO_LAST_UPDATED, "")), "EVSE", patch, Mode.PATCH, RECEIVED);

        assertThat(location.at("/evses/0/last_updated").asText()).isEqualTo(T1);
        assertThat(patch.path("last_updated").asText()).isEqualTo("2026-05-05T05:05:05Z");
    }

    @Test
    void whatIsToleratedIsJudgedAsIfItWereRightAndKeptAsItCame_Q48() {
        ObjectNode location = Bodies.location("L", T1).put("postal_code", "x".repeat(50));
        ((ObjectNode) location.at("/evses/0/connectors/0")).put("standard", "MCS");
        ObjectNode before = location.deepCopy();
        Quirks quirks = quirks(Map.of(Quirk.IN_EXTRA_ENUMS, "MCS", Quirk.IN_LONG_TEXTS, "Location.postal_code:50"));

        assertThat(SchemaCheck.check("Location", location, Mode.FULL)).hasSize(2);
        assertThat(SchemaCheck.check("Location", DocumentRules.judged(quirks, "Location", location), Mode.FULL)).isEmpty();
        assertThat(location).isEqualTo(before);
        location.put("postal_code", "x".repeat(51));
        assertThat(SchemaCheck.check("Location", DocumentRules.judged(quirks, "Location", location), Mode.FULL)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"seconds, 2026-01-01T10:00:00Z", "millis, 2026-01-01T10:00:00.789Z", "offset, 2026-01-01T10:00:00+00:00"})
    void timesGetTheFormThatIsRead_Q64(String form, String written) {
        ObjectNode evse = Bodies.evse("E", "2026-01-01T12:00:00.789123+02:00");

        DocumentRules.sent(quirks(Map.of(Quirk.OUT_TIMES, form)), "EVSE", evse, Mode.FULL);

        assertThat(evse.path("last_updated").asText()).isEqualTo(written);
        assertThat(evse.at("/connectors/0/last_updated").asText()).isEqualTo(written);
    }

    @Test
    void onlyTheAllowedValuesOfAListAreSent_Q49() {
        ObjectNode evse = Bodies.evse("E", T1);
        evse.putArray("capabilities").add("RFID_READER").add("REMOTE_START_STOP_CAPABLE").add("RESERVABLE");

        DocumentRules.sent(quirks(Map.of(Quirk.OUT_ALLOW, "EVSE.capabilities:RFID_READER,RESERVABLE")), "EVSE", evse, Mode.FULL);

        assertThat(evse.path("capabilities").toString()).isEqualTo("[\"RFID_READER\",\"RESERVABLE\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "7", "\"text\"", "null", "{\"evses\":7}", "[[]]"})
    void documentsOfAnyShapePassTheRules_D2(String evses) {
        Quirks quirks = quirks(Map.of(Quirk.IN_NUMBERS_AS_TEXT, "", Quirk.IN_ENUM_ALIAS, "OFFLINE:UNKNOWN", Quirk.IN_LONG_TEXTS, "Location.city:100",
                Quirk.IN_EXTRA_ENUMS, "MCS", Quirk.IN_NO_LAST_UPDATED, "", Quirk.IN_PLACEHOLDER, "-"));
        ObjectNode document = Bodies.object("{\"last_updated\":7,\"city\":[],\"evses\":%s}", evses);

        DocumentRules.received(quirks, "Location", document, Mode.FULL, RECEIVED);

        assertThat(DocumentRules.judged(quirks, "Location", document).isObject()).isTrue();
    }

    private static ObjectNode in(String className, ObjectNode document, Quirk quirk, String value) {
        DocumentRules.received(quirks(Map.of(quirk, value)), className, document, Mode.FULL, RECEIVED);
        return document;
    }

    private static Quirks quirks(Map<Quirk, String> values) {
        return new Quirks(new EnumMap<>(values));
    }
}
