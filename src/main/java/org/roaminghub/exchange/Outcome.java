package org.roaminghub.exchange;

import java.time.Duration;
import java.util.Optional;

/** What became of a call. The three cases differ in what the partner may have done with the request. */
public sealed interface Outcome {

    /**
     * The partner answered completely.
     *
     * @param ocpiStatus status_code of the envelope; empty when there is no envelope
     * @param message    status_message, for people
     * @param body       the answer's text, cut at {@link HttpTransport#BODY_CAP_BYTES}
     * @param location   header Location, of a stored CDR
     * @param link       header Link, of a page
     * @param total      header X-Total-Count, of a page
     * @param pageLimit  header X-Limit, of a page
     * @param retryAfter header Retry-After in seconds
     * @param meaning    what the partner's quirks say that it means; empty when the codes speak for themselves
     */
    record Answered(int httpStatus, Optional<Integer> ocpiStatus, String message, String body, Optional<String> location,
            Optional<String> link, Optional<String> total, Optional<String> pageLimit, Optional<Duration> retryAfter, Optional<Verdict> meaning)
            implements Outcome {

        public Answered(int httpStatus, Optional<Integer> ocpiStatus, String message, String body, Optional<String> location,
                Optional<String> link, Optional<String> total, Optional<String> pageLimit, Optional<Duration> retryAfter) {
            this(httpStatus, ocpiStatus, message, body, location, link, total, pageLimit, retryAfter, Optional.empty());
        }

        Answered meaning(Verdict verdict) {
            return new Answered(httpStatus, ocpiStatus, message, body, location, link, total, pageLimit, retryAfter, Optional.of(verdict));
        }

        /** The same answer with another text. */
        public Answered withBody(String text) {
            return new Answered(httpStatus, ocpiStatus, message, text, location, link, total, pageLimit, retryAfter, meaning);
        }
    }

    /** Not one byte of the request left: nothing can have happened there. */
    record NotSent(String reason, Cause cause) implements Outcome {
        /** Not even tried. */
        public static final NotSent OFFLINE = new NotSent("the partner is offline; it is asked for its versions until it is back", Cause.OFFLINE);
    }

    /** The request left and no usable answer came: whether it took effect is unknown. */
    record Unknown(String reason) implements Outcome {
    }

    /** Why nothing was sent. */
    enum Cause {
        /** No connection. */
        UNREACHABLE,
        /** The URL is not one we connect to (D12). */
        REFUSED_URL,
        /** The circuit breaker of this partner and module is open. */
        BREAKER_OPEN,
        /** The partner's agreed rate is used up for the moment. */
        RATE_LIMITED,
        /** The partner is OFFLINE: nothing is sent until it is back (HCI-08). */
        OFFLINE,
        /** The partner's version of OCPI cannot carry the document (D9). */
        NOT_IN_VERSION
    }
}
