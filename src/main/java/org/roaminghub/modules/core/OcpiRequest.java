package org.roaminghub.modules.core;

import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
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

    /** Keeps the body for the exchange log, in case the answer is a failure. */
    public String keepBody(String text) {
        this.body = text;
        return text;
    }

    String body() {
        return body;
    }
}
