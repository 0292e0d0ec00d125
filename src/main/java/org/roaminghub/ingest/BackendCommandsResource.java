package org.roaminghub.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashSet;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.roaminghub.modules.commands.Commands;
import org.roaminghub.ocpi.Role;
import org.roaminghub.ocpi.schema.DuplicateKey;
import org.roaminghub.ocpi.schema.Fault;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.NotJson;
import org.roaminghub.ocpi.schema.SchemaCheck;
import org.roaminghub.ocpi.schema.StrictJson;

/** Results of commands that the hub posted to a backend's commands_url (contracts §4). */
@Path("/backend/v1/commands")
@Tag(name = "backend")
class BackendCommandsResource {
    private final BackendFilter.Backend backend;
    private final Commands commands;

    BackendCommandsResource(BackendFilter.Backend backend, Commands commands) {
        this.backend = backend;
        this.commands = commands;
    }

    /** The body is an OCPI CommandResult: {@code result}, and {@code message} if there is one. A text is taken as the message's. */
    @POST
    @Path("{id}/result")
    @Operation(summary = "How a command that came to commands_url ended: an OCPI CommandResult")
    public Response result(@PathParam("id") String id, String text) {
        try {
            JsonNode result = StrictJson.parse(text == null ? "" : text);
            if (result instanceof ObjectNode object && object.path("message").isTextual()) {
                ObjectNode message = object.objectNode().put("language", "en").put("text", object.path("message").asText());
                object.putArray("message").add(message);
            }
            List<Fault> faults = SchemaCheck.check("CommandResult", result, Mode.FULL);
            if (!faults.isEmpty()) {
                return Problems.response(Problems.faulty("Faulty result", faults));
            }
            if (!commands.result(id, new LinkedHashSet<>(backend.config().parties(Role.CPO)), result)) {
                return Problems.problem(404, "Unknown", "no command with this id was sent to this backend");
            }
            return Response.ok("{\"accepted\":true}", MediaType.APPLICATION_JSON_TYPE).build();
        } catch (NotJson e) {
            return Problems.problem(400, "Not JSON", e.getMessage());
        } catch (DuplicateKey e) {
            return Problems.response(Problems.faulty("Faulty result", List.of(e.fault())));
        }
    }
}
