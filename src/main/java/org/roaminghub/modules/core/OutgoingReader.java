package org.roaminghub.modules.core;

import java.util.Collection;
import java.util.Map;
import org.roaminghub.delivery.DocumentSource.ObjectKey;
import org.roaminghub.delivery.Outgoing;
import org.roaminghub.ocpi.ModuleId;

/** A module whose documents are more than one row says here how they leave; the others need no reader of their own. */
public interface OutgoingReader {
    ModuleId module();

    Map<ObjectKey, Outgoing> read(Collection<ObjectKey> objects);
}
