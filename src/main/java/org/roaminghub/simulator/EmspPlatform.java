package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaminghub.ocpi.InterfaceRole;

/**
 * An OCPI 2.2.1 eMSP platform in memory: registers with the hub or lets it register, takes locations, tariffs, sessions and
 * CDRs, offers tokens, and remembers every request. Listens on the loopback address only.
 *
 * <pre>{@code
 * EmspPlatform alpha = new EmspPlatform(EmspSettings.of("DE", "ALP", "Alpha Mobility"));
 * alpha.start(0);
 * alpha.register(hubUrl + "/ocpi/versions", tokenA);
 * alpha.behaviours().module("cdrs", Behaviour.times(1, Behaviour.resetAfter()));
 * }</pre>
 *
 * <p>Its data and tokens outlive {@link #stop()}. All methods may be called from any thread.
 */
public final class EmspPlatform implements AutoCloseable {

    private final EmspSettings settings;
    private final ObjectStore locations = new ObjectStore();
    private final ObjectStore tariffs = new ObjectStore();
    private final ObjectStore sessions = new ObjectStore();
    private final ObjectStore cdrs = new ObjectStore();
    private final ObjectStore clients = new ObjectStore();
    private final TokensSender tokens;
    private final Behaviours behaviours = new Behaviours();
    private final ReceivedLog received;
    private final Connection connection = new Connection();
    private final OcpiClient client;
    private final Registration registration;
    private final OcpiServer server;

    /** A platform that is not started and knows nobody. */
    public EmspPlatform(EmspSettings settings) {
        this.settings = settings;
        received = new ReceivedLog(settings.receivedLimit());
        client = new OcpiClient(settings, connection);
        registration = new Registration(settings, connection, client, this::versionsUrl);
        tokens = new TokensSender(settings.pageLimit(), this::absolute);
        server = new OcpiServer(new OcpiRouter(settings.encoding(), connection, modules()), behaviours, received);
    }

    /** Opens the port, 0 for any free one. */
    public void start(int port) {
        server.start(port);
    }

    /** Absent: the port is closed and open connections are cut. Data and tokens stay. */
    public void stop() {
        server.stop();
    }

