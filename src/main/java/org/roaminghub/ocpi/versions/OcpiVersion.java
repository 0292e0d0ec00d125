package org.roaminghub.ocpi.versions;

import java.util.Arrays;
import java.util.Optional;
import org.roaminghub.ocpi.Translation;
import org.roaminghub.ocpi.v2_2.Version22;

/** The versions of OCPI the hub serves, oldest first (VersionNumber enum). Another one is added here, with its translation. */
public enum OcpiVersion {
    V2_2("2.2", new Version22()),
    V2_2_1("2.2.1", null);

    /** The one the hub works with inside (D9). */
    public static final OcpiVersion HUB = V2_2_1;

    private final String id;
    private final Translation translation;

    OcpiVersion(String id, Translation translation) {
        this.id = id;
        this.translation = translation;
    }

    /** As on the wire and in partner files. */
    public String id() {
        return id;
    }

    /** Between the hub's own version and this one; empty for the hub's own: its documents pass as they are (D1). */
    public Optional<Translation> translation() {
        return Optional.ofNullable(translation);
    }

    /** A version by its wire name; empty for those the hub does not serve. */
    public static Optional<OcpiVersion> of(String id) {
        return Arrays.stream(values()).filter(version -> version.id.equals(id)).findFirst();
    }
}
