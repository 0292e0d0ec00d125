package org.roaminghub.ocpi;

/** OCPI status codes of 2.2.1, chapter status_codes (TRANS-38 … TRANS-45). */
public enum OcpiStatus {
    SUCCESS(1000),
    CLIENT_ERROR(2000),
    INVALID_PARAMETERS(2001),
    NOT_ENOUGH_INFORMATION(2002),
    UNKNOWN_LOCATION(2003),
    UNKNOWN_TOKEN(2004),
    SERVER_ERROR(3000),
    CANNOT_USE_CLIENT_API(3001),
    UNSUPPORTED_VERSION(3002),
    NO_MATCHING_ENDPOINTS(3003),
    /** The hub could not forward, for a reason none of the others names. */
    HUB_ERROR(4000),
    /** The addressed party is not known here, or there is no agreement with it. */
    UNKNOWN_RECEIVER(4001),
    /** The request was forwarded and no answer came in time. */
    FORWARD_TIMED_OUT(4002),
    /** The addressed party is known and cannot be reached. */
    RECEIVER_NOT_CONNECTED(4003);

    private final int code;

    OcpiStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Whether a code, also one we do not know, means success: codes are read by range (TRANS-38). */
    public static boolean isSuccess(int code) {
        return code >= 1000 && code < 2000;
    }

    /** Whether a code blames the request, so that repeating it unchanged cannot help. */
    public static boolean blamesClient(int code) {
        return code >= 2000 && code < 3000;
    }
}
