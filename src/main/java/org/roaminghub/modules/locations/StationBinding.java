package org.roaminghub.modules.locations;

import org.roaminghub.ocpi.PartyId;

/**
 * Which charger is which EVSE: the {@code ocpp} member that a backend adds to its EVSEs (contracts §4). Kept apart from the
 * document, because no OCPP identity leaves in OCPI (D12).
 *
 * @param connectorId 0 stands for any connector of the EVSE
 * @param evseUid     folded uid
 */
public record StationBinding(String station, int evseId, int connectorId, String evseUid) {

    /** The EVSE behind a charger's evse and connector; {@code location} and {@code evseUid} are folded. */
    public record Bound(String source, String station, int evseId, int connectorId, PartyId owner, String location, String evseUid) {
    }
}
