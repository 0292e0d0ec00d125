package org.roaminghub.modules.cdrs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.modules.core.Caller;
import org.roaminghub.modules.core.InboundBody;
import org.roaminghub.modules.core.ObjectService;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.Receiver;
import org.roaminghub.modules.core.ReceiverSupport;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.Mode;

/** CDRs posted by CPO platforms: POST to the bare endpoint, then readable at the URL in Location (CDR-07 … CDR-09). */
@Path(OcpiUrls.RECEIVER + "cdrs")
class CdrsReceiver {
    private final Cdrs cdrs;
    private final ObjectService objects;
    private final OcpiRequest request;
    private final InboundBody bodies;
    private final ReceiverSupport support;
    private final OcpiUrls urls;
    private final Jdbi jdbi;

    CdrsReceiver(Cdrs cdrs, ObjectService objects, OcpiRequest request, InboundBody bodies, ReceiverSupport support, OcpiUrls urls, Jdbi jdbi) {
        this.cdrs = cdrs;
        this.objects = objects;
        this.request = request;
        this.bodies = bodies;
        this.support = support;
        this.urls = urls;
        this.jdbi = jdbi;
    }

    @POST
    public Response post(byte[] body) {
        Caller caller = request.caller();
        InboundBody.Inbound inbound = bodies.read("CDR", request.keepBody(body), Mode.FULL, caller.config());
        ObjectNode cdr = inbound.body();
        bodies.check("CDR", cdr, Mode.FULL, caller.config());
        PartyId owner = owner(cdr);
        caller.mustOwn(owner, Cdrs.CDRS);
        String id = cdr.path("id").asText();
        Change change = jdbi.inTransaction(transaction -> cdrs.add(transaction, owner, caller.partner(), inbound.text(), cdr));
        objects.committed(Cdrs.CDRS, owner, id, change);
        String url = urls.module(ModuleId.CDRS, InterfaceRole.RECEIVER) + "/" + owner.countryCode() + "/" + owner.partyId() + "/" + OcpiUrls.segment(id);
        return Response.fromResponse(support.answer(change)).header("Location", url).build();
    }

    private static PartyId owner(ObjectNode cdr) {
        String country = cdr.path("country_code").asText();
        String party = cdr.path("party_id").asText();
        if (!PartyId.isValid(country, party)) {
            throw OcpiException.invalid("country_code, party_id: expected a party, found something else");
        }
        return PartyId.of(country, party);
    }

    @GET
    @Path("{country_code}/{party_id}/{id}")
    public Response get(@PathParam("country_code") String country, @PathParam("party_id") String party, @PathParam("id") String id) {
        return support.get(Cdrs.CDRS, Receiver.owner(country, party, Cdrs.CDRS), id);
    }
}
