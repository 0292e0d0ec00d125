package org.roaminghub.simulator;

import java.util.List;

/** Where the simulated eMSP serves what. Partners learn all of it from the versions endpoint. */
final class EmspUrls {

    static final String VERSION = "2.2.1";
    static final String DETAILS = "details";

    /** Every name a request can be sorted under; the details path is a prefix of the others and so comes last. */
    static final List<String> MODULES =
            List.of("versions", "credentials", "locations", "tariffs", "sessions", "cdrs", "tokens", "hubclientinfo", DETAILS);

    private EmspUrls() {}

    static String path(String module) {
        return switch (module) {
            case "versions" -> "/ocpi/versions";
            case DETAILS -> "/ocpi/" + VERSION;
            case "credentials" -> "/ocpi/" + VERSION + "/credentials";
            case "tokens" -> "/ocpi/" + VERSION + "/sender/tokens";
            default -> "/ocpi/" + VERSION + "/receiver/" + module;
        };
    }
}
