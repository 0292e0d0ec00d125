package org.roaminghub.modules.core.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.roaminghub.ocpi.OcpiTime;
import org.roaminghub.ocpi.schema.FieldModel;
import org.roaminghub.ocpi.schema.ObjectModel;
import org.roaminghub.partners.config.Quirks.Pair;

/** The few things that can be done to a field: rename, drop, default, convert. Each quirk of documents is one of these. */
final class Rules {
    private static final ObjectModel MODEL = ObjectModel.ocpi221();

    private Rules() {
    }

    /** {@code Class.theirs:ours}; a field that has both names keeps its own. */
    static Rule rename(List<Pair> names) {
        return (className, object, context) -> {
            boolean changed = false;
            for (Pair name : names) {
                String theirs = fieldOf(className, name.left());
                if (theirs != null && object.has(theirs) && !object.hasNonNull(name.right())) {
                    object.set(name.right(), object.remove(theirs));
                    changed = true;
                }
            }
            return changed;
        };
    }

    /** {@code Class.field}. */
    static Rule drop(List<String> fields) {
        return (className, object, context) -> {
            boolean changed = false;
            for (String field : fields) {
                String name = fieldOf(className, field);
                changed |= name != null && object.remove(name) != null;
            }
            return changed;
        };
    }

    /** {@code Class.field:value}, in whole documents only. */
    static Rule defaults(List<Pair> values) {
        return (className, object, context) -> {
            boolean changed = false;
            for (Pair value : values) {
                String name = fieldOf(className, value.left());
                if (name == null || !context.isWhole() || object.hasNonNull(name)) {
                    continue;
                }
                object.set(name, MODEL.field(className, name).flatMap(field -> field.valueOf(value.right())).orElseThrow());
                changed = true;
            }
            return changed;
        };
    }

    /** Texts that stand for nothing. A required field keeps them unless there is a default that can take its place. */
    static Rule placeholders(List<String> texts, List<Pair> defaults) {
        return (className, object, context) -> {
            boolean changed = false;
            for (FieldModel field : MODEL.fields(className)) {
                JsonNode value = object.path(field.name());
                boolean replaceable = !field.cardinality().isRequired()
                        || (context.isWhole() && defaults.stream().anyMatch(each -> field.name().equals(fieldOf(className, each.left()))));
                if (value.isTextual() && replaceable && texts.contains(value.asText().strip())) {
                    object.remove(field.name());
                    changed = true;
                }
            }
            return changed;
        };
    }

    /** Numbers and truth values that stand in quotes; their digits are kept. */
    static Rule textsToValues() {
        return values((field, value) -> !value.isTextual() || !(field.isNumber() || field.isBoolean()) ? value
                : field.valueOf(value.asText().strip()).orElse(value));
    }

    /** Enum values in lower or mixed case. */
    static Rule upperCaseEnums() {
        return values((field, value) -> {
            if (!value.isTextual() || field.kind() != FieldModel.Kind.ENUM || MODEL.enumValues(field.type()).contains(value.asText())) {
                return value;
            }
            String upper = value.asText().strip().toUpperCase(Locale.ROOT);
            return MODEL.enumValues(field.type()).contains(upper) ? TextNode.valueOf(upper) : value;
        });
    }

    /** Another word for an enum value. Only where the word it becomes belongs: OFFLINE:UNKNOWN is about statuses alone. */
    static Rule enumAliases(List<Pair> aliases) {
        Map<String, String> words = new HashMap<>();
        aliases.forEach(alias -> words.put(alias.left().toUpperCase(Locale.ROOT), alias.right()));
        return values((field, value) -> {
            String word = value.isTextual() && field.kind() == FieldModel.Kind.ENUM ? words.get(value.asText().toUpperCase(Locale.ROOT)) : null;
            return word == null || !belongs(field, value.asText(), word) ? value : TextNode.valueOf(word);
        });
    }

    /** Either word may be unknown to the tables: a partner's own going in, or one that only this partner has going out. */
    private static boolean belongs(FieldModel field, String from, String to) {
        List<String> known = MODEL.enumValues(field.type());
        return known.contains(to) || known.contains(from);
    }

