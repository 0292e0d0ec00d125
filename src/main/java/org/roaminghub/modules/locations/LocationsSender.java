package org.roaminghub.modules.locations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Objects;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.ReceiverSupport;
import org.roaminghub.modules.core.SenderPages;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.schema.StrictJson;

/** Locations for eMSPs to pull: the list, and single objects on three levels (LOC-10). */
@Path(OcpiUrls.SENDER + "locations")
class LocationsSender {
    private final SenderPages pages;
    private final LocationStore store;
    private final OcpiRequest request;
    private final ReceiverSupport answers;

    LocationsSender(SenderPages pages, LocationStore store, OcpiRequest request, ReceiverSupport answers) {
        this.pages = pages;
        this.store = store;
        this.request = request;
        this.answers = answers;
    }

    @GET
    public Response list(@Context UriInfo uri) {
        return pages.list(Locations.LOCATIONS, LocationStore.WHOLE, uri);
    }

    @GET
    @Path("{location_id}")
    public Response location(@PathParam("location_id") String location) {
        return answers.data(find(location).text());
    }

    @GET
    @Path("{location_id}/{evse_uid}")
    public Response evse(@PathParam("location_id") String location, @PathParam("evse_uid") String evse) {
        return answers.data(evse(find(location), evse).toString());
    }

    @GET
    @Path("{location_id}/{evse_uid}/{connector_id}")
    public Response connector(@PathParam("location_id") String location, @PathParam("evse_uid") String evse, @PathParam("connector_id") String connector) {
        return answers.data(connector(find(location), evse, connector).toString());
    }

    /** The path names no owner; an id that two visible CPOs use cannot be answered without guessing. */
    private LocationStore.Whole find(String id) {
        String key = Document.fold(id);
        List<LocationStore.Whole> found = request.visibleOwners(Locations.LOCATIONS).stream()
                .map(owner -> store.whole(owner, List.of(key)).get(key)).filter(Objects::nonNull).limit(2).toList();
        if (found.size() > 1) {
            throw new OcpiException(OcpiStatus.NOT_ENOUGH_INFORMATION, 200, "several CPOs have a Location with this id");
        }
        return found.stream().findFirst().orElseThrow(() -> OcpiException.absent(ModuleId.LOCATIONS));
    }

    static JsonNode evse(LocationStore.Whole location, String uid) {
        return required(LocationParts.byKey(StrictJson.parse(location.text()).path("evses"), "uid", uid));
    }

    static JsonNode connector(LocationStore.Whole location, String uid, String id) {
        return required(LocationParts.byKey(evse(location, uid).path("connectors"), "id", id));
    }

    private static ObjectNode required(ObjectNode found) {
        if (found == null) {
            throw OcpiException.absent(ModuleId.LOCATIONS);
        }
        return found;
    }
}
