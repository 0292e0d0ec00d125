package org.roaminghub.partners.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.FieldModel;
import org.roaminghub.ocpi.schema.ObjectModel;
import org.roaminghub.partners.config.Quirks.Pair;

/** Whether the value of a quirk can mean anything: a rule for a field that no class has would silently do nothing. */
final class QuirkForms {
    private static final ObjectModel MODEL = ObjectModel.ocpi221();
    private static final String WORD = "[A-Za-z0-9_.-]+";
    private static final List<String> MEANINGS = List.of("accepted", "not-known", "object-refused", "partner-fails", "wait", "credentials-refused");

    private QuirkForms() {}

    static boolean words(String value) {
        return Quirks.split(value).stream().noneMatch(String::isEmpty);
    }

    static boolean pairs(String value) {
        return each(value, pair -> pair.left().matches(WORD) && pair.right().matches(WORD));
    }

    static boolean modules(String value) {
        return DeliverySettings.MODULES.containsAll(Quirks.split(value));
    }

    static boolean meanings(String value) {
        return each(value, pair -> pair.left().matches("[1-4]\\d{3}|http-[2-5]\\d{2}") && MEANINGS.contains(pair.right()));
    }

    static boolean party(String value) {
        try {
            PartyId.parse(value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static boolean oneOf(String value, String... known) {
        return List.of(known).contains(value);
    }

    /** The field may be one of the partner's own; the class is of the tables. */
    static boolean anyFields(String value) {
        return each(value, pair -> pair.right().isEmpty() && className(pair.left()).isPresent());
    }

    static boolean renames(String value) {
        return each(value, pair -> className(pair.left()).flatMap(name -> MODEL.field(name, pair.right())).isPresent());
    }

    static boolean lengths(String value) {
        return each(value, pair -> field(pair.left()).filter(field -> field.maxLength() > 0).isPresent() && Values.wholeNumber(1, 100_000).isValid(pair.right()));
    }

    static boolean fieldTexts(String value) {
        return each(value, pair -> field(pair.left()).isPresent() && !pair.right().isEmpty());
    }

    static boolean fieldValues(String value) {
        return each(value, pair -> field(pair.left()).flatMap(field -> field.valueOf(pair.right())).isPresent());
    }

    private static boolean each(String value, Predicate<Pair> form) {
        return Quirks.split(value).stream().map(Pair::of).allMatch(form);
    }

    private static Optional<String> className(String classAndField) {
        int dot = classAndField.indexOf('.');
        return dot <= 0 || !classAndField.substring(dot + 1).matches("[A-Za-z0-9_]+") ? Optional.empty()
                : Optional.of(classAndField.substring(0, dot)).filter(MODEL.classNames()::contains);
    }

    private static Optional<FieldModel> field(String classAndField) {
        return className(classAndField).flatMap(name -> MODEL.field(name, classAndField.substring(name.length() + 1)));
    }
}
