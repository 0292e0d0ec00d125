package org.roaminghub.modules.core;

import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/** A document was committed: rooms above look whether something waited for it. {@code key} is the folded key. */
public record DocumentChanged(ModuleId module, PartyId owner, String key) {
}
