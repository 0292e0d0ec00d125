package org.roaminghub.ocpi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.roaminghub.ocpi.schema.BrokenDocuments.Case;

/**
 * Written from the model, not by hand: every field at every depth of every object is broken in every way its row of the table
 * forbids, one at a time, and exactly that field must be reported; what the table allows must be accepted.
 */
class ObjectModelNegativeTest {

    /** Everything that crosses the hub's border as a document of its own; classes within them are met on the way. */
    private static final List<String> DOCUMENTS = List.of(
            "Location", "EVSE", "Connector", "Tariff", "Token", "Session", "CDR", "Credentials", "Version", "VersionDetails", "ResponseFormat",
            "LocationReferences", "AuthorizationInfo", "ChargingPreferences", "StartSession", "StopSession", "ReserveNow", "CancelReservation",
            "UnlockConnector", "CommandResponse", "CommandResult", "SetChargingProfile", "ChargingProfileResponse", "ActiveChargingProfileResult",
            "ChargingProfileResult", "ClearProfileResult", "ActiveChargingProfile", "ClientInfo");

    @TestFactory
    Stream<DynamicContainer> oneBrokenFieldIsReportedByItsPathAndNothingElseIs_TRANS57_TRANS58_TRANS59_TRANS60_TRANS61_TRANS62_TRANS64() {
        return DOCUMENTS.stream().map(className -> {
            Map<String, List<Case>> byField = BrokenDocuments.of(className, Samples.of(className)).stream().collect(Collectors.groupingBy(Case::at));
            return DynamicContainer.dynamicContainer(className, byField.entrySet().stream()
                    .map(field -> DynamicTest.dynamicTest(field.getKey(), () -> field.getValue().forEach(ObjectModelNegativeTest::judge))));
        });
    }

    @TestFactory
    Stream<DynamicTest> theUnbrokenSampleHasNoFault() {
        return DOCUMENTS.stream().map(className -> DynamicTest.dynamicTest(className, () -> {
            assertThat(SchemaCheck.check(className, Samples.of(className), Mode.FULL)).isEmpty();
            assertThat(SchemaCheck.check(className, Samples.of(className), Mode.PATCH)).isEmpty();
            assertThat(SchemaCheck.check(className, JsonNodeFactory.instance.objectNode(), Mode.PATCH)).isEmpty();
        }));
    }

    @Test
    void noClassOfTheModelIsForgotten() {
        List<String> reached = DOCUMENTS.stream().flatMap(ObjectModelNegativeTest::withClassesBelow).distinct().toList();

        assertThat(reached).containsExactlyInAnyOrderElementsOf(ObjectModel.ocpi221().classNames());
    }

    private static Stream<String> withClassesBelow(String className) {
        return Stream.concat(Stream.of(className), ObjectModel.ocpi221().fields(className).stream()
                .filter(field -> field.kind() == FieldModel.Kind.CLASS).flatMap(field -> withClassesBelow(field.type())));
    }

    private static void judge(Case broken) {
        judge(broken, Mode.FULL, broken.refused());
        judge(broken, Mode.PATCH, broken.patchRefused());
    }

    private static void judge(Case broken, Mode mode, String refused) {
        List<Fault> faults = faults(broken, mode);
        if (refused == null) {
            assertThat(faults).as("%s, %s, %s", broken, mode, broken.text()).isEmpty();
            return;
        }
        assertThat(faults).as("%s, %s, %s", broken, mode, broken.text()).extracting(Fault::path).containsExactly(refused);
        assertThat(faults.get(0).expected()).isNotEmpty();
        assertThat(faults.get(0).found()).as("%s", broken).isNotEmpty().hasSizeLessThanOrEqualTo(60);
        assertThat(faults.get(0).found().chars()).as("%s", broken).noneMatch(Character::isISOControl);
    }

    private static List<Fault> faults(Case broken, Mode mode) {
        try {
            return SchemaCheck.check(broken.className(), StrictJson.parse(broken.text()), mode);
        } catch (DuplicateKey twice) {
            return List.of(twice.fault());
        }
    }
}
