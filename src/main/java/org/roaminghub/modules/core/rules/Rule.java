package org.roaminghub.modules.core.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.roaminghub.ocpi.schema.Mode;

/** One rule on one object of a document. */
@FunctionalInterface
interface Rule {
    /** Changes the object where the rule says so. @return whether anything changed */
    boolean apply(String className, ObjectNode object, Context context);

    /**
     * What a rule may want to know besides the object.
     *
     * @param mode whether the document is whole; what a PATCH does not carry is not missing
     * @param root the whole document
     * @param at   when it was received, or is sent
     */
    record Context(Mode mode, ObjectNode root, Instant at) {
        boolean isWhole() {
            return mode == Mode.FULL;
        }
    }
}
