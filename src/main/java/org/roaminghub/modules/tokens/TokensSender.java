package org.roaminghub.modules.tokens;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.SenderPages;

/** Tokens for CPO platforms to pull. */
@Path(OcpiUrls.SENDER + "tokens")
class TokensSender {
    private final SenderPages pages;

    TokensSender(SenderPages pages) {
        this.pages = pages;
    }

    @GET
    public Response list(@Context UriInfo uri) {
        return pages.list(TokensReceiver.TOKENS, SenderPages.Shape.TEXT, uri);
    }
}
