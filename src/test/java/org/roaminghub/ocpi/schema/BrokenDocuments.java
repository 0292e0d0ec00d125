package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Documents made from the model with one thing changed: every field at every depth, broken in every way its row of the table
 * forbids, or changed in a way that must be accepted. What is expected of each stands beside it.
 */
public final class BrokenDocuments {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Optional by the table, required by a rule for the document every case begins with (LOC-26, LOC-45, CP-22, A-12). */
    private static final Set<String> REQUIRED_BY_RULE = Set.of("PublishTokenType.type", "PublishTokenType.issuer", "Hours.regular_hours", "Endpoint.role", "ActiveChargingProfileResult.profile");
    /** Stands where no JSON tree can hold what is meant. */
    private static final String HALF_A_PAIR = "@HALF@";
    private static final String TWICE = "@TWICE@";

    private BrokenDocuments() {}

    /**
     * One document with one thing changed.
     *
     * @param at           path of the field that was changed
     * @param what         what was done to it
     * @param text         the document as it is sent
     * @param refused      path of the one fault it must be given as a whole object; null if it must be accepted
     * @param patchRefused the same as a PATCH
     */
    public record Case(String className, String at, String what, String text, String refused, String patchRefused) {

        public boolean topLevel() {
            return at.indexOf('.') < 0 && at.indexOf('[') < 0;
        }

        @Override
        public String toString() {
            return className + " " + at + ": " + what;
        }
    }

    /** A field somewhere below the root: its path, the JSON pointer of the object it stands in, the class of that object, its row. */
    private record Place(String path, String owner, String ownerClass, FieldModel field) {}

    /** A whole valid document of a class, every field filled. */
    public static ObjectNode sample(String className) {
        return Samples.of(className);
    }

    /** Every case of a class; {@code base} is the valid document that each of them changes in one place. */
    public static List<Case> of(String className, ObjectNode base) {
        return places(className, "", "").stream().flatMap(place -> new Cases(className, base, place).all()).toList();
    }

    private static List<Place> places(String className, String path, String pointer) {
        return ObjectModel.ocpi221().fields(className).stream().flatMap(field -> {
            String here = path.isEmpty() ? field.name() : path + "." + field.name();
            Stream<Place> self = Stream.of(new Place(here, pointer, className, field));
            if (field.kind() != FieldModel.Kind.CLASS) {
                return self;
            }
            boolean list = field.cardinality().isList();
            String below = pointer + "/" + field.name() + (list ? "/0" : "");
            return Stream.concat(self, places(field.type(), here + (list ? "[0]" : ""), below).stream());
        }).toList();
    }

    /** The cases of one field. */
    private static final class Cases {
        private final String className;
        private final ObjectNode base;
        private final Place place;
        private final FieldModel field;
        private final boolean list;
        private final List<Case> cases = new ArrayList<>();

        Cases(String className, ObjectNode base, Place place) {
            this.className = className;
            this.base = base;
            this.place = place;
            this.field = place.field();
            this.list = field.cardinality().isList();
        }

        Stream<Case> all() {
            boolean required = field.cardinality().isRequired() || REQUIRED_BY_RULE.contains(place.ownerClass() + "." + field.name());
            add("missing", text(null), required ? place.path() : null, null);
            add("null", text(JSON.nullNode()), required ? place.path() : null, null);
            // In a PATCH too: readers differ in which of the two they take.
            refuse("twice", twice(), place.path());
            if (list) {
                refuse("string instead of list", text(JSON.textNode("x")), place.path());
                refuse("object instead of list", text(JSON.objectNode()), place.path());
                refuseEmptyList(required);
            }
            wrongValues().forEach((what, value) -> refuse(what, text(list ? JSON.arrayNode().add(value) : value), place.path() + (list ? "[0]" : "")));
            goodValues().forEach((what, value) -> add(what, text(list ? JSON.arrayNode().add(value) : value), null, null));
            if (isFirstOfItsObject()) {
                ObjectNode root = base.deepCopy();
                ((ObjectNode) root.at(place.owner())).set("x_unknown", JSON.objectNode().put("amount", new BigDecimal("1.10")).put("text", "é\t🔌"));
                add("unknown field beside it", root.toString(), null, null);
            }
            return cases.stream();
        }

