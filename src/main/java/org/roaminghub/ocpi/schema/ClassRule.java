package org.roaminghub.ocpi.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What holds between the fields of one object, wherever in a document it stands. A rule looks only at what is there and of the
 * right type: what is missing or misshapen is the schema's fault to report.
 */
@FunctionalInterface
interface ClassRule {

    /**
     * Adds a fault for whatever breaks the rule.
     *
     * @param at where the object stands
     */
    void check(JsonNode object, At at, Mode mode, List<Fault> faults);

    /** A place in a document. @param path of the object, empty for the document itself */
    record At(String path) {

        /** The path of the object, as a fault names it. */
        String self() {
            return path.isEmpty() ? Fault.DOCUMENT : path;
        }

        /** The path of something in the object: {@code id}, {@code connectors[1].id}. */
        String of(String below) {
            return path.isEmpty() ? below : path + "." + below;
        }
    }
}
