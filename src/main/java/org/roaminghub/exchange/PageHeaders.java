package org.roaminghub.exchange;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the headers of an answer say about the page in it (TRANS-17, TRANS-18, TRANS-19).
 *
 * @param link  header Link as it came
 * @param total X-Total-Count
 * @param limit X-Limit, the largest page the partner gives
 */
public record PageHeaders(Optional<String> link, Optional<Long> total, Optional<Integer> limit) {
    /** An answer without any of them. */
    public static final PageHeaders NONE = new PageHeaders(Optional.empty(), Optional.empty(), Optional.empty());

    // Some write [10000].
    private static final Pattern NUMBER = Pattern.compile("\\s*\\[?\\s*(\\d{1,9})\\s*]?\\s*");

    static Optional<PageHeaders> of(String link, String total, String limit) {
        PageHeaders headers = new PageHeaders(Optional.ofNullable(link).map(String::strip).filter(text -> !text.isEmpty()),
                number(total).map(Long::valueOf), number(limit).map(Integer::valueOf));
        return headers.equals(NONE) ? Optional.empty() : Optional.of(headers);
    }

    private static Optional<String> number(String header) {
        Matcher matcher = NUMBER.matcher(header == null ? "" : header);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
