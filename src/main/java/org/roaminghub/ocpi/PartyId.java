package org.roaminghub.ocpi;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A party on the network: two letters of country and up to three letters or digits of party, written {@code NL*ACM}.
 *
 * <p>OCPI compares both parts without case (TRANS-54). They are folded to upper case here, once, so that
 * {@code equals} and {@code hashCode} are the comparison OCPI means and a party id can be a map key.
 */
public record PartyId(String countryCode, String partyId) {

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern PARTY = Pattern.compile("[A-Z0-9]{1,3}");

    /** @throws IllegalArgumentException if a part is missing or has other characters; the text never repeats the input */
    public PartyId {
        countryCode = fold(countryCode);
        partyId = fold(partyId);
        if (!COUNTRY.matcher(countryCode).matches()) {
            throw new IllegalArgumentException("a country code is two letters");
        }
        if (!PARTY.matcher(partyId).matches()) {
            throw new IllegalArgumentException("a party id is one to three letters or digits");
        }
    }

    /** The party of these two parts, in any case. @throws IllegalArgumentException if one of them cannot be such a part */
    public static PartyId of(String countryCode, String partyId) {
        return new PartyId(countryCode, partyId);
    }

    /** Reads {@code NL*ACM}, in any case. @throws IllegalArgumentException if the text has another form */
    public static PartyId parse(String text) {
        int star = text == null ? -1 : text.indexOf('*');
        if (star < 0) {
            throw new IllegalArgumentException("a party is written as country*party, for instance NL*ACM");
        }
        return new PartyId(text.substring(0, star), text.substring(star + 1));
    }

    /** Whether {@link #of} would accept these parts. */
    public static boolean isValid(String countryCode, String partyId) {
        return COUNTRY.matcher(fold(countryCode)).matches() && PARTY.matcher(fold(partyId)).matches();
    }

    // Locale.ROOT: under a Turkish default locale "ni" would not fold to "NI".
    private static String fold(String part) {
        return part == null ? "" : part.toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return countryCode + "*" + partyId;
    }
}
