package org.roaminghub.partners.config;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.roaminghub.ocpi.versions.OcpiVersion;

/**
 * How the hub and the partner speak OCPI.
 *
 * @param versions      what we offer this partner, of 2.1.1, 2.2, 2.2.1 and 2.3.0; default 2.2.1
 * @param tokenEncoding of the Authorization header we send (TRANS-02, TRANS-03); default base64
 */
public record OcpiSettings(List<String> versions, Registration registration, TokenEncoding tokenEncoding) {

    /** Those of the versions that the hub serves, newest first (VER-13). */
    public List<OcpiVersion> served() {
        return versions.stream().map(OcpiVersion::of).flatMap(Optional::stream).sorted(Comparator.reverseOrder()).toList();
    }

    /** RAW and BASE64 govern what we send and expect; EITHER sends Base64 and accepts both (contracts §3, A-01). */
    public enum TokenEncoding { BASE64, RAW, EITHER }

    /** Who starts the handshake. */
    public sealed interface Registration {

        /** The partner does: this token opens POST credentials, once. */
        record TheyStart(Secret tokenA) implements Registration {}

        /** We do. The URL has only been looked at for its form; check it with UrlGuard before connecting. */
        record WeStart(URI versionsUrl, Secret theirToken) implements Registration {}
    }
}