    /** Back (or still there, then anew) on the port it had, with everything it had. */
    public void restart() {
        server.stop();
        server.start(server.port());
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    /** The port it listens on, or did last. */
    public int port() {
        return server.port();
    }

    /** The one URL a partner is told. */
    public String versionsUrl() {
        return absolute(EmspUrls.path("versions"));
    }

    // --- registration

    /** The token with which the hub may register here, once; empty after a handshake. */
    public Optional<String> tokenA() {
        return connection.tokenA();
    }

    /** A fresh token A, for a hub that registers again after DELETE. */
    public String issueTokenA() {
        return connection.issueTokenA();
    }

    /** Registers with the hub: versions, details, POST credentials. Fails with {@link IllegalStateException} if refused. */
    public void register(String hubVersionsUrl, String tokenA) {
        registration.register(hubVersionsUrl, tokenA);
    }

    /** PUT credentials: both sides get new tokens. */
    public void updateCredentials() {
        registration.update();
    }

    /** DELETE credentials: both sides' tokens die, the data stays. */
    public void unregister() {
        registration.unregister();
    }

    /** Whether a handshake, whoever started it, has been completed and not been undone. */
    public boolean registered() {
        return connection.partner().isPresent();
    }

    // --- what it was told and how it answers

    /** The switchboard of its behaviour. */
    public Behaviours behaviours() {
        return behaviours;
    }

    /** Every request it received, and counters per object. */
    public ReceivedLog received() {
        return received;
    }

    /** A location as it stands now, EVSEs included. */
    public Optional<JsonNode> location(String countryCode, String partyId, String id) {
        return locations.get(ObjectStore.key(countryCode, partyId, id));
    }

    /** The status of one EVSE as a driver would see it. */
    public Optional<String> evseStatus(String countryCode, String partyId, String locationId, String evseUid) {
        return location(countryCode, partyId, locationId)
                .map(location -> location.path("evses"))
                .map(evses -> evses.path(JsonMerge.indexOf(evses, "uid", evseUid)).path("status"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    /** All locations in order of first arrival. */
    public List<JsonNode> locations() {
        return locations.all();
    }

    /** All tariffs in order of first arrival. */
    public List<JsonNode> tariffs() {
        return tariffs.all();
    }

    /** All sessions in order of first arrival, each as it stands now. */
    public List<JsonNode> sessions() {
        return sessions.all();
    }

    /** A session as it stands now. */
    public Optional<JsonNode> session(String countryCode, String partyId, String id) {
        return sessions.get(ObjectStore.key(countryCode, partyId, id));
    }

    /** All CDRs in order of arrival, each once. */
    public List<JsonNode> cdrs() {
        return cdrs.all();
    }

    /** What the hub says about a party in one role. */
    public Optional<JsonNode> client(String countryCode, String partyId, String role) {
        return clients.get(ObjectStore.key(countryCode, partyId, role));
    }

    /** Every party it was told about, once per role. */
    public List<JsonNode> clients() {
        return clients.all();
    }

    /** All own tokens. */
    public List<JsonNode> tokens() {
        return tokens.all();
    }

    /** Forgets everything but its tokens, as a partner does who restores an old backup. */
    public void forgetObjects() {
        List.of(locations, tariffs, sessions, cdrs, clients).forEach(ObjectStore::clear);
    }

    // --- own tokens

    /** Adds an own token without telling the hub: it shows in the list and in real-time authorisation. */
    public void addToken(JsonNode token) {
        tokens.put(token);
    }

    /** Keeps the token and PUTs it to the hub. */
    public HttpAnswer pushToken(JsonNode token) {
        tokens.put(token);
        return client.call("PUT", "tokens", InterfaceRole.RECEIVER, tokenPath(token), token);
    }

    /** Patches the kept token and sends the patch, which must carry {@code last_updated}, to the hub. */
    public HttpAnswer patchToken(String uid, String type, JsonNode patch) {
        JsonNode changed = tokens.patch(uid, type, patch);
        return client.call("PATCH", "tokens", InterfaceRole.RECEIVER, tokenPath(changed), patch);
    }

    /** What authorize answers for a token from now on: ALLOWED, BLOCKED, EXPIRED, NO_CREDIT or NOT_ALLOWED. */
    public void authorizeAs(String uid, String allowed) {
        tokens.verdict(uid, allowed);
    }

    // --- client calls

    /** All locations the hub lets it see, following Link. The answer is not put into its own store. */
    public List<JsonNode> pullLocations() {
        return client.pull("locations", "");
    }

    /** All tariffs, as {@link #pullLocations()}. */
    public List<JsonNode> pullTariffs() {
        return client.pull("tariffs", "");
    }

    /** All sessions, as {@link #pullLocations()}, with the {@code date_from} that this module requires. */
    public List<JsonNode> pullSessions() {
        return client.pull("sessions", "?date_from=" + Json.time(Instant.EPOCH));
    }

    /** All CDRs, as {@link #pullLocations()}. */
    public List<JsonNode> pullCdrs() {
        return client.pull("cdrs", "");
    }

    /** A list with a query of your own, {@code "?date_from=…&limit=10"}, following Link to its end. */
    public List<JsonNode> pull(String module, String query) {
        return client.pull(module, query);
    }

    /** GET on the hub's SENDER interface of a module; {@code path} is appended to the endpoint, query included. */
    public HttpAnswer get(String module, String path) {
        return client.call("GET", module, InterfaceRole.SENDER, path, null);
    }

    /**
     * Any call to the hub, authorised as this platform.
     *
     * @param body null for none
     * @param headers replace or add to the usual ones, for instance {@code OCPI-to-party-id}
     */
    public HttpAnswer call(
            String method, String module, InterfaceRole role, String path, JsonNode body, Map<String, String> headers) {
        return client.call(method, module, role, path, body, headers);
    }

    private Map<String, OcpiModule> modules() {
        OcpiModule versions = new VersionsModule(this::absolute);
        Map<String, OcpiModule> modules = new HashMap<>();
        modules.put("versions", versions);
        modules.put(EmspUrls.DETAILS, versions);
        modules.put("credentials", new CredentialsModule(settings, connection, registration));
        modules.put("locations", new LocationsReceiver(locations));
        modules.put("tariffs", new ObjectReceiver(tariffs, "GET", "PUT", "DELETE"));
        modules.put("sessions", new ObjectReceiver(sessions, "GET", "PUT", "PATCH"));
        modules.put("cdrs", new CdrsReceiver(cdrs, this::absolute));
        modules.put("hubclientinfo", new ClientInfoReceiver(clients));
        modules.put("tokens", tokens);
        return modules;
    }

    private String absolute(String path) {
        return server.url(path);
    }

    private static String tokenPath(JsonNode token) {
        String type = token.path("type").asText("RFID");
        return OcpiClient.encoded(token.path("country_code").asText())
                + "/" + OcpiClient.encoded(token.path("party_id").asText())
                + "/" + OcpiClient.encoded(token.path("uid").asText())
                + "?type=" + type;
    }
}
