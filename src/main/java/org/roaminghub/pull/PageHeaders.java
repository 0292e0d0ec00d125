package org.roaminghub.pull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.roaminghub.exchange.Outcome;

/**
 * What the headers of an answer say about the page in it (TRANS-17, TRANS-18, TRANS-19).
 *
 * @param link  header Link as it came
 * @param total X-Total-Count
 * @param limit X-Limit, the largest page the partner gives
 */
record PageHeaders(Optional<String> link, Optional<Long> total, Optional<Integer> limit) {
    // Some write [10000].
    private static final Pattern NUMBER = Pattern.compile("\\s*\\[?\\s*(\\d{1,9})\\s*]?\\s*");

    static PageHeaders of(Outcome.Answered answer) {
        return new PageHeaders(answer.link().map(String::strip).filter(text -> !text.isEmpty()),
                answer.total().flatMap(PageHeaders::number).map(Long::valueOf), answer.pageLimit().flatMap(PageHeaders::number).map(Integer::valueOf));
    }

    private static Optional<String> number(String header) {
        Matcher matcher = NUMBER.matcher(header);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
