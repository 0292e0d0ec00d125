package org.roaminghub.partners.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single values: durations, whole numbers, truth values, URLs. Empty means the text is no such value. */
final class Values {

    @FunctionalInterface
    interface Reader<T> {
        Optional<T> read(String text);

        default boolean isValid(String text) {
            return read(text).isPresent();
        }
    }

    private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,5})(ms|s|m|h|d)");

    /** Schedules of pulls. */
    static final Reader<Duration> DAYS = duration(Duration.ofDays(31));
    static final String DAYS_HINT = "a time such as 90s, 15m, 6h or 7d, at most 31d";

    private Values() {}

    /** From 1 ms to {@code longest}: 500ms, 10s, 15m, 1h, 2d. */
    static Reader<Duration> duration(Duration longest) {
        return text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            long count = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
            return duration.compareTo(longest) > 0 ? Optional.empty() : Optional.of(duration);
        };
    }

    static Reader<Integer> wholeNumber(int smallest, int largest) {
        return text -> {
            if (!text.matches("\\d{1,9}")) {
                return Optional.empty();
            }
            int number = Integer.parseInt(text);
            return number < smallest || number > largest ? Optional.empty() : Optional.of(number);
        };
    }

    static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** Form only. What the URL leads to is checked when it is used, because names change their addresses. */
    static Optional<URI> url(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            String authority = uri.getRawAuthority();
            // A name or password before the @ would be a secret in the file.
            boolean plain = authority != null && !authority.isEmpty() && authority.indexOf('@') < 0;
            return web && plain && uri.getRawFragment() == null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
