package org.roaminghub.partners.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A named deviation from OCPI that a partner's file may switch on, off by default. Each belongs to one of a few general kinds,
 * and each kind is worked in one place of the hub. In the file: {@code name}, or {@code name=value} where it takes one; several
 * values are separated by semicolons. What each is good for stands in {@code docs/quirks.md}.
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
    ABSENT_AFTER(Kind.PAGING, "a whole number from 2 to 100", Values.wholeNumber(2, 100)::isValid),

    /** Numbers and truth values come as text. */
    IN_NUMBERS_AS_TEXT(Kind.DOCUMENTS_IN),
    /** Values of enums come in lower or mixed case. */
    IN_LOWER_CASE_ENUMS(Kind.DOCUMENTS_IN),
    /** The partner's own word for an enum value: OFFLINE:UNKNOWN. */
    IN_ENUM_ALIAS(Kind.DOCUMENTS_IN, "THEIRS:OURS", QuirkForms::pairs),
    /** Enum values that the tables lack and that are taken and passed on as they are: MCS. */
    IN_EXTRA_ENUMS(Kind.DOCUMENTS_IN, "enum values", QuirkForms::words),
    /** Texts longer than the tables allow: Location.postal_code:50. */
    IN_LONG_TEXTS(Kind.DOCUMENTS_IN, "Class.field:length of the tables of OCPI", QuirkForms::lengths),
    /** A text that stands for nothing, such as a hyphen: the field counts as absent, unless it is required and has no default. */
    IN_PLACEHOLDER(Kind.DOCUMENTS_IN, "texts", QuirkForms::words),
    /** A field under a name of the partner's own: Session.kwh_total:kwh. */
    IN_RENAME(Kind.DOCUMENTS_IN, "Class.theirs:ours, ours being of the tables of OCPI", QuirkForms::renames),
    /** Fields that are not worth keeping: Location.images. */
    IN_DROP(Kind.DOCUMENTS_IN, "Class.field", QuirkForms::anyFields),
    /** What a missing field is: Location.time_zone:Europe/Berlin. */
    IN_DEFAULT(Kind.DOCUMENTS_IN, "Class.field:value of the tables of OCPI, objects and lists as JSON", QuirkForms::fieldValues),
    /** last_updated is missing in objects or PATCHes: it is the time of receipt. */
    IN_NO_LAST_UPDATED(Kind.DOCUMENTS_IN),
    /** last_updated moves although nothing else changed: such a change is none. */
    IN_BUMPED_TIMES(Kind.DOCUMENTS_IN),

    /** What the partner demands although the tables do not. */
    OUT_DEFAULT(Kind.DOCUMENTS_OUT, "Class.field:value of the tables of OCPI, objects and lists as JSON", QuirkForms::fieldValues),
    /** Fields on which the partner chokes. */
    OUT_DROP(Kind.DOCUMENTS_OUT, "Class.field", QuirkForms::anyFields),
    /** A value the partner does not know, and the one it gets instead: ALWAYS:ALLOWED_OFFLINE. */
    OUT_ENUM_ALIAS(Kind.DOCUMENTS_OUT, "OURS:THEIRS", QuirkForms::pairs),
    /** The only values of a list that the partner takes, separated by commas: EVSE.capabilities:RFID_READER,RESERVABLE. */
    OUT_ALLOW(Kind.DOCUMENTS_OUT, "Class.field:VALUE,VALUE of the tables of OCPI", QuirkForms::fieldTexts),
    /** The one form of times that the partner reads. */
    OUT_TIMES(Kind.DOCUMENTS_OUT, "seconds, millis or offset", value -> QuirkForms.oneOf(value, "seconds", "millis", "offset")),
    /** RFID uids in upper case, the only form the partner takes. */
    OUT_UPPER_CASE_UIDS(Kind.DOCUMENTS_OUT),
    /** Objects the partner does not get: Location.publish:false. */
    OUT_WITHHOLD(Kind.DOCUMENTS_OUT, "Class.field:value of the tables of OCPI", QuirkForms::fieldTexts),

    /** Modules whose PATCH the partner does not take, or takes and forgets: always PUT. */
    PUT_ONLY(Kind.METHODS, "module ids", QuirkForms::modules),
    /** Modules whose DELETE the partner does not take: nothing is sent. */
    NO_DELETE(Kind.METHODS, "module ids", QuirkForms::modules),

    /** What a status code means at this partner: 2000:credentials-refused or http-409:accepted. */
    ANSWER_MEANS(Kind.ANSWERS, "CODE:meaning or http-CODE:meaning, the meaning being accepted, not-known, object-refused, partner-fails, wait or credentials-refused",
            QuirkForms::meanings),
    /** Answers have no envelope: the HTTP status alone counts. */
    ANSWER_WITHOUT_ENVELOPE(Kind.ANSWERS),

    /** The partner serves its URLs only with a slash at their end. */
    TRAILING_SLASH(Kind.REQUESTS),
    /** Requests name this party as their receiver, whoever they are for: FR*107. */
    ROUTING_TO(Kind.REQUESTS, "a party such as FR*107", QuirkForms::party),

    /** The version number under which the partner lists what is 2.2.1. */
    VERSION_ALIAS(Kind.HANDSHAKE, "a version number such as 2.2", value -> value.matches("\\d(\\.\\d){1,2}")),
    /** Roles of the partner's endpoints are missing or wrong: they follow from the partner's own roles. */
    ENDPOINT_ROLES(Kind.HANDSHAKE),
    /** The roles in the partner's credentials say nothing: those of the file count. */
    CREDENTIALS_ROLES(Kind.HANDSHAKE),
    /** The partner has no PUT of credentials: new tokens are agreed on by DELETE and POST. */
    NO_PUT_CREDENTIALS(Kind.HANDSHAKE);

    /** What a quirk changes; one place in the hub works all quirks of a kind. */
    public enum Kind {
        /** How we pull a partner's lists: page by page, how often, and what absence means. */
        PAGING,
        /** What a partner sends, before it is judged: {@code modules.core.rules}. */
        DOCUMENTS_IN,
        /** What a partner gets, by push and by pull: {@code modules.core.rules}. */
        DOCUMENTS_OUT,
        /** Which methods we use: {@code delivery.LaneSender}. */
        METHODS,
        /** What a partner's answer means: {@code exchange.AnswerReading}. */
        ANSWERS,
        /** How a request is addressed: {@code partners.PartnerLink} and {@code exchange.PartnerClient}. */
        REQUESTS,
        /** How a registration goes: {@code modules.credentials}. */
        HANDSHAKE
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
