package org.roaminghub.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.roaminghub.ocpi.ConnectionStatus;
import org.roaminghub.ocpi.Endpoint;

/**
 * A partner as operators see it: its file and what its registration left behind. No secret is ever part of it.
 *
 * @param kind         {@code ocpi} or {@code backend}; a backend has nothing to register and always counts as REGISTERED
 * @param status       what other partners are told about its parties: PLANNED, CONNECTED, OFFLINE, SUSPENDED
 * @param statusSince  since when; null for a backend and for one that never registered
 * @param registration who starts: {@code they_start} with our TOKEN_A, {@code we_start} with theirs; null for a backend
 */
record PartnerItem(String partner, String name, String kind, List<Party> parties, String state, ConnectionStatus status, Instant statusSince, String version, Instant registeredAt, String versionsUrl,
                   List<Endpoint> endpoints, String registration, Map<String, String> delivery) {

    /** A party the partner speaks for. */
    record Party(String role, String countryCode, String partyId, String name) {
    }
}
