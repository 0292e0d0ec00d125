package org.roaminghub.partners.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The quirks of one partner. @param values each quirk that is on, with its value, empty where it takes none */
public record Quirks(Map<Quirk, String> values) {
    /** A partner that follows the specification. */
    public static final Quirks NONE = new Quirks(Map.of());

    public Quirks {
        values = Map.copyOf(values);
    }

    public boolean has(Quirk quirk) {
        return values.containsKey(quirk);
    }

    /** The value of a quirk that is on. */
    public Optional<String> value(Quirk quirk) {
        return Optional.ofNullable(values.get(quirk));
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
