package org.roaminghub.ocpi;

import java.util.Arrays;
import java.util.Optional;

/** The OCPI modules the hub serves (chapter version_information_endpoint, ModuleID enum). */
public enum ModuleId {
    CREDENTIALS("credentials"),
    LOCATIONS("locations"),
    TARIFFS("tariffs"),
    TOKENS("tokens"),
    SESSIONS("sessions"),
    CDRS("cdrs");

    private final String id;

    ModuleId(String id) {
        this.id = id;
    }

    /** The identifier on the wire, in URLs, metrics and the database. */
    public String id() {
        return id;
    }

    public static Optional<ModuleId> of(String id) {
        return Arrays.stream(values()).filter(module -> module.id.equals(id)).findFirst();
    }
}
