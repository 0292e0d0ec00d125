package org.roaminghub.modules.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.RequestScoped;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Translated;
import org.roaminghub.ocpi.Translation;
import org.roaminghub.ocpi.schema.DuplicateKey;
import org.roaminghub.ocpi.schema.NotJson;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.ocpi.versions.OcpiVersion;
import org.roaminghub.partners.HubParty;
import org.roaminghub.partners.Partners;
import org.roaminghub.routing.RoutingHeaders;

/** What belongs to the OCPI request at hand. */
@RequestScoped
public class OcpiRequest {
    private final HubParty hub;
    private final TokenIssuers issuers;
    private Caller caller;
    private OcpiVersion version = OcpiVersion.HUB;
    private ModuleId module;
    private RoutingHeaders routing = RoutingHeaders.NONE;
    private Partners.Authenticated authenticated;
    private String requestId;
    private String correlationId;
    private Instant at;
    private long startedNanos;
    private String body;

    OcpiRequest(HubParty hub, TokenIssuers issuers) {
        this.hub = hub;
        this.issuers = issuers;
    }

    /** The registered partner that calls. Only set behind {@link OcpiFilter}. */
    public Caller caller() {
        return caller;
    }

    /** Who called and with which kind of token; versions and credentials care for the difference. */
    public Partners.Authenticated authenticated() {
        return authenticated;
    }

    /** The version of OCPI that the caller speaks in this request: the one whose path it called (CRED-08). */
    public OcpiVersion version() {
        return version;
    }

    /** The module that is asked; null for versions and version details, and for what was refused before. */
    ModuleId module() {
        return module;
    }

    void asks(OcpiVersion spoken, ModuleId asked) {
        this.version = spoken;
        this.module = asked;
    }

    /** Who asks and whom, as the headers say; the FROM party belongs to the caller. */
    public RoutingHeaders routing() {
        return routing;
    }

    void routing(RoutingHeaders headers) {
        this.routing = headers;
    }

    /**
     * The party that asks: the one of the headers, or the caller's only one of this side.
     *
     * @throws OcpiException 2001 when the caller speaks for several parties and does not say which
     */
    public PartyId requester(boolean cpoSide) {
        Set<PartyId> parties = caller.parties(cpoSide);
        return routing.from().filter(parties::contains).orElseGet(() -> {
            if (parties.size() == 1 && routing.from().isEmpty()) {
                return parties.iterator().next();
            }
            throw OcpiException.invalid("OCPI-from-country-code, OCPI-from-party-id: expected one of your " + (cpoSide ? "CPO" : "eMSP") + " parties "
                    + parties.stream().map(PartyId::toString).sorted().toList() + ", found " + routing.from().map(PartyId::toString).orElse("none"));
        });
    }

    /** Whose objects of this module the caller asks for: all that it sees, or those of the one CPO or eMSP it names. */
    public List<PartyId> visibleOwners(ModuleDefinition definition) {
        List<PartyId> visible = caller.visibleOwners(definition);
        return routing.to().filter(to -> !hub.is(to)).map(to -> visible.stream().filter(to::equals).toList()).orElse(visible);
    }

    void authenticated(Partners.Authenticated who, Caller registered) {
        this.authenticated = who;
        this.caller = registered;
    }

    void begin(String newRequestId, String newCorrelationId, Instant now) {
        this.requestId = newRequestId;
        this.correlationId = newCorrelationId;
        this.at = now;
        this.startedNanos = System.nanoTime();
    }

    boolean hasBegun() {
        return at != null;
    }

    public String requestId() {
        return requestId;
    }

    public String correlationId() {
        return correlationId;
    }

    Instant at() {
        return at;
    }

    int durationMs() {
        return (int) ((System.nanoTime() - startedNanos) / 1_000_000);
    }

    /**
     * The body as text of the hub's own version; as it was sent, it is kept for the exchange log in case the answer is a failure.
     * Bytes that are not UTF-8 are refused: a replacement character in their place would change the document (D1).
     */
    public String keepBody(byte[] bytes) {
        byte[] sent = bytes == null ? new byte[0] : bytes;
        this.body = new String(sent, StandardCharsets.UTF_8);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sent));
        } catch (CharacterCodingException e) {
            throw new OcpiException(OcpiStatus.INVALID_PARAMETERS, 400, "body: not UTF-8");
        }
        return version.translation().map(this::inOurVersion).orElse(body);
    }

    /** What cannot be read is left to those who say what is wrong with it. */
    private String inOurVersion(Translation translation) {
        JsonNode sent;
        try {
            sent = StrictJson.parse(body);
        } catch (NotJson | DuplicateKey e) {
            return body;
        }
        if (module == null || !(sent instanceof ObjectNode document)) {
            return body;
        }
        Translated translated = translation.inbound(module, document, this::issuer);
        if (translated instanceof Translated.Withheld withheld) {
            throw OcpiException.invalid(withheld.reason());
        }
        Translated.Carried carried = (Translated.Carried) translated;
        return carried.isChanged() ? carried.document().toString() : body;
    }

    /** Who is addressed by name is the eMSP; else the token leads to it. */
    private Optional<PartyId> issuer(String tokenUid, String tokenType) {
        return routing.to().filter(to -> !hub.is(to)).or(() -> issuers.of(caller.parties(true), tokenUid, tokenType));
    }

    /** Whether a document of the module that is asked can be told in the caller's version at all. */
    public boolean canTell(String document) {
        return version.translation().map(translation -> translation.outbound(module, (ObjectNode) StrictJson.parse(document)) instanceof Translated.Carried).orElse(true);
    }

    String body() {
        return body;
    }
}
