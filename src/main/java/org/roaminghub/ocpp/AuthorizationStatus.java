package org.roaminghub.ocpp;

/** The backend's answer to a start (OCPP 1.6 {@code idTagInfo.status}). */
public enum AuthorizationStatus implements WireName {
    ACCEPTED("Accepted"),
    BLOCKED("Blocked"),
    EXPIRED("Expired"),
    INVALID("Invalid"),
    CONCURRENT_TX("ConcurrentTx");

    private final String wireName;

    AuthorizationStatus(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
