package org.roaminghub.modules.core;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.PartyId;

/**
 * The verbs of receiver interfaces for objects keyed by country_code, party_id and id. A module's class header says which of
 * them it has; a verb it does not name is answered with 405.
 */
public interface Receiver {
    ModuleDefinition definition();

    ReceiverSupport support();

    /** GET: the owner looks at what the hub holds. */
    interface Get extends Receiver {
        @GET
        @Path("{country_code}/{party_id}/{id}")
        default Response get(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("id") String id) {
            return support().get(definition(), owner(country, party, definition()), id);
        }
    }

    /** PUT: new or replaced. */
    interface Put extends Receiver {
        @PUT
        @Path("{country_code}/{party_id}/{id}")
        default Response put(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("id") String id, byte[] body) {
            return support().put(definition(), owner(country, party, definition()), id, body);
        }
    }

    /** DELETE: gone. */
    interface Delete extends Receiver {
        @DELETE
        @Path("{country_code}/{party_id}/{id}")
        default Response delete(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("id") String id) {
            return support().delete(definition(), owner(country, party, definition()), id);
        }
    }

    /** The party of a path; what cannot be one owns nothing. */
    static PartyId owner(String country, String party, ModuleDefinition definition) {
        if (!PartyId.isValid(country, party)) {
            throw OcpiException.absent(definition.module());
        }
        return PartyId.of(country, party);
    }
}
