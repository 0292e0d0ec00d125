package org.roaminghub.ocpi.schema;

import java.util.Map;

/**
 * Texts whose row in the table gives only a length, while the specification says what they are: codes of ISO standards. Only the
 * form is checked, not whether the code exists, because the lists of codes grow.
 */
final class TextForms {

    private static final String THREE_LETTERS = "[A-Za-z]{3}";
    private static final String TWO_LETTERS = "[A-Za-z]{2}";

    private static final Map<String, String> FORMS = Map.of(
            // LOC-27: ISO 3166-1 alpha-3; "NL" is the mistake one meets.
            "Location.country", THREE_LETTERS, "CdrLocation.country", THREE_LETTERS,
            // TAR-30, CDR-40: ISO 4217.
            "Tariff.currency", THREE_LETTERS, "Session.currency", THREE_LETTERS, "CDR.currency", THREE_LETTERS,
            // TRANS-59: ISO 639-1.
            "DisplayText.language", TWO_LETTERS, "Token.language", TWO_LETTERS);

    private TextForms() {}

    static FieldModel narrow(String className, FieldModel field) {
        String form = FORMS.get(className + "." + field.name());
        return form == null ? field : field.withRegex(form);
    }
}
