package org.roaminghub.ocpi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Turns documents of the hub's own version, 2.2.1, into those of another one and back (D9). Pure: the same document always gives
 * the same. A document may be whole or a part (a PATCH, an EVSE); its module says what it can be.
 */
public interface Translation {

    /** From 2.2.1 to the other version. */
    Translated outbound(ModuleId module, ObjectNode document);

    /** From the other version to 2.2.1. */
    Translated inbound(ModuleId module, ObjectNode document, Issuers issuers);

    /** The OCPI status code that says the same in the other version. */
    int status(int code);

    /** Who issued a token, for documents that do not say it. */
    @FunctionalInterface
    interface Issuers {

        /** The eMSP, empty when it is not known or not the only one. */
        Optional<PartyId> of(String tokenUid, String tokenType);
    }
}
