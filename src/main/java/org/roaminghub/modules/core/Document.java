package org.roaminghub.modules.core;

import java.time.Instant;
import java.util.Locale;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/**
 * An OCPI object as it is stored: the JSON text it came as, beside the columns the hub looks for (D1).
 *
 * @param key         key within module and owner, folded
 * @param spelled     the id as its owner writes it
 * @param recipient   the only eMSP party that may read it, or null
 * @param source      the partner it came from, or {@code hub}
 * @param lastUpdated as sent
 * @param updatedAt   the same as an instant
 */
public record Document(ModuleId module, PartyId owner, String key, String spelled, PartyId recipient, String source, String body, String lastUpdated, Instant updatedAt) {

    /** Ids compare without regard to case (TRANS-54). */
    public static String fold(String id) {
        return id.toUpperCase(Locale.ROOT);
    }
}
