package org.roaminghub.pull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the Link header of a page and the offset within a URL. */
final class LinkHeader {
    private static final Pattern LINK = Pattern.compile("<([^>]*)>((?:\\s*;\\s*[^;,<]*)*)");
    private static final Pattern REL_NEXT = Pattern.compile("(?i)(?:^|;)\\s*rel\\s*=\\s*\"?(?:[^\"]*\\s)?next(?:\\s[^\"]*)?\"?\\s*(?:;|$)");
    private static final Pattern BARE_URL = Pattern.compile("(?i)https?://[^\\s<>]+");
    private static final Pattern OFFSET = Pattern.compile("(?<=[?&])offset=(\\d{1,18})(?=&|$)");

    private LinkHeader() {
    }

    /** The URL of the next page. A bare URL without {@code rel} has been seen and can mean nothing else. */
    static Optional<String> next(String header) {
        Matcher link = LINK.matcher(header);
        while (link.find()) {
            if (REL_NEXT.matcher(link.group(2)).find() && !link.group(1).isBlank()) {
                return Optional.of(link.group(1).strip());
            }
        }
        return BARE_URL.matcher(header.strip()).matches() ? Optional.of(header.strip()) : Optional.empty();
    }

    /** The offset that a URL names. */
    static Optional<Long> offset(String url) {
        Matcher offset = OFFSET.matcher(url);
        return offset.find() ? Optional.of(Long.valueOf(offset.group(1))) : Optional.empty();
    }

    /** The same URL at another offset. */
    static String withOffset(String url, long offset) {
        return OFFSET.matcher(url).replaceFirst("offset=" + offset);
    }
}
