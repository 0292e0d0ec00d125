package org.roaminghub.modules.sessions;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.SenderPages;

/** Sessions for the eMSPs they belong to. date_from is required by the text; without it we begin at the beginning. */
@Path(OcpiUrls.SENDER + "sessions")
class SessionsSender {
    private final SenderPages pages;

    SessionsSender(SenderPages pages) {
        this.pages = pages;
    }

    @GET
    public Response list(@Context UriInfo uri) {
        return pages.list(SessionsReceiver.SESSIONS, SenderPages.Shape.TEXT, uri);
    }
}