        private void refuseEmptyList(boolean required) {
            boolean filled = field.cardinality() == FieldModel.Cardinality.NON_EMPTY_LIST;
            add("empty list", text(JSON.arrayNode()), required ? place.path() : null, filled ? place.path() : null);
        }

        /** A number whose every digit must survive; rates of charging profiles have one decimal (CP-17). */
        private String digits() {
            boolean rate = place.ownerClass().startsWith("ChargingProfile");
            return field.maximum().isPresent() ? "99.1000" : rate ? "1234567.8000" : "1234567.8901230";
        }

        private boolean isFirstOfItsObject() {
            return ObjectModel.ocpi221().fields(place.ownerClass()).get(0).name().equals(field.name());
        }

        private void refuse(String what, String text, String path) {
            add(what, text, path, path);
        }

        private void add(String what, String text, String refused, String patchRefused) {
            cases.add(new Case(className, place.path(), what, text.replace(HALF_A_PAIR, "\\ud83d"), refused, patchRefused));
        }

        private String text(JsonNode value) {
            ObjectNode root = base.deepCopy();
            ObjectNode owner = (ObjectNode) root.at(place.owner());
            if (value == null) {
                owner.remove(field.name());
                return root.toString();
            }
            owner.set(field.name(), value);
            return root.toString();
        }

        private String twice() {
            ObjectNode root = base.deepCopy();
            ((ObjectNode) root.at(place.owner())).set(TWICE, root.at(place.owner()).path(field.name()));
            return root.toString().replace(TWICE, field.name());
        }

        private Map<String, JsonNode> wrongValues() {
            Map<String, JsonNode> wrong = new LinkedHashMap<>();
            if (field.kind() == FieldModel.Kind.ANY) {
                return wrong;
            }
            wrong.put("list instead of value", JSON.arrayNode());
            if (list) {
                wrong.put("null entry", JSON.nullNode());
            }
            if (field.kind() == FieldModel.Kind.CLASS) {
                wrong.put("string instead of object", JSON.textNode("x"));
                wrong.put("number instead of object", JSON.numberNode(1));
                return wrong;
            }
            wrong.put("object instead of value", JSON.objectNode());
            if (field.kind() == FieldModel.Kind.ENUM) {
                wrong.put("unknown value", JSON.textNode("NO_SUCH_VALUE"));
                wrong.put("wrong case", JSON.textNode(Samples.value(field).textValue().toLowerCase(Locale.ROOT)));
                wrong.put("blank beside it", JSON.textNode(Samples.value(field).textValue() + " "));
                wrong.put("empty text", JSON.textNode(""));
                wrong.put("number", JSON.numberNode(1));
                return wrong;
            }
            switch (field.type()) {
                case "int" -> wrongInts(wrong);
                case "number" -> wrongNumbers(wrong);
                case "boolean" -> {
                    wrong.put("boolean as string", JSON.textNode("true"));
                    wrong.put("boolean as number", JSON.numberNode(1));
                }
                case "DateTime" -> wrongTimes(wrong);
                case "URL" -> wrongUrls(wrong);
                default -> wrongTexts(wrong);
            }
            return wrong;
        }

        private void wrongInts(Map<String, JsonNode> wrong) {
            wrong.put("fraction", JSON.numberNode(1.5));
            wrong.put("whole number with a fraction", JSON.numberNode(new BigDecimal("1.0")));
            wrong.put("exponent", JSON.numberNode(new BigDecimal("1E+2")));
            wrong.put("number as string", JSON.textNode("5"));
            wrong.put("boolean", JSON.booleanNode(true));
            field.maximum().ifPresent(maximum -> wrong.put("too large", JSON.numberNode(maximum + 1)));
            field.minimum().ifPresent(minimum -> wrong.put("too small", JSON.numberNode(minimum - 1)));
        }

