package org.roaminghub.modules.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.modules.locations.Locations;
import org.roaminghub.modules.locations.StationBinding;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/**
 * Says in the words of a backend what a command is about: charger, EVSE, connector, transaction. Here the hub answers for the CPO,
 * so what OCPI asks of one is judged here: unknown Locations and Sessions, Sessions of others (CMD-16, CMD-22, CMD-24).
 */
@ApplicationScoped
class BackendAddress {
    private final DocumentStore documents;
    private final Locations locations;
    private final SessionTransactions transactions;

    BackendAddress(DocumentStore documents, Locations locations, SessionTransactions transactions) {
        this.documents = documents;
        this.locations = locations;
        this.transactions = transactions;
    }

    /** The address, or the CPO's answer to a command that cannot be passed on. */
    record Resolved(ObjectNode address, CommandAnswer answer) {
        private static Resolved none(CommandAnswer answer) {
            return new Resolved(null, answer);
        }
    }

    Resolved resolve(CommandType type, JsonNode command, PartyId cpo, PartyId emsp) {
        if (type == CommandType.STOP_SESSION) {
            return session(command, cpo, emsp);
        }
        return type.atLocation() ? location(type, command, cpo) : new Resolved(JsonNodeFactory.instance.objectNode(), null);
    }

    private Resolved session(JsonNode command, PartyId cpo, PartyId emsp) {
        String id = command.path("session_id").asText();
        Optional<Document> session = documents.find(ModuleId.SESSIONS, cpo, Document.fold(id));
        if (session.isEmpty()) {
            return Resolved.none(CommandAnswer.refused("UNKNOWN_SESSION", "this CPO has no such session"));
        }
        if (!emsp.equals(session.get().recipient())) {
            return Resolved.none(CommandAnswer.refused("REJECTED", "the session is not yours"));
        }
        ObjectNode address = JsonNodeFactory.instance.objectNode();
        transactions.of(cpo, id).ifPresent(transaction -> {
            address.put("station", transaction.station()).put("evse_id", transaction.evseId());
            if (transaction.connectorId() != null) {
                address.put("connector_id", transaction.connectorId());
            }
            address.put("transaction_id", transaction.transactionId());
        });
        return new Resolved(address, null);
    }

    private Resolved location(CommandType type, JsonNode command, PartyId cpo) {
        String location = Document.fold(command.path("location_id").asText());
        if (documents.find(ModuleId.LOCATIONS, cpo, location).isEmpty()) {
            return Resolved.none(CommandAnswer.unknownLocation("this CPO has no such location"));
        }
        ObjectNode address = JsonNodeFactory.instance.objectNode();
        if (!command.path("evse_uid").isTextual()) {
            return new Resolved(address, null);
        }
        String evseUid = Document.fold(command.path("evse_uid").asText());
        Optional<JsonNode> evse = locations.evse(cpo, location, evseUid);
        if (evse.isEmpty()) {
            return Resolved.none(CommandAnswer.unknownLocation("this location has no such EVSE"));
        }
        boolean connectorNeeded = type == CommandType.START_SESSION && names(evse.get().path("capabilities"), "START_SESSION_CONNECTOR_REQUIRED");
        if (connectorNeeded && !command.path("connector_id").isTextual()) {
            return Resolved.none(CommandAnswer.refused("REJECTED", "this EVSE needs a connector_id"));
        }
        String connector = command.path("connector_id").asText(null);
        List<StationBinding> bindings = locations.bindings(cpo, location, evseUid);
        bindings.stream().filter(binding -> fits(binding, connector)).findFirst().or(() -> bindings.stream().findFirst()).ifPresent(binding -> {
            address.put("station", binding.station()).put("evse_id", binding.evseId());
            if (binding.connectorId() > 0) {
                address.put("connector_id", binding.connectorId());
            } else if (connector != null && connector.matches("[1-9]\\d{0,3}")) {
                address.put("connector_id", Integer.parseInt(connector));
            }
        });
        return new Resolved(address, null);
    }

    private static boolean fits(StationBinding binding, String connector) {
        return Integer.toString(binding.connectorId()).equals(connector);
    }

    private static boolean names(JsonNode list, String value) {
        for (JsonNode entry : list) {
            if (entry.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }
}
