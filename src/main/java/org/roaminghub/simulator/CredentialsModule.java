package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/** The credentials endpoint of the eMSP: the hub may register, rotate and leave here. Blocks while it connects back. */
final class CredentialsModule implements OcpiModule {

    private final EmspSettings settings;
    private final Connection connection;
    private final Registration registration;

    CredentialsModule(EmspSettings settings, Connection connection, Registration registration) {
        this.settings = settings;
        this.connection = connection;
        this.registration = registration;
    }

    @Override
    public OcpiReply answer(OcpiCall call) {
        // The router has checked the token already, so one is there.
        String token = settings.encoding().token(call.headers().get("authorization")).orElseThrow();
        boolean registered = connection.standing(token) == Connection.Standing.LIVE;
        if (call.method().equals("GET")) {
            return OcpiReply.data(registration.ownCredentials(token));
        }
        boolean wantsRegistered = !call.method().equals("POST");
        if (registered != wantsRegistered) {
            return OcpiReply.failure(405, OcpiReply.CLIENT_ERROR, registered ? "already registered" : "not registered");
        }
        return switch (call.method()) {
            case "POST", "PUT" -> accept(call.body());
            case "DELETE" -> leave();
            default -> OcpiReply.noSuchMethod();
        };
    }

    private OcpiReply accept(JsonNode credentials) {
        if (!credentials.hasNonNull("token") || !credentials.hasNonNull("url") || credentials.path("roles").isEmpty()) {
            return OcpiReply.invalid("token, url and at least one role are required");
        }
        try {
            String theirToken = credentials.path("token").asText();
            Partner discovered = registration.discover(credentials.path("url").asText(), theirToken);
            String offered = connection.offer();
            connection.agree(Registration.completed(discovered, credentials));
            return OcpiReply.data(registration.ownCredentials(offered));
        } catch (Registration.HandshakeFailed failed) {
            return OcpiReply.failure(200, failed.ocpiStatus(), failed.getMessage());
        } catch (RuntimeException unreachable) {
            return OcpiReply.failure(200, OcpiReply.CANNOT_USE_CLIENT, "versions not reachable: " + unreachable.getMessage());
        }
    }

    private OcpiReply leave() {
        connection.end();
        return OcpiReply.stored(true);
    }
}
