package org.roaminghub.modules.hubclientinfo;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.SenderPages;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.partners.Acquaintances;

/** ClientInfo for every platform to pull: of the parties it has to do with, and of no others (HCI-04, HCI-16). */
@Path(OcpiUrls.SENDER + "hubclientinfo")
class ClientInfoSender {
    private final SenderPages pages;
    private final Acquaintances acquaintances;
    private final OcpiRequest request;

    ClientInfoSender(SenderPages pages, Acquaintances acquaintances, OcpiRequest request) {
        this.pages = pages;
        this.acquaintances = acquaintances;
        this.request = request;
    }

    @GET
    public Response list(@Context UriInfo uri) {
        SenderPages.Visible visible = new SenderPages.Visible(ModuleId.HUBCLIENTINFO, acquaintances.of(request.caller().config()));
        return pages.page(visible, SenderPages.Shape.TEXT, uri).response();
    }
}
