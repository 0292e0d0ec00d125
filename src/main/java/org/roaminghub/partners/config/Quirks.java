package org.roaminghub.partners.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The quirks of one partner. @param values each quirk that is on, with its value, empty where it takes none */
public record Quirks(Map<Quirk, String> values) {
    /** A partner that follows the specification. */
    public static final Quirks NONE = new Quirks(Map.of());

    public Quirks {
        values = Map.copyOf(values);
    }

    /** What stands left and right of the first colon of a value; right is empty where there is none. */
    public record Pair(String left, String right) {
        static Pair of(String text) {
            int colon = text.indexOf(':');
            return colon < 0 ? new Pair(text.strip(), "") : new Pair(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
        }
    }

    public boolean has(Quirk quirk) {
        return values.containsKey(quirk);
    }

    /** Whether any quirk of this kind is on. */
    public boolean has(Quirk.Kind kind) {
        return values.keySet().stream().anyMatch(quirk -> quirk.kind() == kind);
    }

    /** The value of a quirk that is on. */
    public Optional<String> value(Quirk quirk) {
        return Optional.ofNullable(values.get(quirk));
    }

    /** The values of a quirk that takes several; none when it is off. */
    public List<String> list(Quirk quirk) {
        return value(quirk).map(Quirks::split).orElse(List.of());
    }

    /** As {@link #list}, each taken apart at its colon. */
    public List<Pair> pairs(Quirk quirk) {
        return list(quirk).stream().map(Pair::of).toList();
    }

    static List<String> split(String value) {
        return Arrays.stream(value.split(";", -1)).map(String::strip).toList();
    }

    /** The value of a quirk that takes a time. */
    public Optional<Duration> time(Quirk quirk) {
        return value(quirk).flatMap(Values.DAYS::read);
    }

    /** The value of a quirk that takes a number. */
    public Optional<Integer> number(Quirk quirk) {
        return value(quirk).map(Integer::valueOf);
    }
}
