package org.roaminghub.modules.core;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;

/**
 * Sends a request to another path of the hub, with every percent-encoding as it came: an id may have a slash. The server
 * decodes the path of a changed URI once too often, and encodes it once more in what it tells as the request's URI.
 */
final class Rewritten {
    private static final String PATH = "org.roaminghub.path";

    private Rewritten() {
    }

    /** The path as the caller wrote it, or as it was changed before. */
    static String rawPath(ContainerRequestContext context) {
        Object changed = context.getProperty(PATH);
        return changed == null ? context.getUriInfo().getRequestUri().getRawPath() : (String) changed;
    }

    static void to(ContainerRequestContext context, String rawPath) {
        URI asked = context.getUriInfo().getRequestUri();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        context.setProperty(PATH, rawPath);
        context.setRequestUri(URI.create(asked.getScheme() + "://" + asked.getRawAuthority() + rawPath.replace("%", "%25") + query));
    }
}
