package org.roaminghub.partners.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A named deviation from OCPI that a partner's file may switch on, off by default. Each belongs to one of a few general kinds,
 * and each kind is worked in one place of the hub. In the file: {@code name}, or {@code name=value} where it takes one.
 */
public enum Quirk {
    /** The partner refuses or mishandles pages above this size: we ask it for smaller ones. */
    PAGE_LIMIT(Kind.PAGING, "a whole number from 1 to 1000", Values.wholeNumber(1, 1_000)::isValid);

    /** What a quirk changes; one place in the hub works all quirks of a kind. */
    public enum Kind {
        /** How we walk through a partner's lists. */
        PAGING
    }

    private final Kind kind;
    private final String hint;
    private final Predicate<String> form;

    /** A quirk that is on or off. */
    Quirk(Kind kind) {
        this(kind, null, null);
    }

    /** A quirk with a value. */
    Quirk(Kind kind, String hint, Predicate<String> form) {
        this.kind = kind;
        this.hint = hint;
        this.form = form;
    }

    public Kind kind() {
        return kind;
    }

    /** As written in partner files: PAGE_LIMIT is page-limit. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean takesValue() {
        return form != null;
    }

    /** What the value must be, for people. */
    String hint() {
        return hint;
    }

    boolean accepts(String value) {
        return form.test(value);
    }

    static Optional<Quirk> of(String id) {
        return Arrays.stream(values()).filter(quirk -> quirk.id().equals(id)).findFirst();
    }
}
