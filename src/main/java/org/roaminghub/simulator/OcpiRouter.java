package org.roaminghub.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From a request to the module that answers it, past the token check. Knows nothing of sockets. */
final class OcpiRouter {

    private static final Set<String> OPEN_TO_TOKEN_A = Set.of("versions", EmspUrls.DETAILS, "credentials");
    private static final Set<String> WITH_BODY = Set.of("PUT", "PATCH", "POST");

    private final TokenEncoding encoding;
    private final Connection connection;
    private final Map<String, OcpiModule> modules;

    OcpiRouter(TokenEncoding encoding, Connection connection, Map<String, OcpiModule> modules) {
        this.encoding = encoding;
        this.connection = connection;
        this.modules = modules;
    }

    OcpiReply answer(OcpiCall call) {
        if (!isAllowed(call)) {
            return OcpiReply.failure(401, OcpiReply.CLIENT_ERROR, "missing or unknown token");
        }
        OcpiModule module = modules.get(call.module());
        if (module == null) {
            return OcpiReply.failure(404, OcpiReply.CLIENT_ERROR, "nothing here");
        }
        if (WITH_BODY.contains(call.method()) && call.bodyIsMalformed()) {
            return OcpiReply.failure(400, OcpiReply.INVALID_PARAMETERS, "the body is not JSON");
        }
        return module.answer(call);
    }

    private boolean isAllowed(OcpiCall call) {
        Optional<String> token = encoding.token(call.headers().get("authorization"));
        Connection.Standing standing = token.map(connection::standing).orElse(Connection.Standing.UNKNOWN);
        return switch (standing) {
            case LIVE -> true;
            case TOKEN_A -> OPEN_TO_TOKEN_A.contains(call.module());
            case UNKNOWN -> false;
        };
    }
}
