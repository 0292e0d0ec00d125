package org.roaminghub.modules.locations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.modules.core.Caller;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.InboundBody;
import org.roaminghub.modules.core.ObjectService;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.Receiver;
import org.roaminghub.modules.core.ReceiverSupport;
import org.roaminghub.modules.locations.Locations.Part;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.schema.Mode;

/** Locations pushed by CPO platforms, on three levels (LOC-14). */
@Path(OcpiUrls.RECEIVER + "locations/{country_code}/{party_id}/{location_id}")
class LocationsReceiver {
    private final Locations locations;
    private final LocationStore store;
    private final ObjectService objects;
    private final OcpiRequest request;
    private final InboundBody bodies;
    private final ReceiverSupport support;
    private final Jdbi jdbi;

    LocationsReceiver(Locations locations, LocationStore store, ObjectService objects, OcpiRequest request, InboundBody bodies, ReceiverSupport support, Jdbi jdbi) {
        this.locations = locations;
        this.store = store;
        this.objects = objects;
        this.request = request;
        this.bodies = bodies;
        this.support = support;
        this.jdbi = jdbi;
    }

    @GET
    public Response location(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("location_id") String location) {
        return support.data(whole(part(country, party, location, null, null)).text());
    }

    @GET
    @Path("{evse_uid}")
    public Response evse(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("location_id") String location,
            @PathParam("evse_uid") String evse) {
        return support.data(LocationsSender.evse(whole(part(country, party, location, evse, null)), evse).toString());
    }

    @GET
    @Path("{evse_uid}/{connector_id}")
    public Response connector(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("location_id") String location,
            @PathParam("evse_uid") String evse, @PathParam("connector_id") String connector) {
        return support.data(LocationsSender.connector(whole(part(country, party, location, evse, connector)), evse, connector).toString());
    }

    @PUT
    public Response put(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("location_id") String location, byte[] text) {
        Part part = own(country, party, location, null, null);
        ObjectNode body = readWhole("Location", text);
        mustNameLocation(body, part);
        if (bodies.isUnchanged("Location", () -> storedLocation(part), before -> body, request.caller().config())) {
            return support.answer(Change.SAME);
        }
        return store(part, transaction -> locations.put(transaction, part.owner(), request.caller().partner(), body));
    }

    @PUT
    @Path("{evse_uid}")
    public Response putEvse(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("location_id") String location,
            @PathParam("evse_uid") String evse, byte[] text) {
        Part part = own(country, party, location, evse, null);
        ObjectNode body = readWhole("EVSE", text);
        mustName(body, "uid", evse);
        if (bodies.isUnchanged("EVSE", () -> storedEvse(part), before -> body, request.caller().config())) {
            return support.answer(Change.SAME);
        }
        return store(part, transaction -> locations.putEvse(transaction, part, body));
    }

    @PUT
    @Path("{evse_uid}/{connector_id}")
    public Response putConnector(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("location_id") String location,
            @PathParam("evse_uid") String evse, @PathParam("connector_id") String connector, byte[] text) {
        Part part = own(country, party, location, evse, connector);
        ObjectNode body = readWhole("Connector", text);
        mustName(body, "id", connector);
        return store(part, transaction -> locations.putConnector(transaction, part, body));
    }

    @PATCH
    public Response patch(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("location_id") String location, byte[] text) {
        Part part = own(country, party, location, null, null);
        ObjectNode body = readPatch("Location", text);
        return store(part, transaction -> locations.patch(transaction, part, request.caller().partner(), body, merged -> {
            mustNameLocation(merged, part);
            mustBeWhole("Location", merged);
        }));
    }

    @PATCH
    @Path("{evse_uid}")
    public Response patchEvse(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("location_id") String location,
            @PathParam("evse_uid") String evse, byte[] text) {
        Part part = own(country, party, location, evse, null);
        ObjectNode body = readPatch("EVSE", text);
        if (bodies.isUnchanged("EVSE", () -> storedEvse(part), before -> LocationParts.mergeEvse(before, body.deepCopy()), request.caller().config())) {
            return support.answer(Change.SAME);
        }
        return store(part, transaction -> locations.patchEvse(transaction, part, body, merged -> {
            mustName(merged, "uid", evse);
            mustBeWhole("EVSE", merged);
        }));
    }

