package org.roaminghub.modules.core.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.roaminghub.ocpi.schema.DocumentWalk;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.partners.config.Quirk;
import org.roaminghub.partners.config.Quirks;
import org.roaminghub.partners.config.Quirks.Pair;

/**
 * The rules that a partner's quirks come to. Corrections change the document, in the order given here; tolerances change only the
 * copy that is held against the tables, so that what is tolerated is kept as it came (design D1, D2).
 */
public final class DocumentRules {
    private DocumentRules() {
    }

    /** Corrects what a partner sent. @return the quirks that changed the document; none means it is as it came */
    public static Set<Quirk> received(Quirks quirks, String className, ObjectNode document, Mode mode, Instant at) {
        if (!quirks.has(Quirk.Kind.DOCUMENTS_IN)) {
            return Set.of();
        }
        // A field first gets its name, then its value: what comes later sees what came before.
        Map<Quirk, Rule> rules = new LinkedHashMap<>();
        add(quirks, Quirk.IN_RENAME, Rules.rename(quirks.pairs(Quirk.IN_RENAME)), rules);
        add(quirks, Quirk.IN_DROP, Rules.drop(quirks.list(Quirk.IN_DROP)), rules);
        add(quirks, Quirk.IN_PLACEHOLDER, Rules.placeholders(quirks.list(Quirk.IN_PLACEHOLDER), quirks.pairs(Quirk.IN_DEFAULT)), rules);
        add(quirks, Quirk.IN_NUMBERS_AS_TEXT, Rules.textsToValues(), rules);
        add(quirks, Quirk.IN_ENUM_ALIAS, Rules.enumAliases(quirks.pairs(Quirk.IN_ENUM_ALIAS)), rules);
        add(quirks, Quirk.IN_LOWER_CASE_ENUMS, Rules.upperCaseEnums(), rules);
        add(quirks, Quirk.IN_DEFAULT, Rules.defaults(quirks.pairs(Quirk.IN_DEFAULT)), rules);
        add(quirks, Quirk.IN_NO_LAST_UPDATED, Rules.lastUpdated(), rules);
        return apply(rules, className, document, mode, at);
    }

    /** What is held against the tables: the document itself, or a copy without what is tolerated. */
    public static JsonNode judged(Quirks quirks, String className, JsonNode document) {
        boolean tolerant = quirks.has(Quirk.IN_EXTRA_ENUMS) || quirks.has(Quirk.IN_LONG_TEXTS);
        if (!tolerant || !(document instanceof ObjectNode object)) {
            return document;
        }
        ObjectNode copy = object.deepCopy();
        Rule.Context context = new Rule.Context(Mode.FULL, copy, Instant.EPOCH);
        Rule extra = Rules.extraEnums(quirks.list(Quirk.IN_EXTRA_ENUMS));
        Rule texts = Rules.longTexts(quirks.pairs(Quirk.IN_LONG_TEXTS));
        DocumentWalk.walk(className, copy, (name, part) -> {
            extra.apply(name, part, context);
            texts.apply(name, part, context);
        });
        return copy;
    }

    /** Whether two versions of an object differ in nothing but their times of change. */
    public static boolean sameButForTimes(String className, ObjectNode stored, ObjectNode fresh) {
        return withoutTimes(className, stored).equals(withoutTimes(className, fresh));
    }

    private static ObjectNode withoutTimes(String className, ObjectNode document) {
        ObjectNode copy = document.deepCopy();
        DocumentWalk.walk(className, copy, (name, part) -> part.remove("last_updated"));
        return copy;
    }

    /** Makes a document what this partner can read. @return the quirks that changed it */
    public static Set<Quirk> sent(Quirks quirks, String className, ObjectNode document, Mode mode) {
        if (!quirks.has(Quirk.Kind.DOCUMENTS_OUT)) {
            return Set.of();
        }
        Map<Quirk, Rule> rules = new LinkedHashMap<>();
        add(quirks, Quirk.OUT_ENUM_ALIAS, Rules.enumAliases(quirks.pairs(Quirk.OUT_ENUM_ALIAS)), rules);
        add(quirks, Quirk.OUT_ALLOW, Rules.allow(quirks.pairs(Quirk.OUT_ALLOW)), rules);
        add(quirks, Quirk.OUT_DROP, Rules.drop(quirks.list(Quirk.OUT_DROP)), rules);
        add(quirks, Quirk.OUT_DEFAULT, Rules.defaults(quirks.pairs(Quirk.OUT_DEFAULT)), rules);
        add(quirks, Quirk.OUT_UPPER_CASE_UIDS, Rules.upperCaseUids(), rules);
        add(quirks, Quirk.OUT_TIMES, Rules.times(quirks.value(Quirk.OUT_TIMES).orElse("")), rules);
        return apply(rules, className, document, mode, Instant.EPOCH);
    }

    /** Whether the partner is not to get this document. */
    public static boolean withheld(Quirks quirks, String className, JsonNode document) {
        for (Pair rule : quirks.pairs(Quirk.OUT_WITHHOLD)) {
            int dot = rule.left().indexOf('.');
            JsonNode value = document.path(rule.left().substring(dot + 1));
            if (rule.left().substring(0, dot).equals(className) && value.isValueNode() && value.asText().equals(rule.right())) {
                return true;
            }
        }
        return false;
    }

    private static void add(Quirks quirks, Quirk quirk, Rule rule, Map<Quirk, Rule> rules) {
        if (quirks.has(quirk)) {
            rules.put(quirk, rule);
        }
    }

    private static Set<Quirk> apply(Map<Quirk, Rule> rules, String className, ObjectNode document, Mode mode, Instant at) {
        Set<Quirk> applied = EnumSet.noneOf(Quirk.class);
        Rule.Context context = new Rule.Context(mode, document, at);
        DocumentWalk.walk(className, document, (name, part) -> rules.forEach((quirk, rule) -> {
            if (rule.apply(name, part, context)) {
                applied.add(quirk);
            }
        }));
        return applied;
    }
}
