package org.roaminghub.modules.core;

import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/**
 * An object that its owner sent to another party directly, and that the party has accepted. Fired for modules that must know of
 * it although they do not deliver it: money and what it is about (D4).
 *
 * @param method PUT, PATCH or POST
 * @param id     the object's id as in the URL; empty for a POST
 * @param url    where the receiver stored it, as it said; null when it did not
 */
public record PassedOn(ModuleId module, String method, PartyId from, PartyId to, String source, String id, String body, String url) {
}