    @PATCH
    @Path("{evse_uid}/{connector_id}")
    public Response patchConnector(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("location_id") String location,
            @PathParam("evse_uid") String evse, @PathParam("connector_id") String connector, byte[] text) {
        Part part = own(country, party, location, evse, connector);
        ObjectNode body = readPatch("Connector", text);
        return store(part, transaction -> locations.patchConnector(transaction, part, body, merged -> {
            mustName(merged, "id", connector);
            mustBeWhole("Connector", merged);
        }));
    }

    private Optional<ObjectNode> storedLocation(Part part) {
        return Optional.ofNullable(store.whole(part.owner(), List.of(part.key())).get(part.key())).map(whole -> bodies.parse(whole.text()));
    }

    private Optional<ObjectNode> storedEvse(Part part) {
        return store.evse(part.owner(), part.key(), Document.fold(part.evse())).map(EvseRow::body);
    }

    private static Part part(String country, String party, String location, String evse, String connector) {
        return new Part(Receiver.owner(country, party, Locations.LOCATIONS), location, evse, connector);
    }

    /** A part of the caller's own; parts of others are answered as absent before anything is read (TRANS-27). */
    private Part own(String country, String party, String location, String evse, String connector) {
        Part part = part(country, party, location, evse, connector);
        request.caller().mustOwn(part.owner(), Locations.LOCATIONS);
        return part;
    }

    private ObjectNode readWhole(String schemaClass, byte[] text) {
        ObjectNode body = read(schemaClass, text, Mode.FULL);
        // Also where faults are tolerated: without a time nothing can be ordered.
        bodies.lastUpdated(body);
        return body;
    }

    private ObjectNode read(String schemaClass, byte[] text, Mode mode) {
        Caller caller = request.caller();
        ObjectNode body = bodies.read(schemaClass, request.keepBody(text), mode, caller.config()).body();
        bodies.check(schemaClass, body, mode, caller.config());
        return body;
    }

    private ObjectNode readPatch(String schemaClass, byte[] text) {
        ObjectNode body = read(schemaClass, text, Mode.PATCH);
        bodies.lastUpdated(body);
        return body;
    }

    /** What a PATCH adds may be a part of something; what is stored and passed on must be whole. */
    private void mustBeWhole(String schemaClass, ObjectNode merged) {
        bodies.check(schemaClass, merged, Mode.FULL, request.caller().config());
    }

    private static void mustNameLocation(JsonNode body, Part part) {
        if (!part.owner().countryCode().equalsIgnoreCase(body.path("country_code").asText()) || !part.owner().partyId().equalsIgnoreCase(body.path("party_id").asText())) {
            throw OcpiException.invalid("country_code, party_id: expected " + part.owner() + " as in the URL, found something else");
        }
        mustName(body, "id", part.location());
    }

    private static void mustName(JsonNode body, String field, String expected) {
        if (!expected.equalsIgnoreCase(body.path(field).asText())) {
            throw OcpiException.invalid(field + ": expected the one of the URL, found another");
        }
    }

    private Response store(Part part, org.jdbi.v3.core.HandleCallback<Change, RuntimeException> work) {
        Change change = jdbi.inTransaction((Handle transaction) -> work.withHandle(transaction));
        objects.committed(Locations.LOCATIONS, part.owner(), part.location(), change);
        return support.answer(change);
    }

    private LocationStore.Whole whole(Part part) {
        objects.get(Locations.LOCATIONS, request.caller(), part.owner(), part.location());
        Map<String, LocationStore.Whole> found = store.whole(part.owner(), List.of(part.key()));
        LocationStore.Whole whole = found.get(part.key());
        if (whole == null) {
            throw OcpiException.absent(ModuleId.LOCATIONS);
        }
        return whole;
    }
}