        private void wrongNumbers(Map<String, JsonNode> wrong) {
            wrong.put("number as string", JSON.textNode("12.5"));
            wrong.put("number with a comma", JSON.textNode("12,5"));
            wrong.put("empty text", JSON.textNode(""));
            wrong.put("boolean", JSON.booleanNode(false));
            field.maximum().ifPresent(maximum -> wrong.put("too large", JSON.numberNode(maximum + 1)));
            field.minimum().ifPresent(minimum -> wrong.put("too small", JSON.numberNode(minimum - 1)));
        }

        private static void wrongTimes(Map<String, JsonNode> wrong) {
            wrong.put("epoch", JSON.numberNode(1_770_000_000));
            for (String text : List.of("", "2026-01-31", "2026-01-31T12:00:00Z\n", "2026-01-31 12:00:00Z", "2026-02-30T12:00:00Z", "2026-01-31T12:00Z",
                    "2026-01-31T25:00:00Z", "2026-01-31T12:00:00+0100", "31.01.2026 12:00", "2026-01-31T12:00:00 CET")) {
                wrong.put("time " + text.strip(), JSON.textNode(text));
            }
        }

        private static void wrongUrls(Map<String, JsonNode> wrong) {
            wrong.put("no scheme", JSON.textNode("example.com"));
            wrong.put("another scheme", JSON.textNode("ftp://example.com/x"));
            wrong.put("too long", JSON.textNode("https://example.com/" + "x".repeat(236)));
            wrong.put("control character", JSON.textNode("https://example.com/\n"));
            wrong.put("blank", JSON.textNode("https://example.com/a b"));
            wrong.put("number", JSON.numberNode(5));
        }

        private void wrongTexts(Map<String, JsonNode> wrong) {
            wrong.put("number", JSON.numberNode(5));
            wrong.put("boolean", JSON.booleanNode(true));
            if (field.maxLength() > 0) {
                wrong.put("too long", JSON.textNode("x".repeat(field.maxLength() + 1)));
            }
            wrong.put("tab", JSON.textNode("\t"));
            wrong.put("NUL", JSON.textNode("\0"));
            wrong.put("DEL", JSON.textNode("\u007f"));
            wrong.put("half a surrogate pair", JSON.textNode(HALF_A_PAIR));
            if (field.type().equals("CiString")) {
                wrong.put("not ASCII", JSON.textNode("é"));
                wrong.put("line separator", JSON.textNode("\u2028"));
                wrong.put("emoji", JSON.textNode("🔌"));
            }
            field.regex().ifPresent(regex -> wrong.put("another form", JSON.textNode(" ")));
        }

        private Map<String, JsonNode> goodValues() {
            Map<String, JsonNode> good = new LinkedHashMap<>();
            if (field.kind() != FieldModel.Kind.PRIMITIVE || field.regex().isPresent()) {
                return good;
            }
            switch (field.type()) {
                case "number" -> {
                    good.put("all digits", JSON.numberNode(new BigDecimal(digits())));
                    good.put("whole number", JSON.numberNode(7));
                }
                case "DateTime" -> {
                    // last_updated orders versions and moves its parents: it has tests of its own.
                    if (!field.name().equals("last_updated")) {
                        good.put("no designator", JSON.textNode("2026-01-31T12:00:00"));
                        good.put("offset", JSON.textNode("2026-01-31T13:00:00.5+01:00"));
                    }
                }
                case "string" -> {
                    good.put("as long as it may be", JSON.textNode("é".repeat(Math.max(1, field.maxLength()))));
                    good.put("one emoji", JSON.textNode("🔌"));
                }
                case "CiString" -> {
                    // CDR-19: more than 36 characters are for credit CDRs.
                    int longest = field.name().equals("id") ? Math.min(36, field.maxLength()) : field.maxLength();
                    good.put("as long as it may be", JSON.textNode("~".repeat(Math.max(1, longest))));
                }
                default -> { }
            }
            return good;
        }
    }
}
