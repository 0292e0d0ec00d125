package org.roaminghub.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.roaminghub.ocpi.schema.Fault;

/** Errors of the backend API as problem details (RFC 9457). */
final class Problems {
    private Problems() {
    }

    static Response problem(int status, String title, String detail) {
        return response(body(status, title, detail));
    }

    static ObjectNode body(int status, String title, String detail) {
        return JsonNodeFactory.instance.objectNode().put("type", "about:blank").put("title", title).put("status", status).put("detail", detail);
    }

    /** 422 with every fault by field path. */
    static ObjectNode faulty(String title, List<Fault> faults) {
        ObjectNode problem = body(422, title, faults.size() + " faults; nothing was stored");
        ArrayNode list = problem.putArray("faults");
        faults.forEach(fault -> list.addObject().put("path", fault.path()).put("expected", fault.expected()).put("found", fault.found()));
        return problem;
    }

    static Response response(ObjectNode problem) {
        Response.ResponseBuilder response = Response.status(problem.path("status").asInt()).type("application/problem+json").entity(problem.toString());
        return problem.path("status").asInt() == 503 ? response.header("Retry-After", 2).build() : response.build();
    }
}
