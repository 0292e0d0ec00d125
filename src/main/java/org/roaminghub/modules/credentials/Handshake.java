package org.roaminghub.modules.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.roaminghub.exchange.Outcome;
import org.roaminghub.exchange.PartnerCall;
import org.roaminghub.exchange.PartnerClient;
import org.roaminghub.exchange.Verdict;
import org.roaminghub.modules.core.InboundBody;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.ocpi.Endpoint;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.ocpi.TokenHeader;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.SchemaCheck;
import org.roaminghub.ocpi.versions.OcpiVersion;
import org.roaminghub.partners.Connections;
import org.roaminghub.partners.Connections.Agreed;
import org.roaminghub.partners.HubParty;
import org.roaminghub.partners.PartnerConnection;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.QuirkCounts;
import org.roaminghub.partners.config.OcpiSettings.Registration;
import org.roaminghub.partners.config.OcpiSettings.TokenEncoding;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.partners.config.Quirk;
import org.roaminghub.platform.HubSecrets;

/**
 * The registration handshake. As receiver: take the partner's token, look at its versions with it while its request is open,
 * and only then store everything in one transaction. As sender: the same with the parts exchanged.
 */
@ApplicationScoped
public class Handshake {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final List<ModuleId> TO_EMSPS = List.of(ModuleId.LOCATIONS, ModuleId.TARIFFS, ModuleId.SESSIONS, ModuleId.CDRS);
    private static final List<ModuleId> TO_CPOS = List.of(ModuleId.TOKENS);
    private static final Logger LOG = Logger.getLogger(Handshake.class);

    private final PartnerClient client;
    private final Connections connections;
    private final Partners partners;
    private final HubSecrets secrets;
    private final HubParty hub;
    private final OcpiUrls urls;
    private final ObjectMapper json;
    private final QuirkCounts quirks;
    private final EndpointReading endpointReading;

    Handshake(PartnerClient client, Connections connections, Partners partners, HubSecrets secrets, HubParty hub, OcpiUrls urls, ObjectMapper json, QuirkCounts quirks,
            EndpointReading endpointReading) {
        this.client = client;
        this.connections = connections;
        this.partners = partners;
        this.secrets = secrets;
        this.hub = hub;
        this.urls = urls;
        this.json = json;
        this.quirks = quirks;
        this.endpointReading = endpointReading;
    }

    /** What a partner's versions endpoint led to. */
    private record Discovered(OcpiVersion version, List<Endpoint> endpoints) {
    }

    /**
     * The partner registers, or replaces its credentials (POST and PUT).
     *
     * @param version    the one whose credentials endpoint it called: it is in force from now on (CRED-08, CRED-17)
     * @param usedTokenA the TOKEN_A it came with, null for PUT
     * @return our credentials with a fresh token
     */
    ObjectNode accept(PartnerConfig partner, OcpiVersion version, JsonNode theirs, String usedTokenA) {
        mustMatchFile(partner, theirs);
        String theirToken = theirs.path("token").asText();
        String versionsUrl = theirs.path("url").asText();
        Discovered discovered = discover(partner, List.of(version), versionsUrl, theirToken);
        String ourToken = HubSecrets.newToken();
        connections.registered(new Agreed(partner.partner(), ourToken, theirToken, versionsUrl, discovered.version().id(), discovered.endpoints(), theirs.path("roles")), usedTokenA);
        return ourCredentials(ourToken);
    }

    /**
     * We register with the partner, or replace our credentials when we are registered already; in the latest version that its file,
     * it and we have in common (VER-13).
     *
     * @param versionsUrl where the partner said its versions are
     * @param token       its TOKEN_A, or the token in force
     * @param method      POST to register, PUT to replace
     */
    public void start(PartnerConfig partner, String versionsUrl, String token, String method) {
        if (method.equals("PUT") && partner.quirks().has(Quirk.NO_PUT_CREDENTIALS)) {
            startAnew(partner, versionsUrl, token);
            return;
        }
        Discovered discovered = discover(partner, partner.versions(), versionsUrl, token);
        String credentials = credentialsOf(partner, discovered.endpoints());
        String ourToken = HubSecrets.newToken();
        // Our fresh token must open our versions before the answer is there: the partner calls back with it (CRED-07, A-09).
        connections.offer(partner.partner(), ourToken);
        try {
            JsonNode theirs = data(partner, method, uri(partner, credentials), token, ourCredentials(ourToken).toString());
            if (!SchemaCheck.check("Credentials", theirs, Mode.FULL).isEmpty()) {
                throw new OcpiException(OcpiStatus.CANNOT_USE_CLIENT_API, 200,
                        partner.partner() + " answered with faulty credentials: " + InboundBody.describe(SchemaCheck.check("Credentials", theirs, Mode.FULL)));
            }
            mustMatchFile(partner, theirs);
            connections.registered(new Agreed(partner.partner(), ourToken, theirs.path("token").asText(), theirs.path("url").asText(), discovered.version().id(),
                    discovered.endpoints(), theirs.path("roles")), null);
        } finally {
            connections.withdrawOffer(partner.partner());
        }
    }

