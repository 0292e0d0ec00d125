package org.roaminghub.delivery;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.partners.PartnerLink;

/** Where delivery reads the newest documents from; implemented above, because documents are opaque here. */
public interface DocumentSource {
    /** Key of an object within a module. */
    record ObjectKey(PartyId owner, String object) {
    }

    /** The newest form of each of these objects, read in one go. Objects that never existed are missing in the answer. */
    Map<ObjectKey, Outgoing> read(ModuleId module, Collection<ObjectKey> objects);

    /** What this partner is to be sent instead, as its quirks say; empty when it is not to get the object at all. */
    Optional<Outgoing> adapted(PartnerLink link, ModuleId module, PartyId owner, Outgoing outgoing);
}
