package org.roaminghub.modules.cdrs;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.roaminghub.delivery.CdrHandover;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.SenderPages;
import org.roaminghub.ocpi.PartyId;

/** CDRs for the eMSPs that owe them. What an eMSP pulls is delivered (D4). */
@Path(OcpiUrls.SENDER + "cdrs")
class CdrsSender {
    private final SenderPages pages;
    private final CdrHandover handover;
    private final OcpiRequest caller;

    CdrsSender(SenderPages pages, CdrHandover handover, OcpiRequest caller) {
        this.pages = pages;
        this.handover = handover;
        this.caller = caller;
    }

    @GET
    public Response list(@Context UriInfo uri, @Context Request request) {
        SenderPages.Page page = pages.page(Cdrs.CDRS, SenderPages.Shape.TEXT, uri);
        if (!request.getMethod().equals(HttpMethod.GET)) {
            // HEAD comes here too, and hands over nothing.
            return page.response();
        }
        // What the caller's version cannot be told is not in its answer, so it has not been handed over.
        Map<String, List<String>> pulled = page.items().stream().filter(item -> caller.canTell(item.body()))
                .collect(Collectors.groupingBy(SenderPages.Item::owner, Collectors.mapping(SenderPages.Item::spelled, Collectors.toList())));
        pulled.forEach((owner, ids) -> handover.pulled(PartyId.parse(owner), ids));
        return page.response();
    }
}
