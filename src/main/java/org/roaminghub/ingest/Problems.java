package org.roaminghub.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;

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

    static Response response(ObjectNode problem) {
        Response.ResponseBuilder response = Response.status(problem.path("status").asInt()).type("application/problem+json").entity(problem.toString());
        return problem.path("status").asInt() == 503 ? response.header("Retry-After", 2).build() : response.build();
    }
}
