package org.roaminghub.modules.tariffs;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.SenderPages;

/** Tariffs for eMSPs to pull. */
@Path(OcpiUrls.SENDER + "tariffs")
class TariffsSender {
    private final SenderPages pages;

    TariffsSender(SenderPages pages) {
        this.pages = pages;
    }

    @GET
    public Response list(@Context UriInfo uri) {
        return pages.list(TariffsReceiver.TARIFFS, SenderPages.Shape.TEXT, uri);
    }
}
