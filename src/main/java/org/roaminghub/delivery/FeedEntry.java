package org.roaminghub.delivery;

import java.time.Instant;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/**
 * An object at its newest change.
 *
 * @param object    id, or {@code location/evse}
 * @param recipient the one party it is for; null means everyone with an agreement
 * @param full      place of the newest change that a PATCH of the status alone cannot carry
 */
public record FeedEntry(ModuleId module, PartyId owner, String object, PartyId recipient, Place place, Place full, Instant changedAt) {

    /** Requests about the same top-level object never overtake each other: a Location and its EVSEs are one lane within the lane. */
    String conflictKey() {
        int slash = object.indexOf('/');
        return slash < 0 || module != ModuleId.LOCATIONS ? object : object.substring(0, slash);
    }

    boolean isFor(PartyId receiver) {
        return recipient == null || recipient.equals(receiver);
    }
}
