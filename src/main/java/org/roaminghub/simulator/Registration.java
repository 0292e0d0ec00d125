package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The credentials handshake from the eMSP's side: as the one who starts it, and the connect-back both directions need. */
final class Registration {

    private final EmspSettings settings;
    private final Connection connection;
    private final OcpiClient client;
    private final Supplier<String> ownVersionsUrl;

    Registration(EmspSettings settings, Connection connection, OcpiClient client, Supplier<String> ownVersionsUrl) {
        this.settings = settings;
        this.connection = connection;
        this.client = client;
        this.ownVersionsUrl = ownVersionsUrl;
    }

    /** GET versions and details, POST credentials, keep token C. */
    void register(String hubVersionsUrl, String tokenA) {
        exchange("POST", discover(hubVersionsUrl, tokenA), tokenA);
    }

    /** PUT credentials with a fresh own token, after reading the hub's endpoints anew. */
    void update() {
        Partner hub = client.partner();
        exchange("PUT", discover(hub.versionsUrl(), hub.token()), hub.token());
    }

    /** DELETE credentials; afterwards both sides' tokens are dead. */
    void unregister() {
        Partner hub = client.partner();
        HttpAnswer answer = client.configuration("DELETE", credentialsUrl(hub), hub.token(), null);
        requireAccepted("DELETE credentials", answer);
        connection.end();
    }

    /** Reads a platform's versions and version details with the token it gave. */
    Partner discover(String versionsUrl, String token) {
        HttpAnswer versions = client.configuration("GET", versionsUrl, token, null);
        requireAccepted("GET versions", versions);
        String detailsUrl = null;
        for (JsonNode version : versions.data()) {
            if (version.path("version").asText().equals(EmspUrls.VERSION)) {
                detailsUrl = version.path("url").asText();
            }
        }
        if (detailsUrl == null) {
            throw new HandshakeFailed(OcpiReply.UNSUPPORTED_VERSION, "no version " + EmspUrls.VERSION + " offered");
        }
        HttpAnswer details = client.configuration("GET", detailsUrl, token, null);
        requireAccepted("GET version details", details);
        Map<String, String> endpoints = new HashMap<>();
        for (JsonNode endpoint : details.data().path("endpoints")) {
            String key = endpoint.path("identifier").asText() + "/" + endpoint.path("role").asText();
            endpoints.put(key, endpoint.path("url").asText());
        }
        return new Partner(token, versionsUrl, Map.copyOf(endpoints), "", "");
    }

    ObjectNode ownCredentials(String token) {
        ObjectNode credentials = Json.object().put("token", token).put("url", ownVersionsUrl.get());
        ArrayNode roles = credentials.putArray("roles");
        ObjectNode role = roles.addObject().put("role", settings.role().name());
        role.put("party_id", settings.partyId()).put("country_code", settings.countryCode());
        role.putObject("business_details").put("name", settings.name());
        return credentials;
    }

    static Partner completed(Partner discovered, JsonNode credentials) {
        JsonNode role = credentials.path("roles").path(0);
        return discovered.with(
                credentials.path("token").asText(), role.path("country_code").asText(), role.path("party_id").asText());
    }

    private void exchange(String method, Partner discovered, String token) {
        String url = credentialsUrl(discovered);
        String offered = connection.offer();
        try {
            HttpAnswer answer = client.configuration(method, url, token, ownCredentials(offered));
            requireAccepted(method + " credentials", answer);
            connection.agree(completed(discovered, answer.data()));
        } catch (RuntimeException failed) {
            connection.withdraw();
            throw failed;
        }
    }

    private static String credentialsUrl(Partner partner) {
        // The role of the credentials endpoint means nothing; some send none or the other one (VER-06, A-12).
        return partner.endpoints().entrySet().stream()
                .filter(endpoint -> endpoint.getKey().startsWith("credentials/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new HandshakeFailed(OcpiReply.NO_MATCHING_ENDPOINTS, "no credentials endpoint"));
    }

    private static void requireAccepted(String step, HttpAnswer answer) {
        if (!answer.accepted()) {
            throw new HandshakeFailed(
                    OcpiReply.CANNOT_USE_CLIENT, step + " was answered " + answer.status() + ": " + answer.body());
        }
    }

    /** A handshake that stopped half-way, with the OCPI status a receiver answers for it (CRED-11, CRED-13, CRED-33). */
    static final class HandshakeFailed extends IllegalStateException {
        private final int ocpiStatus;

        HandshakeFailed(int ocpiStatus, String message) {
            super(message);
            this.ocpiStatus = ocpiStatus;
        }

        int ocpiStatus() {
            return ocpiStatus;
        }
    }
}
