package org.roaminghub.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Every error under {@code /api} leaves as a problem document, also those that the framework or another room answered. */
class ApiErrors {
    private static final String API = "/api/";
    private static final MediaType PROBLEM = MediaType.valueOf("application/problem+json");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");
    private static final Map<Integer, String> ADVICE = Map.of(
            401, "log in with HTTP Basic as a local user; an admin creates users with POST /api/v1/users",
            403, "your role may not do this: ops acts on partners, lanes, CDRs and alerts, finance exports, admin manages users",
            404, "there is nothing at this address; /q/openapi lists what there is",
            405, "this address has other methods; see /q/openapi",
            415, "send application/json",
            500, "fault of the hub, its log has the details",
            503, "the database is away; try again in a moment");

    @ServerExceptionMapper
    Response problem(ApiProblem problem) {
        ObjectNode body = body(problem.status(), problem.title(), problem.getMessage());
        if (problem.field() != null) {
            body.put("field", problem.field());
        }
        return Response.status(problem.status()).type(PROBLEM).entity(body.toString()).build();
    }

    /** Browsers send remembered Basic credentials with every request, so a foreign page must not be able to make one. */
    @ServerRequestFilter
    Optional<Response> ownPagesOnly(ContainerRequestContext context) {
        String site = context.getHeaderString("Sec-Fetch-Site");
        boolean foreign = site != null && !OWN_PAGES.contains(site);
        if (!isApi(context) || READING.contains(context.getMethod()) || !foreign) {
            return Optional.empty();
        }
        return Optional.of(Response.status(403).type(PROBLEM).entity(body(403, "Foreign page", "this request came from a page of another site").toString()).build());
    }

    @ServerResponseFilter
    void asProblem(ContainerRequestContext context, ContainerResponseContext response) {
        if (!isApi(context)) {
            return;
        }
        response.getHeaders().putSingle("Cache-Control", "no-store");
        int status = response.getStatus();
        if (status < 400 || PROBLEM.isCompatible(response.getMediaType())) {
            return;
        }
        String title = Response.Status.fromStatusCode(status) == null ? "Error" : Response.Status.fromStatusCode(status).getReasonPhrase();
        response.setEntity(body(status, title, ADVICE.getOrDefault(status, title)).toString(), null, PROBLEM);
    }

    private static ObjectNode body(int status, String title, String detail) {
        return JsonNodeFactory.instance.objectNode().put("type", "about:blank").put("title", title).put("status", status).put("detail", detail);
    }

    private static boolean isApi(ContainerRequestContext context) {
        return context.getUriInfo().getPath().startsWith(API);
    }
}
