package org.roaminghub.exchange;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.roaminghub.ocpi.ModuleId;

/**
 * One OCPI request to a partner.
 *
 * @param partner       the partner's name in its file
 * @param module        the module it belongs to
 * @param method        HTTP method
 * @param uri           absolute URL
 * @param headers       all headers but the message ids; holds the partner's token, never logged
 * @param body          JSON text or null
 * @param object        what it is about, for the exchange log ("NL*ACM/LOC1/EVSE1")
 * @param correlationId same for everything that follows from one cause (TRANS-48)
 * @param attempt       1 for the first try of this object
 * @param timeout       total time, from the first byte of the request to the last of the answer
 * @param answer        what an answer looks like there
 */
public record PartnerCall(
        String partner,
        ModuleId module,
        String method,
        URI uri,
        Map<String, String> headers,
        String body,
        String object,
        String correlationId,
        int attempt,
        Duration timeout,
        Answer answer) {

    /** OCPI partners answer in envelopes; a backend's URL answers plain JSON, and HTTP 2xx says that it was taken. */
    public enum Answer {
        ENVELOPE,
        PLAIN
    }

    /** A call to an OCPI interface. */
    public PartnerCall(String partner, ModuleId module, String method, URI uri, Map<String, String> headers, String body, String object, String correlationId, int attempt,
            Duration timeout) {
        this(partner, module, method, uri, headers, body, object, correlationId, attempt, timeout, Answer.ENVELOPE);
    }

    /** The same call with another body. */
    PartnerCall withBody(String text) {
        return new PartnerCall(partner, module, method, uri, headers, text, object, correlationId, attempt, timeout, answer);
    }

    @Override
    public String toString() {
        return method + " " + uri + " (" + partner + ")";
    }
}
