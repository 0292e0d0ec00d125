package org.roaminghub.delivery;

import java.net.URI;
import java.util.Optional;

/** Where a receiver keeps its CDRs: it says so with each one it takes, and where another is follows from that. */
final class CdrUrls {
    private CdrUrls() {
    }

    /** The Location header of a stored CDR as an absolute URL; empty when it is no URL, which does not undo the acceptance. */
    static Optional<String> absolute(String endpoint, String location) {
        try {
            return Optional.of(URI.create(endpoint).resolve(URI.create(location.trim())).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The URL of another CDR, when the known URL ends with the known CDR's id. */
    static Optional<URI> like(String knownUrl, String knownId, String id) {
        String ending = "/" + LaneSender.escape(knownId);
        int query = knownUrl.indexOf('?');
        String path = query < 0 ? knownUrl : knownUrl.substring(0, query);
        if (!path.endsWith(ending)) {
            return Optional.empty();
        }
        String rest = query < 0 ? "" : knownUrl.substring(query);
        return Optional.of(URI.create(path.substring(0, path.length() - ending.length()) + "/" + LaneSender.escape(id) + rest));
    }
}
