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
    PAGE_LIMIT(Kind.PAGING, "a whole number from 1 to 1000", Values.wholeNumber(1, 1_000)::isValid),
    /** Link is missing, empty or wrong: we count offsets until a page is short. */
    IGNORE_LINK(Kind.PAGING),
    /** X-Total-Count is not the number of all objects, but for instance that of the page. */
    IGNORE_TOTAL_COUNT(Kind.PAGING),
    /** Next links are opaque and good once: no address is made of offsets, and a failed page means to begin again. */
    LINK_ONLY(Kind.PAGING),
    /** One object that the partner cannot write makes its whole page fail: we ask for smaller pages around it and go past it. */
    BISECT_PAGES(Kind.PAGING),
    /** Shortest time between the beginnings of two pulls of a list. */
    PULL_INTERVAL(Kind.PAGING, Values.DAYS_HINT, Values.DAYS::isValid),
    /** How often we pull what changed, in place of HUB_PULL_DELTA. */
    PULL_DELTA(Kind.PAGING, Values.DAYS_HINT, Values.DAYS::isValid),
    /** How often we pull everything, in place of HUB_PULL_FULL. */
    PULL_FULL(Kind.PAGING, Values.DAYS_HINT, Values.DAYS::isValid),
    /** Objects that are in no page any more are shown to operators and stay as they are. */
    KEEP_ABSENT(Kind.PAGING),
    /** How many complete pulls in a row must miss an object before we take it as removed; 2 otherwise. */
    ABSENT_AFTER(Kind.PAGING, "a whole number from 2 to 100", Values.wholeNumber(2, 100)::isValid);

    /** What a quirk changes; one place in the hub works all quirks of a kind. */
    public enum Kind {
        /** How we pull a partner's lists: page by page, how often, and what absence means. */
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
