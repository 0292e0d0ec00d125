package org.roaminghub.modules.commands;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.modules.core.SessionsById;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.Partners;
import org.roaminghub.routing.Callbacks;

/** Finds the CPO of a command that names none: by its Location, its Session or its reservation (open routing). */
@ApplicationScoped
class CommandRoute {
    private final DocumentStore documents;
    private final SessionsById sessions;
    private final Partners partners;
    private final Callbacks callbacks;

    CommandRoute(DocumentStore documents, SessionsById sessions, Partners partners, Callbacks callbacks) {
        this.documents = documents;
        this.sessions = sessions;
        this.partners = partners;
        this.callbacks = callbacks;
    }

    /** The CPO, or the answer where there is none to ask. */
    record Found(PartyId cpo, CommandAnswer answer) {
        private static Found none(CommandAnswer answer) {
            return new Found(null, answer);
        }
    }

    /** @throws OcpiException 2002 when several CPOs could be meant */
    Found find(CommandType type, JsonNode command, PartyId emsp) {
        if (type == CommandType.CANCEL_RESERVATION) {
            Optional<PartyId> cpo = callbacks.newest(ModuleId.COMMANDS, CommandType.RESERVE_NOW.name(), type.object(command), Optional.of(emsp), Optional.empty())
                    .map(Callbacks.Known::executor);
            return cpo.map(party -> new Found(party, null)).orElseGet(() -> Found.none(CommandAnswer.refused("REJECTED", "no reservation with this id was made through this hub")));
        }
        Set<PartyId> cpos = partners.agreements().cposOf(emsp);
        if (!type.atLocation()) {
            return sessions.find(command.path("session_id").asText(), session -> cpos.contains(session.owner())).map(session -> new Found(session.owner(), null))
                    .orElseGet(() -> Found.none(CommandAnswer.refused("UNKNOWN_SESSION", "no CPO you have an agreement with has this session")));
        }
        List<Document> found = documents.findByKey(ModuleId.LOCATIONS, Document.fold(command.path("location_id").asText())).stream()
                .filter(document -> cpos.contains(document.owner())).toList();
        if (found.size() > 1) {
            throw new OcpiException(OcpiStatus.NOT_ENOUGH_INFORMATION, 200, "several CPOs have a Location with this id; name the one you mean by the OCPI-to headers");
        }
        if (found.isEmpty()) {
            return Found.none(CommandAnswer.unknownLocation("no CPO you have an agreement with has this location"));
        }
        return new Found(found.get(0).owner(), null);
    }
}