    /** New tokens for both directions with a registered partner. */
    public void rotate(PartnerConfig partner) {
        Live live = live(partner);
        start(partner, live.versionsUrl(), live.token(), "PUT");
    }

    /** Ends the registration on both sides (CRED-19). It is over here even when the partner cannot be told. */
    public void end(PartnerConfig partner) {
        Live live = live(partner);
        try {
            data(partner, "DELETE", uri(partner, credentialsOf(partner, discover(partner, partner.versions(), live.versionsUrl(), live.token()).endpoints())), live.token(), null);
        } finally {
            connections.unregistered(partner.partner());
        }
    }

    /** The partner's own credentials as it shows them to us now (CRED-20), without the token in them. */
    public ObjectNode theirs(PartnerConfig partner) {
        Live live = live(partner);
        JsonNode credentials = data(partner, "GET", uri(partner, credentialsOf(partner, discover(partner, partner.versions(), live.versionsUrl(), live.token()).endpoints())),
                live.token(), null);
        ObjectNode shown = json.createObjectNode();
        shown.set("url", credentials.path("url"));
        shown.set("roles", credentials.path("roles"));
        return shown;
    }

    /** What a registered partner is called with. */
    private record Live(String versionsUrl, String token) {
        @Override
        public String toString() {
            return "Live[" + versionsUrl + "]";
        }
    }

    private Live live(PartnerConfig partner) {
        return partners.connection(partner.partner()).filter(found -> found.state == PartnerConnection.State.REGISTERED && found.theirToken != null)
                .map(found -> new Live(found.versionsUrl, secrets.decrypt(found.theirToken)))
                .orElseThrow(() -> new OcpiException(OcpiStatus.CLIENT_ERROR, 409, partner.partner() + " is not registered"));
    }

    /**
     * New tokens where there is no PUT: end the registration, then register with the token of the file, which must be good again.
     * When that fails we stay unregistered, as the partner sees it too.
     */
    private void startAnew(PartnerConfig partner, String versionsUrl, String token) {
        Registration.WeStart again = Partners.weStart(partner).orElseThrow(() -> new OcpiException(OcpiStatus.CANNOT_USE_CLIENT_API, 200,
                partner.partner() + " has no PUT of credentials and registers with us: it has to DELETE its credentials and POST new ones"));
        data(partner, "DELETE", uri(partner, credentialsOf(partner, discover(partner, partner.versions(), versionsUrl, token).endpoints())), token, null);
        quirks.applied(partner.partner(), Quirk.NO_PUT_CREDENTIALS);
        connections.unregistered(partner.partner());
        start(partner, again.versionsUrl().toString(), again.theirToken().value(), "POST");
    }

    private static String credentialsOf(PartnerConfig partner, List<Endpoint> endpoints) {
        return endpoints.stream().filter(endpoint -> endpoint.identifier().equals(ModuleId.CREDENTIALS.id())).map(Endpoint::url).findFirst()
                .orElseThrow(() -> new OcpiException(OcpiStatus.NO_MATCHING_ENDPOINTS, 200, partner.partner() + " lists no credentials endpoint"));
    }

    /** Our credentials: the one role HUB, never our clients (CRED-27). */
    ObjectNode ourCredentials(String token) {
        ObjectNode credentials = json.createObjectNode().put("token", token).put("url", urls.versions());
        ObjectNode role = credentials.putArray("roles").addObject().put("role", Role.HUB.name());
        role.putObject("business_details").put("name", "Roaming hub " + hub.id());
        role.put("party_id", hub.id().partyId()).put("country_code", hub.id().countryCode());
        return credentials;
    }

    /** The parties of the credentials are those of the file; anything else is for the operators to agree on first. */
    private void mustMatchFile(PartnerConfig partner, JsonNode credentials) {
        Set<String> agreed = new HashSet<>();
        partner.parties().forEach(party -> agreed.add(party.role() + " " + party.id()));
        List<String> faults = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (JsonNode role : credentials.path("roles")) {
            String country = role.path("country_code").asText();
            String party = role.path("party_id").asText();
            if (!PartyId.isValid(country, party)) {
                faults.add("an entry names no party by its country_code and party_id");
                continue;
            }
            String name = role.path("role").asText() + " " + PartyId.of(country, party);
            named.add(name);
            if (!agreed.contains(name)) {
                faults.add(name + " is not agreed with this hub");
            }
        }
        agreed.stream().filter(name -> !named.contains(name)).sorted().forEach(name -> faults.add(name + " is missing"));
        if (!faults.isEmpty() && partner.quirks().has(Quirk.CREDENTIALS_ROLES)) {
            quirks.applied(partner.partner(), Quirk.CREDENTIALS_ROLES);
            return;
        }
        if (!faults.isEmpty()) {
            throw OcpiException.invalid("roles: " + String.join("; ", faults));
        }
    }

