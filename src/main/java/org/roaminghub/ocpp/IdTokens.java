package org.roaminghub.ocpp;

import java.util.Locale;

/** The one spelling of a token that the hub compares. */
public final class IdTokens {
    /** Rule id for lineage: outer blanks removed, upper case; OCPI token uids are case-insensitive. */
    public static final String RULE_ID = "idtoken.case";

    private IdTokens() {}

    /** Null stays null. Separators and suffixes are a vendor table's business, not done here. */
    public static String normalised(String idToken) {
        return idToken == null ? null : idToken.strip().toUpperCase(Locale.ROOT);
    }
}
