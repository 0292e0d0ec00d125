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
    CDRS("cdrs"),
    COMMANDS("commands"),
    CHARGINGPROFILES("chargingprofiles"),
    HUBCLIENTINFO("hubclientinfo");

    private final String id;

    ModuleId(String id) {
        this.id = id;
    }

    /** The identifier on the wire, in URLs, metrics and the database. */
    public String id() {
        return id;
    }

    /** Configuration modules are about the connection itself: they carry no routing headers (ROUTE-02, CRED-30, HCI-13). */
    public boolean isConfiguration() {
        return this == CREDENTIALS || this == HUBCLIENTINFO;
    }

    public static Optional<ModuleId> of(String id) {
        return Arrays.stream(values()).filter(module -> module.id.equals(id)).findFirst();
    }
}
