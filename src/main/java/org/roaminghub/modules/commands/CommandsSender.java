package org.roaminghub.modules.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.roaminghub.modules.core.InboundBody;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.ReceiverSupport;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.schema.Mode;

/** Where CPO platforms post the results of commands: the response_url they were given (CMD-03). */
@Path(OcpiUrls.SENDER + "commands")
class CommandsSender {
    private final Commands commands;
    private final OcpiRequest request;
    private final InboundBody bodies;
    private final ReceiverSupport answers;

    CommandsSender(Commands commands, OcpiRequest request, InboundBody bodies, ReceiverSupport answers) {
        this.commands = commands;
        this.request = request;
        this.bodies = bodies;
        this.answers = answers;
    }

    /** The body is the bare CommandResult; some wrap it into the envelope (CMD-28, A-60). */
    @POST
    @Path("{command}/{id}")
    public Response result(@PathParam("command") String command, @PathParam("id") String id, byte[] body) {
        ObjectNode sent = bodies.parse(request.keepBody(body));
        JsonNode result = sent.path("data").isObject() && sent.has("status_code") ? sent.path("data") : sent;
        bodies.check("CommandResult", result, Mode.FULL, request.caller().validation(), request.caller().partner());
        if (!commands.result(id, request.caller().parties(true), result)) {
            throw OcpiException.absent(ModuleId.COMMANDS);
        }
        return answers.answer(Change.UPDATED);
    }
}
