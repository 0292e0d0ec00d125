package org.roaminghub.ocpi;

/**
 * A request that cannot be answered with success. Thrown where the reason is known; one mapper turns it into the envelope.
 * HTTP status is 200 for everything that reached an existing resource (TRANS-34), 404 for absent objects (TRANS-35).
 */
public class OcpiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final OcpiStatus status;
    private final int httpStatus;

    public OcpiException(OcpiStatus status, int httpStatus, String message) {
        super(message);
        this.status = status;
        this.httpStatus = httpStatus;
    }

    /** Valid JSON, but not what the field tables ask for: HTTP 200 and 2001 (decision A-03). */
    public static OcpiException invalid(String message) {
        return new OcpiException(OcpiStatus.INVALID_PARAMETERS, 200, message);
    }

    /** An object that is absent, or belongs to somebody the caller has no agreement with: both look alike (D12, A-04). */
    public static OcpiException absent(ModuleId module) {
        OcpiStatus status = switch (module) {
            case LOCATIONS -> OcpiStatus.UNKNOWN_LOCATION;
            case TOKENS -> OcpiStatus.UNKNOWN_TOKEN;
            case SESSIONS, TARIFFS, CDRS, CREDENTIALS, COMMANDS, CHARGINGPROFILES, HUBCLIENTINFO -> OcpiStatus.CLIENT_ERROR;
        };
        return new OcpiException(status, 404, "unknown object");
    }

    public OcpiStatus status() {
        return status;
    }

    public int httpStatus() {
        return httpStatus;
    }
}
