package org.roaminghub.exchange;

import java.util.regex.Pattern;
import org.roaminghub.ocpi.ModuleId;

/** Takes secrets and token uids out of what the exchange log keeps (D11). */
public final class Masking {
    private static final Pattern SECRET_FIELDS = Pattern.compile("(\"(?:token|uid|visual_number|contract_id)\"\\s*:\\s*)(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?\\d[\\d.eE+-]*))");
    private static final Pattern TOKEN_PATH = Pattern.compile("(/tokens/[^/]+/[^/]+/)([^/?]+)");

    private Masking() {
    }

    /** A body with credentials tokens, token uids and contract ids reduced to their last two characters. */
    public static String body(ModuleId module, String body) {
        if (body == null || (module != ModuleId.CREDENTIALS && module != ModuleId.TOKENS && module != ModuleId.CDRS && module != ModuleId.SESSIONS && module != ModuleId.COMMANDS)) {
            return body;
        }
        return SECRET_FIELDS.matcher(body).replaceAll(match -> java.util.regex.Matcher.quoteReplacement(match.group(1) + '"' + masked(match.group(2) == null ? match.group(3) : match.group(2)) + '"'));
    }

    /** A path without the uid of a token. */
    public static String path(String path) {
        return TOKEN_PATH.matcher(path).replaceAll(match -> java.util.regex.Matcher.quoteReplacement(match.group(1) + masked(match.group(2))));
    }

    /** A path whose last segment is the uid of a token. */
    static String lastSegment(String path) {
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        int slash = plain.lastIndexOf('/');
        return plain.substring(0, slash + 1) + masked(plain.substring(slash + 1)) + (query < 0 ? "" : path.substring(query));
    }

    /** The name of an object, {@code NL*ACM/LOC1}; a token's is its owner, uid and type. */
    static String object(ModuleId module, String object) {
        int uid = object == null ? -1 : object.indexOf('/');
        int type = object == null ? -1 : object.lastIndexOf('/');
        if (module != ModuleId.TOKENS || uid < 0 || type <= uid) {
            return object;
        }
        return object.substring(0, uid + 1) + masked(object.substring(uid + 1, type)) + object.substring(type);
    }

    /** The last two characters of a value, enough to tell two cards apart on the telephone. */
    public static String masked(String value) {
        return value.length() <= 4 ? "***" : "***" + value.substring(value.length() - 2);
    }
}
