package org.roaminghub.console;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What users may do. A role is also what it includes, so that a method names only the least role it needs. */
final class Roles {
    /** Reads everything but secrets and unmasked tokens. */
    static final String VIEWER = "viewer";
    /** Also acts on partners, lanes, held objects, alerts and the hand-over of CDRs. */
    static final String OPS = "ops";
    /** Also exports, writes statements and credits. */
    static final String FINANCE = "finance";
    /** Everything, users included. */
    static final String ADMIN = "admin";

    static final List<String> ALL = List.of(VIEWER, OPS, FINANCE, ADMIN);

    private static final Map<String, Set<String>> INCLUDED = Map.of(
            VIEWER, Set.of(VIEWER),
            OPS, Set.of(VIEWER, OPS),
            FINANCE, Set.of(VIEWER, FINANCE),
            ADMIN, Set.of(VIEWER, OPS, FINANCE, ADMIN));

    private Roles() {
    }

    /** This role and every one it includes. */
    static Set<String> includedIn(String role) {
        return INCLUDED.getOrDefault(role, Set.of());
    }
}
