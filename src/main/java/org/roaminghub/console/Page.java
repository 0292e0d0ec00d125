package org.roaminghub.console;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next cursor of the next page, null on the last one
 */
record Page<T>(List<T> items, String next) {
    private static final String SEPARATOR = "\n";

    /**
     * Makes a page of what was read with one row more than asked for: the extra row only says that there is more.
     *
     * @param cursorOf the sort key of an item, as texts
     */
    static <T> Page<T> of(List<T> read, int limit, Function<T, List<String>> cursorOf) {
        if (read.size() <= limit) {
            return new Page<>(read, null);
        }
        List<T> items = read.subList(0, limit);
        String key = String.join(SEPARATOR, cursorOf.apply(items.get(limit - 1)));
        return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads a cursor back into its texts. */
    static List<String> parse(String cursor, int parts) {
        try {
            List<String> key = List.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, -1));
            if (key.size() == parts) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw ApiProblem.invalid("cursor", "use the value of next from the page before, unchanged, with the same filters");
    }
}
