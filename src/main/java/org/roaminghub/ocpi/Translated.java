package org.roaminghub.ocpi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What became of a document in another version. */
public sealed interface Translated {

    /**
     * It can be told there.
     *
     * @param lost     paths of fields, list entries and values of the original that are not as they were
     * @param added    paths of fields that the original did not have
     * @param alarming those of {@code lost} that somebody will miss, with the reason, for people
     */
    record Carried(ObjectNode document, List<String> lost, List<String> added, List<String> alarming) implements Translated {

        /** A document that says the same in both versions. */
        public static Carried unchanged(ObjectNode document) {
            return new Carried(document, List.of(), List.of(), List.of());
        }

        public boolean isChanged() {
            return !lost.isEmpty() || !added.isEmpty();
        }
    }

    /** It has a field that the other version needs and cannot get: the whole document is held back. */
    record Withheld(String reason) implements Translated {
    }
}
