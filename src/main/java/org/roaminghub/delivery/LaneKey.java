package org.roaminghub.delivery;

import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/** Which lane: documents of {@code owner} in {@code module}, towards the party {@code receiver} on the platform {@code partner}. */
public record LaneKey(String partner, ModuleId module, PartyId owner, PartyId receiver) {
}
