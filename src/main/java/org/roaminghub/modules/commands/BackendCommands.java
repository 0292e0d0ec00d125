package org.roaminghub.modules.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.roaminghub.exchange.Outcome;
import org.roaminghub.exchange.PartnerCall;
import org.roaminghub.exchange.PartnerClient;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.NotJson;
import org.roaminghub.ocpi.schema.SchemaCheck;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.platform.HubSignature;

/** Commands to a CPO backend without OCPI: posted to its {@code commands_url}, signed with its token (contracts §4). */
@ApplicationScoped
class BackendCommands {
    private final PartnerClient client;
    private final ReservationNumbers reservations;

    BackendCommands(PartnerClient client, ReservationNumbers reservations) {
        this.client = client;
        this.reservations = reservations;
    }

    /**
     * Sends a command.
     *
     * @param id      under which the backend reports the result
     * @param address charger, EVSE, connector, transaction
     * @return the backend's CommandResponse; fails with an {@link OcpiException} 4000 to 4003 when there is none
     */
    CompletionStage<ObjectNode> send(PartnerConfig backend, String id, CommandType type, ObjectNode command, PartyId cpo, PartyId emsp, ObjectNode address, String correlationId) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("id", id).put("command", type.name()).put("emsp", emsp.toString());
        ObjectNode request = command.deepCopy();
        request.remove("response_url");
        body.set("request", request);
        body.setAll(address);
        if (type == CommandType.RESERVE_NOW || type == CommandType.CANCEL_RESERVATION) {
            body.put("reservation_number", reservations.of(cpo, emsp, type.object(command)));
        }
        String text = body.toString();
        PartnerCall call = new PartnerCall(backend.partner(), ModuleId.COMMANDS, "POST", backend.backend().orElseThrow().commandsUrl().orElseThrow(),
                Map.of(HubSignature.HEADER, HubSignature.of(backend.backend().get().token().value(), text)), text, cpo + "/" + type.object(command), correlationId, 1,
                backend.delivery().timeout(), PartnerCall.Answer.PLAIN);
        return client.send(call).thenApply(outcome -> response(outcome, cpo));
    }

    private static ObjectNode response(Outcome outcome, PartyId cpo) {
        if (outcome instanceof Outcome.NotSent) {
            throw new OcpiException(OcpiStatus.RECEIVER_NOT_CONNECTED, 200, cpo + " cannot be reached at the moment");
        }
        if (outcome instanceof Outcome.Unknown) {
            throw new OcpiException(OcpiStatus.FORWARD_TIMED_OUT, 200, cpo + " was asked and gave no complete answer in time");
        }
        Outcome.Answered answered = (Outcome.Answered) outcome;
        if (answered.httpStatus() >= 200 && answered.httpStatus() < 300) {
            try {
                JsonNode node = StrictJson.parse(answered.body());
                if (SchemaCheck.check("CommandResponse", node, Mode.FULL).isEmpty()) {
                    return (ObjectNode) node;
                }
            } catch (NotJson e) {
                throw new OcpiException(OcpiStatus.HUB_ERROR, 200, cpo + " answered something that is not JSON");
            }
        }
        throw new OcpiException(OcpiStatus.HUB_ERROR, 200, cpo + " answered HTTP " + answered.httpStatus() + " and no CommandResponse");
    }
}
