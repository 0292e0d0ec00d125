package org.roaminghub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.roaminghub.modules.FakePlatform;
import org.roaminghub.modules.FakePlatform.Asked;
import org.roaminghub.modules.FakePlatform.Said;
import org.roaminghub.ocpi.schema.StrictJson;

/** A platform that finds everything it needs of the hub by itself: versions, details, credentials, then the module URLs (VER-08). */
final class RegisteredPlatform implements AutoCloseable {
    private final FakePlatform server = FakePlatform.start();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String role;
    private final String party;
    private final String[] interfaces;
    private Function<Asked, Said> answer = request -> Said.ok();
    private String token;
    private JsonNode endpoints;

    /** @param party {@code DE*ALP} */
    RegisteredPlatform(String role, String party, String... interfaces) {
        this.role = role;
        this.party = party;
        this.interfaces = interfaces;
        server.answers(this::respond);
    }

    FakePlatform server() {
        return server;
    }

    void answers(Function<Asked, Said> how) {
        answer = how;
    }

    void register(String versionsUrl, String tokenA) throws IOException, InterruptedException {
        token = tokenA;
        JsonNode versions = call("GET", versionsUrl, null, null).path("data");
        String details = null;
        for (JsonNode version : versions) {
            details = version.path("version").asText().equals("2.2.1") ? version.path("url").asText() : details;
        }
        endpoints = call("GET", details, null, null).path("data").path("endpoints");
        JsonNode credentials = call("POST", url("credentials", "SENDER"), """
                {"token":"token-of-%s","url":"%s","roles":[{"role":"%s","country_code":"%s","party_id":"%s","business_details":{"name":"%s"}}]}"""
                .formatted(party.substring(3), server.url("/versions"), role, party.substring(0, 2), party.substring(3), party), null);
        assertThat(credentials.path("status_code").asInt()).as(credentials.toString()).isEqualTo(1000);
        token = credentials.path("data").path("token").asText();
    }

    /** Sends a request to one of the hub's interfaces. @param to the receiving party, null for open routing */
    JsonNode send(String method, String module, String interfaceRole, String path, String body, String to) throws IOException, InterruptedException {
        return call(method, url(module, interfaceRole) + path, body, to);
    }

    /** Sends a request to a URL that the hub gave. */
    JsonNode sendTo(String url, String body, String to) throws IOException, InterruptedException {
        return call("POST", url, body, to);
    }

    private JsonNode call(String method, String url, String body, String to) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
                .header("Authorization", "Token " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)))
                .header("OCPI-from-country-code", party.substring(0, 2)).header("OCPI-from-party-id", party.substring(3))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (to != null) {
            request.header("OCPI-to-country-code", to.substring(0, 2)).header("OCPI-to-party-id", to.substring(3));
        }
        return StrictJson.parse(client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    private String url(String module, String interfaceRole) {
        for (JsonNode endpoint : endpoints) {
            if (endpoint.path("identifier").asText().equals(module) && endpoint.path("role").asText().equals(interfaceRole)) {
                return endpoint.path("url").asText();
            }
        }
        throw new AssertionError("the hub lists no " + module + " as " + interfaceRole + ": " + endpoints);
    }

    private Said respond(Asked request) {
        if (request.path().equals("/versions")) {
            return Said.data("[{\"version\":\"2.2.1\",\"url\":\"" + server.url("/details") + "\"}]");
        }
        if (request.path().equals("/details")) {
            String modules = Arrays.stream(interfaces).map(name -> name.split("/")).map(parts -> "{\"identifier\":\"" + parts[1] + "\",\"role\":\"" + parts[0].toUpperCase(Locale.ROOT)
                    + "\",\"url\":\"" + server.url("/ocpi/" + parts[0] + "/" + parts[1]) + "\"}").collect(Collectors.joining(","));
            return Said.data("{\"version\":\"2.2.1\",\"endpoints\":[{\"identifier\":\"credentials\",\"role\":\"SENDER\",\"url\":\"" + server.url("/credentials") + "\"}," + modules + "]}");
        }
        return answer.apply(request);
    }

    @Override
    public void close() {
        server.close();
    }
}
