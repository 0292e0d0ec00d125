package org.roaminghub.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.modules.core.ModuleDefinition;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.modules.core.ObjectService;
import org.roaminghub.modules.locations.BackendLocation;
import org.roaminghub.modules.locations.Locations;
import org.roaminghub.modules.tariffs.TariffsReceiver;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.ocpi.schema.Fault;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.SchemaCheck;

/** Locations and Tariffs of a backend, in OCPI shape; EVSEs may say which charger they are (contracts §4). */
@Path("/backend/v1")
@Tag(name = "backend")
class BackendObjectsResource {
    private final BackendFilter.Backend backend;
    private final ObjectService objects;
    private final Locations locations;
    private final Jdbi jdbi;

    BackendObjectsResource(BackendFilter.Backend backend, ObjectService objects, Locations locations, Jdbi jdbi) {
        this.backend = backend;
        this.objects = objects;
        this.locations = locations;
        this.jdbi = jdbi;
    }

    @PUT
    @Path("locations/{id}")
    @Operation(summary = "A Location in OCPI 2.2.1 form; the ocpp member of an EVSE says which charger it is; 422 names every fault")
    public Response putLocation(@PathParam("id") String id, String text) {
        return answer(() -> {
            ObjectNode document = Refused.parse(text);
            List<Fault> faults = new ArrayList<>(BackendLocation.bindingFaults(document));
            BackendLocation location = BackendLocation.of(document);
            PartyId owner = check("Location", id, location.document(), faults);
            Change change = jdbi.inTransaction(transaction -> {
                Change stored = locations.put(transaction, owner, backend.config().partner(), location.document());
                locations.bind(transaction, backend.config().partner(), owner, location.document(), location.bindings());
                return stored;
            });
            // Bindings alone may be what a charger's events wait for, so the rooms above look again in any case.
            objects.committed(Locations.LOCATIONS, owner, id, change == Change.SAME ? Change.UPDATED : change);
            return change;
        });
    }

    @PUT
    @Path("tariffs/{id}")
    @Operation(summary = "A Tariff in OCPI 2.2.1 form; 422 names every fault")
    public Response putTariff(@PathParam("id") String id, String text) {
        return answer(() -> {
            ObjectNode document = Refused.parse(text);
            PartyId owner = check("Tariff", id, document, List.of());
            Change change = jdbi.inTransaction(transaction -> objects.write(transaction, TariffsReceiver.TARIFFS, owner, backend.config().partner(), text, document, false));
            objects.committed(TariffsReceiver.TARIFFS, owner, id, change);
            return change;
        });
    }

    @DELETE
    @Path("tariffs/{id}")
    @Operation(summary = "Withdraw a Tariff; sessions that began with it keep it")
    public Response deleteTariff(@PathParam("id") String id) {
        return answer(() -> remove(TariffsReceiver.TARIFFS, id));
    }

    private Change remove(ModuleDefinition definition, String id) {
        for (PartyId owner : backend.config().parties(Role.CPO)) {
            try {
                objects.remove(definition, owner, id);
                return Change.UPDATED;
            } catch (OcpiException absent) {
                // the next party of this backend may be the owner
                continue;
            }
        }
        throw new Refused(Problems.body(404, "Unknown", "no " + definition.module().id() + " object with this id"));
    }

    private PartyId check(String schemaClass, String id, ObjectNode document, List<Fault> known) {
        List<Fault> faults = new ArrayList<>(known);
        faults.addAll(SchemaCheck.check(schemaClass, document, Mode.FULL));
        if (!id.equalsIgnoreCase(document.path("id").asText())) {
            faults.add(new Fault("id", "the id of the URL", "another"));
        }
        List<PartyId> own = backend.config().parties(Role.CPO);
        String country = document.path("country_code").asText();
        String party = document.path("party_id").asText();
        boolean owns = PartyId.isValid(country, party) && own.contains(PartyId.of(country, party));
        if (!owns) {
            faults.add(new Fault("country_code", "one of the backend's own parties: " + own, country + "*" + party));
        }
        if (!faults.isEmpty()) {
            throw Refused.faulty(faults);
        }
        return PartyId.of(country, party);
    }

    private interface Work {
        Change run();
    }

    private static Response answer(Work work) {
        try {
            Change change = work.run();
            ObjectNode answer = JsonNodeFactory.instance.objectNode().put("changed", change == Change.CREATED || change == Change.UPDATED);
            ArrayNode warnings = answer.putArray("warnings");
            if (change == Change.STALE) {
                warnings.add("ignored: a version with a later last_updated is stored");
            }
            answer.putArray("lineage");
            return Response.ok(answer.toString(), MediaType.APPLICATION_JSON_TYPE).build();
        } catch (Refused e) {
            return Problems.response(e.problem());
        }
    }
}
