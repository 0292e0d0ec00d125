package org.roaminghub.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.roaminghub.ocpi.schema.DuplicateKey;
import org.roaminghub.ocpi.schema.Fault;
import org.roaminghub.ocpi.schema.NotJson;
import org.roaminghub.ocpi.schema.StrictJson;

/** A backend's request that cannot be served, with the problem to answer. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ObjectNode problem;

    Refused(ObjectNode problem) {
        super(problem.path("detail").asText(), null, false, false);
        this.problem = problem;
    }

    ObjectNode problem() {
        return problem;
    }

    /** 422 with every fault by field path. */
    static Refused faulty(List<Fault> faults) {
        return new Refused(Problems.faulty("Faulty document", faults));
    }

    /** A body that must be one JSON object. */
    static ObjectNode parse(String text) {
        try {
            if (StrictJson.parse(text == null ? "" : text) instanceof ObjectNode document) {
                return document;
            }
            throw new Refused(Problems.body(400, "Not an object", "a JSON object is expected"));
        } catch (NotJson e) {
            throw new Refused(Problems.body(400, "Not JSON", e.getMessage()));
        } catch (DuplicateKey e) {
            throw faulty(List.of(e.fault()));
        }
    }
}
