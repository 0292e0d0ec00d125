package org.roaminghub.modules.core;

import jakarta.enterprise.context.RequestScoped;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.HubParty;
import org.roaminghub.partners.Partners;
import org.roaminghub.routing.RoutingHeaders;

/** What belongs to the OCPI request at hand. */
@RequestScoped
public class OcpiRequest {
    private final HubParty hub;
    private Caller caller;
    private RoutingHeaders routing = RoutingHeaders.NONE;
    private Partners.Authenticated authenticated;
    private String requestId;
    private String correlationId;
    private Instant at;
    private long startedNanos;
    private String body;

    OcpiRequest(HubParty hub) {
        this.hub = hub;
    }

    /** The registered partner that calls. Only set behind {@link OcpiFilter}. */
    public Caller caller() {
        return caller;
    }

    /** Who called and with which kind of token; versions and credentials care for the difference. */
    public Partners.Authenticated authenticated() {
        return authenticated;
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
     * The body as text, kept for the exchange log in case the answer is a failure. Bytes that are not UTF-8 are refused: a
     * replacement character in their place would change the document (D1).
     */
    public String keepBody(byte[] bytes) {
        byte[] sent = bytes == null ? new byte[0] : bytes;
        this.body = new String(sent, StandardCharsets.UTF_8);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sent));
        } catch (CharacterCodingException e) {
            throw new OcpiException(OcpiStatus.INVALID_PARAMETERS, 400, "body: not UTF-8");
        }
        return body;
    }

    String body() {
        return body;
    }
}