    /** The endpoints of the first of these versions that the partner offers. */
    private Discovered discover(PartnerConfig partner, List<OcpiVersion> versions, String versionsUrl, String token) {
        Map<String, String> offered = new HashMap<>();
        data(partner, "GET", uri(partner, versionsUrl), token, null).forEach(version -> offered.put(version.path("version").asText(), version.path("url").asText()));
        partner.quirks().value(Quirk.VERSION_ALIAS).filter(offered::containsKey).filter(alias -> !offered.containsKey(OcpiVersion.V2_2_1.id())).ifPresent(alias -> {
            quirks.applied(partner.partner(), Quirk.VERSION_ALIAS);
            offered.put(OcpiVersion.V2_2_1.id(), offered.get(alias));
        });
        OcpiVersion version = versions.stream().filter(candidate -> offered.containsKey(candidate.id())).findFirst()
                .orElseThrow(() -> new OcpiException(OcpiStatus.UNSUPPORTED_VERSION, 200,
                        partner.partner() + " does not offer version " + versions.stream().map(OcpiVersion::id).collect(Collectors.joining(" or "))));
        List<Endpoint> endpoints = endpointReading.read(partner, data(partner, "GET", uri(partner, offered.get(version.id())), token, null).path("endpoints"));
        mustHaveEndpoints(partner, endpoints);
        return new Discovered(version, endpoints);
    }

    /** The credentials, and somewhere to go for everything the file says we push (CRED-12, CRED-13). */
    private static void mustHaveEndpoints(PartnerConfig partner, List<Endpoint> endpoints) {
        List<String> missing = new ArrayList<>();
        if (endpoints.stream().noneMatch(endpoint -> endpoint.identifier().equals(ModuleId.CREDENTIALS.id()))) {
            missing.add(ModuleId.CREDENTIALS.id());
        }
        pushed(partner).filter(module -> endpoints.stream().noneMatch(endpoint -> endpoint.identifier().equals(module) && endpoint.role() == InterfaceRole.RECEIVER))
                .forEach(module -> missing.add(module + " RECEIVER"));
        if (!missing.isEmpty()) {
            LOG.warnf("%s cannot be registered: its version details lack %s; what it does not take must be pull-only in its file", partner.partner(), missing);
            throw new OcpiException(OcpiStatus.NO_MATCHING_ENDPOINTS, 200, partner.partner() + " lists no endpoint for " + String.join(", ", missing));
        }
    }

    /** The modules of which the partner's file says that they are pushed, by the side of its parties. What only is so by default is pushed if the partner takes it. */
    private static Stream<String> pushed(PartnerConfig partner) {
        Stream<ModuleId> toEmsps = partner.parties(Role.EMSP).isEmpty() ? Stream.empty() : TO_EMSPS.stream();
        Stream<ModuleId> toCpos = partner.parties(Role.CPO).isEmpty() ? Stream.empty() : TO_CPOS.stream();
        return Stream.concat(toEmsps, toCpos).map(ModuleId::id)
                .filter(module -> partner.delivery().agreed().contains(module));
    }

    private URI uri(PartnerConfig partner, String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new OcpiException(OcpiStatus.CANNOT_USE_CLIENT_API, 200, "a URL of " + partner.partner() + " is not one");
        }
    }

    private JsonNode data(PartnerConfig partner, String method, URI uri, String token, String body) {
        boolean raw = partner.ocpi().map(ocpi -> ocpi.tokenEncoding() == TokenEncoding.RAW).orElse(false);
        PartnerCall call = new PartnerCall(partner.partner(), ModuleId.CREDENTIALS, method, uri,
                Map.of("Authorization", raw ? TokenHeader.raw(token) : TokenHeader.base64(token)), body, null, UUID.randomUUID().toString(), 1, TIMEOUT);
        Outcome outcome;
        try {
            outcome = client.send(call).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw unusable(partner, uri, e.getMessage());
        }
        if (Verdict.of(outcome) != Verdict.ACCEPTED || !(outcome instanceof Outcome.Answered answered)) {
            throw unusable(partner, uri, PartnerClient.reason(outcome));
        }
        try {
            return json.readTree(answered.body()).path("data");
        } catch (JsonProcessingException e) {
            throw unusable(partner, uri, "the answer is not JSON");
        }
    }

    private static OcpiException unusable(PartnerConfig partner, URI uri, String reason) {
        return new OcpiException(OcpiStatus.CANNOT_USE_CLIENT_API, 200, "cannot use " + uri + " of " + partner.partner() + ": " + reason);
    }
}
