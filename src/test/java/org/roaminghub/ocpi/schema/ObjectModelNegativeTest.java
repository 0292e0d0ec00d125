package org.roaminghub.ocpi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Written from the model, not by hand: every field at every depth of the main objects is broken in every way its row of the
 * table forbids, one at a time, and exactly that field must be reported.
 */
class ObjectModelNegativeTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> OBJECTS =
            List.of("Location", "EVSE", "Connector", "Tariff", "Token", "Session", "CDR", "Credentials");

    /** A field somewhere below the root: its path, its row, and the JSON pointer of the object it stands in. */
    private record Place(String path, String owner, FieldModel field) {}

    @TestFactory
    Stream<DynamicContainer> oneBrokenFieldIsReportedByItsPathAndNothingElseIs() {
        return OBJECTS.stream().map(className -> DynamicContainer.dynamicContainer(className,
                places(className, "", "").stream().map(place -> DynamicTest.dynamicTest(place.path(), () -> breakIt(className, place)))));
    }

    @TestFactory
    Stream<DynamicTest> theUnbrokenSampleHasNoFault() {
        return OBJECTS.stream().map(className -> DynamicTest.dynamicTest(className, () -> {
            assertThat(SchemaCheck.check(className, Samples.of(className), Mode.FULL)).isEmpty();
            assertThat(SchemaCheck.check(className, Samples.of(className), Mode.PATCH)).isEmpty();
            assertThat(SchemaCheck.check(className, JSON.objectNode(), Mode.PATCH)).isEmpty();
        }));
    }

    private static void breakIt(String className, Place place) {
        FieldModel field = place.field();
        boolean required = field.cardinality().isRequired();
        // The root's own required fields, or those of an object below it: PATCH asks for none of them.
        assertFault(className, place, null, Mode.FULL, required ? "nothing" : "");
        assertFault(className, place, null, Mode.PATCH, "");
        assertFault(className, place, JSON.nullNode(), Mode.FULL, required ? "null" : "");
        assertFault(className, place, JSON.nullNode(), Mode.PATCH, "");
        for (Map.Entry<String, JsonNode> wrong : wrongValues(field).entrySet()) {
            for (Mode mode : Mode.values()) {
                JsonNode value = field.cardinality().isList() ? JSON.arrayNode().add(wrong.getValue()) : wrong.getValue();
                String suffix = field.cardinality().isList() ? "[0]" : "";
                List<Fault> faults = SchemaCheck.check(className, changed(className, place, value), mode);
                assertThat(faults).as(wrong.getKey() + " " + mode).extracting(Fault::path).containsExactly(place.path() + suffix);
                assertThat(faults.get(0).found()).as(wrong.getKey()).isNotEmpty().hasSizeLessThanOrEqualTo(60);
                assertThat(faults.get(0).found().chars()).noneMatch(Character::isISOControl);
            }
        }
        if (field.cardinality().isList()) {
            assertFault(className, place, JSON.textNode("x"), Mode.FULL, "\"x\"");
            assertFault(className, place, JSON.objectNode(), Mode.FULL, "an object");
            assertFault(className, place, JSON.arrayNode(), Mode.FULL,
                    field.cardinality() == FieldModel.Cardinality.NON_EMPTY_LIST ? "an empty list" : "");
        }
    }

    private static Map<String, JsonNode> wrongValues(FieldModel field) {
        Map<String, JsonNode> wrong = new LinkedHashMap<>();
        wrong.put("list instead of value", JSON.arrayNode());
        if (field.cardinality().isList()) {
            wrong.put("null entry", JSON.nullNode());
        }
        if (field.kind() == FieldModel.Kind.CLASS) {
            wrong.put("string instead of object", JSON.textNode("x"));
            return wrong;
        }
        wrong.put("object instead of value", JSON.objectNode());
        if (field.kind() == FieldModel.Kind.ENUM) {
            wrong.put("unknown value", JSON.textNode("NO_SUCH_VALUE"));
            wrong.put("wrong case", JSON.textNode(Samples.value(field).textValue().toLowerCase(Locale.ROOT)));
            wrong.put("number", JSON.numberNode(1));
            return wrong;
        }
        switch (field.type()) {
            case "int" -> {
                wrong.put("fraction", JSON.numberNode(1.5));
                wrong.put("number as string", JSON.textNode("5"));
                field.maximum().ifPresent(maximum -> wrong.put("too large", JSON.numberNode(maximum + 1)));
            }
            case "number" -> {
                wrong.put("number as string", JSON.textNode("12.5"));
                field.minimum().ifPresent(minimum -> wrong.put("too small", JSON.numberNode(minimum - 1)));
            }
            case "boolean" -> wrong.put("boolean as string", JSON.textNode("true"));
            case "DateTime" -> {
                wrong.put("epoch", JSON.numberNode(1_770_000_000));
                wrong.put("date only", JSON.textNode("2026-01-31"));
                wrong.put("control character", JSON.textNode("2026-01-31T12:00:00Z\n"));
            }
            case "URL" -> {
                wrong.put("no scheme", JSON.textNode("example.com"));
                wrong.put("too long", JSON.textNode("https://example.com/" + "x".repeat(236)));
                wrong.put("control character", JSON.textNode("https://example.com/\n"));
            }
            default -> wrong.putAll(wrongTexts(field));
        }
        return wrong;
    }

    private static Map<String, JsonNode> wrongTexts(FieldModel field) {
        Map<String, JsonNode> wrong = new LinkedHashMap<>();
        wrong.put("number", JSON.numberNode(5));
        wrong.put("too long", JSON.textNode("x".repeat(field.maxLength() + 1)));
        wrong.put("control character", JSON.textNode("\t"));
        if (field.type().equals("CiString")) {
            wrong.put("not ASCII", JSON.textNode("é"));
        }
        return wrong;
    }

    private static void assertFault(String className, Place place, JsonNode value, Mode mode, String found) {
        List<Fault> faults = SchemaCheck.check(className, changed(className, place, value), mode);
        if (found.isEmpty()) {
            assertThat(faults).as(place.path() + " = " + value).isEmpty();
            return;
        }
        assertThat(faults).as(place.path() + " = " + value).extracting(Fault::path).containsExactly(place.path());
        assertThat(faults.get(0).found()).isEqualTo(found);
        assertThat(faults.get(0).expected()).isNotEmpty();
    }

    private static JsonNode changed(String className, Place place, JsonNode value) {
        ObjectNode root = Samples.of(className);
        ObjectNode owner = (ObjectNode) root.at(place.owner());
        if (value == null) {
            owner.remove(place.field().name());
            return root;
        }
        owner.set(place.field().name(), value);
        return root;
    }

    private static List<Place> places(String className, String path, String pointer) {
        return ObjectModel.ocpi221().fields(className).stream().flatMap(field -> {
            String here = path.isEmpty() ? field.name() : path + "." + field.name();
            Stream<Place> self = Stream.of(new Place(here, pointer, field));
            if (field.kind() != FieldModel.Kind.CLASS) {
                return self;
            }
            boolean list = field.cardinality().isList();
            String below = pointer + "/" + field.name() + (list ? "/0" : "");
            return Stream.concat(self, places(field.type(), here + (list ? "[0]" : ""), below).stream());
        }).toList();
    }
}
