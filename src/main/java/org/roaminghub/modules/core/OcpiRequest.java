package org.roaminghub.modules.core;

import jakarta.enterprise.context.RequestScoped;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.partners.Partners;

/** What belongs to the OCPI request at hand. */
@RequestScoped
public class OcpiRequest {
    private Caller caller;
    private Partners.Authenticated authenticated;
    private String requestId;
    private String correlationId;
    private Instant at;
    private long startedNanos;
    private String body;

    /** The registered partner that calls. Only set behind {@link OcpiFilter}. */
    public Caller caller() {
        return caller;
    }

    /** Who called and with which kind of token; versions and credentials care for the difference. */
    public Partners.Authenticated authenticated() {
        return authenticated;
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
