package org.roaminghub.modules.chargingprofiles;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.ocpi.OcpiException;

/**
 * The query of a request as it was written, so that what is not exchanged goes on as it came.
 *
 * @param text without the question mark; null when there is none
 */
record RawQuery(String text) {

    /**
     * The value of a parameter, decoded.
     *
     * @throws OcpiException 2001 when it stands twice or cannot be decoded
     */
    Optional<String> value(String name) {
        List<String> found = parameters().stream().filter(parameter -> isNamed(parameter, name)).toList();
        if (found.size() > 1) {
            throw OcpiException.invalid(name + ": stands twice in the query");
        }
        return found.stream().findFirst().map(parameter -> decoded(parameter.substring(parameter.indexOf('=') + 1)));
    }

    /** The same query with another value of one parameter, percent-encoded (CP-04). */
    String with(String name, String value) {
        return parameters().stream().map(parameter -> isNamed(parameter, name) ? name + "=" + OcpiUrls.segment(value) : parameter).collect(Collectors.joining("&"));
    }

    private List<String> parameters() {
        return text == null ? List.of() : Arrays.asList(text.split("&", -1));
    }

    private static boolean isNamed(String parameter, String name) {
        int equals = parameter.indexOf('=');
        return equals >= 0 && decoded(parameter.substring(0, equals)).equals(name);
    }

    /** A plus is a plus: no URL has a space, and who does not encode its URL means what it writes. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw OcpiException.invalid("query: not percent-encoded");
        }
    }
}
