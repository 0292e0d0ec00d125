package org.roaminghub.delivery;

import java.util.Collection;
import java.util.Map;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/** Where delivery reads the newest documents from; implemented above, because documents are opaque here. */
public interface DocumentSource {
    /** Key of an object within a module. */
    record ObjectKey(PartyId owner, String object) {
    }

    /** The newest form of each of these objects, read in one go. Objects that never existed are missing in the answer. */
    Map<ObjectKey, Outgoing> read(ModuleId module, Collection<ObjectKey> objects);
}