    /** {@code Class.field:VALUE,VALUE}: whatever else a list holds is left out. */
    static Rule allow(List<Pair> lists) {
        return (className, object, context) -> {
            boolean changed = false;
            for (Pair list : lists) {
                String name = fieldOf(className, list.left());
                if (name != null && object.path(name) instanceof ArrayNode entries) {
                    List<String> allowed = List.of(list.right().split("\\s*,\\s*"));
                    int before = entries.size();
                    for (int i = before - 1; i >= 0; i--) {
                        if (!allowed.contains(entries.get(i).asText())) {
                            entries.remove(i);
                        }
                    }
                    changed |= entries.size() != before;
                }
            }
            return changed;
        };
    }

    /** Times in the one form that is read there: whole seconds, milliseconds, or an offset in place of Z. */
    static Rule times(String form) {
        return values((field, value) -> !field.isTime() || !value.isTextual() ? value : OcpiTime.parse(value.asText()).<JsonNode>map(at -> TextNode.valueOf(switch (form) {
            case "millis" -> OcpiTime.millis(at);
            case "offset" -> OcpiTime.seconds(at).replace("Z", "+00:00");
            default -> OcpiTime.seconds(at);
        })).orElse(value));
    }

    /** Uids of RFID cards, of Tokens and in Sessions. */
    static Rule upperCaseUids() {
        return (className, object, context) -> {
            boolean card = (className.equals("Token") || className.equals("CdrToken")) && object.path("type").asText().equals("RFID");
            String uid = object.path("uid").asText();
            if (!card || uid.equals(uid.toUpperCase(Locale.ROOT))) {
                return false;
            }
            object.put("uid", uid.toUpperCase(Locale.ROOT));
            return true;
        };
    }

    /** A missing time is that of the object around it, which changed with it, or else the time of receipt. */
    static Rule lastUpdated() {
        return (className, object, context) -> {
            Optional<FieldModel> field = MODEL.field(className, "last_updated");
            boolean expected = object == context.root() || context.isWhole();
            if (field.isEmpty() || !field.get().cardinality().isRequired() || !expected || object.hasNonNull("last_updated")) {
                return false;
            }
            object.put("last_updated", context.root().path("last_updated").asText(OcpiTime.format(context.at())));
            return true;
        };
    }

    /** Texts cut to the length of the tables where a longer one is agreed; for the copy that is judged. */
    static Rule longTexts(List<Pair> lengths) {
        return (className, object, context) -> {
            boolean changed = false;
            for (Pair length : lengths) {
                String name = fieldOf(className, length.left());
                JsonNode value = name == null ? object.path("") : object.path(name);
                int allowed = name == null ? 0 : MODEL.field(className, name).map(FieldModel::maxLength).orElse(0);
                int found = value.isTextual() ? value.asText().codePointCount(0, value.asText().length()) : 0;
                if (found > allowed && found <= Integer.parseInt(length.right())) {
                    object.put(name, value.asText().substring(0, value.asText().offsetByCodePoints(0, allowed)));
                    changed = true;
                }
            }
            return changed;
        };
    }

    /** Enum values that the tables lack, replaced by one that they have; for the copy that is judged. */
    static Rule extraEnums(List<String> extra) {
        return values((field, value) -> {
            boolean unknown = value.isTextual() && field.kind() == FieldModel.Kind.ENUM && !MODEL.enumValues(field.type()).contains(value.asText());
            return unknown && extra.contains(value.asText()) ? TextNode.valueOf(MODEL.enumValues(field.type()).get(0)) : value;
        });
    }

    /** Converts values one by one, those of lists too. */
    private static Rule values(BiFunction<FieldModel, JsonNode, JsonNode> conversion) {
        return (className, object, context) -> {
            boolean changed = false;
            for (FieldModel field : MODEL.fields(className)) {
                JsonNode value = object.path(field.name());
                if (value instanceof ArrayNode list && field.kind() != FieldModel.Kind.CLASS) {
                    for (int i = 0; i < list.size(); i++) {
                        JsonNode converted = conversion.apply(field, list.get(i));
                        changed |= !converted.equals(list.get(i));
                        list.set(i, converted);
                    }
                } else if (!value.isMissingNode()) {
                    JsonNode converted = conversion.apply(field, value);
                    changed |= !converted.equals(value);
                    object.set(field.name(), converted);
                }
            }
            return changed;
        };
    }

    /** The field of {@code Class.field} when it is this class's, else null. */
    private static String fieldOf(String className, String classAndField) {
        return classAndField.startsWith(className + ".") ? classAndField.substring(className.length() + 1) : null;
    }
}
