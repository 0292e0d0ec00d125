package org.roaminghub.exchange;

import org.roaminghub.ocpi.OcpiStatus;

/**
 * What an outcome means, decided once: delivery, hand-over, alerts and the console all read this and no status code.
 * Judged on both layers, HTTP and envelope (A-07; field notes D23–D25).
 */
public enum Verdict {
    /** Taken: HTTP 2xx with a 1xxx envelope, or with no body at all. */
    ACCEPTED,
    /** The object is not known there: HTTP 404 or 2003. A PATCH is repeated as PUT, a child as its parent. */
    NOT_KNOWN,
    /** This object is refused as it is; repeating it unchanged cannot help. */
    OBJECT_REFUSED,
    /** The partner answers, but with a fault of its own (5xx, 3xxx, something that is not OCPI). */
    PARTNER_FAILS,
    /** The partner cannot be reached. */
    PARTNER_DOWN,
    /** The partner asks us to wait (429, 503 with Retry-After), or its agreed rate is used up. */
    WAIT,
    /** Our token is refused: nothing else will work either. */
    CREDENTIALS_REFUSED,
    /** The request left, no answer came. */
    IN_DOUBT;

    public static Verdict of(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            return of(answered);
        }
        if (outcome instanceof Outcome.NotSent notSent) {
            return switch (notSent.cause()) {
                case UNREACHABLE, BREAKER_OPEN, OFFLINE -> PARTNER_DOWN;
                case REFUSED_URL -> PARTNER_FAILS;
                case NOT_IN_VERSION -> OBJECT_REFUSED;
                case RATE_LIMITED -> WAIT;
            };
        }
        return IN_DOUBT;
    }

    private static Verdict of(Outcome.Answered answered) {
        if (answered.meaning().isPresent()) {
            return answered.meaning().get();
        }
        int http = answered.httpStatus();
        if (http == 401 || http == 403) {
            return CREDENTIALS_REFUSED;
        }
        if (http == 429 || (http == 503 && answered.retryAfter().isPresent())) {
            return WAIT;
        }
        int ocpi = answered.ocpiStatus().orElse(0);
        if (OcpiStatus.blamesClient(ocpi)) {
            return http == 404 || ocpi == OcpiStatus.UNKNOWN_LOCATION.code() ? NOT_KNOWN : OBJECT_REFUSED;
        }
        if (http == 404) {
            return NOT_KNOWN;
        }
        // A gateway that lost its backend says nothing about what the backend did.
        if (http == 408 || http == 502 || http == 504) {
            return IN_DOUBT;
        }
        if (http >= 500 || http < 200 || (http >= 300 && http < 400)) {
            return PARTNER_FAILS;
        }
        if (http >= 400) {
            return OBJECT_REFUSED;
        }
        if (answered.ocpiStatus().isEmpty()) {
            return answered.body().isBlank() ? ACCEPTED : PARTNER_FAILS;
        }
        return OcpiStatus.isSuccess(ocpi) ? ACCEPTED : PARTNER_FAILS;
    }
}
