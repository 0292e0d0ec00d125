package org.roaminghub.exchange;

import java.util.regex.Pattern;
import org.roaminghub.ocpi.ModuleId;

/** Takes secrets and token uids out of what the exchange log keeps (D11). */
public final class Masking {
    private static final Pattern SECRET_FIELDS = Pattern.compile("(\"(?:token|uid|visual_number|contract_id)\"\\s*:\\s*\")((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern TOKEN_PATH = Pattern.compile("(/tokens/[^/]+/[^/]+/)([^/?]+)");

    private Masking() {
    }

    /** A body with credentials tokens, token uids and contract ids reduced to their last two characters. */
    public static String body(ModuleId module, String body) {
        if (body == null || (module != ModuleId.CREDENTIALS && module != ModuleId.TOKENS && module != ModuleId.CDRS && module != ModuleId.SESSIONS)) {
            return body;
        }
        return SECRET_FIELDS.matcher(body).replaceAll(match -> java.util.regex.Matcher.quoteReplacement(match.group(1) + masked(match.group(2)) + "\""));
    }

    /** A path without the uid of a token. */
    public static String path(String path) {
        return TOKEN_PATH.matcher(path).replaceAll(match -> java.util.regex.Matcher.quoteReplacement(match.group(1) + masked(match.group(2))));
    }

    /** The last two characters of a value, enough to tell two cards apart on the telephone. */
    public static String masked(String value) {
        return value.length() <= 4 ? "***" : "***" + value.substring(value.length() - 2);
    }
}
