package org.roaminghub.ocpp;

import java.util.Optional;

/** An enum constant that has a fixed spelling in events; the spelling, not the Java name, is the contract. */
public interface WireName {
    /** The word as it stands in an event. */
    String wireName();

    /** The constant spelled {@code word}, exactly; empty for any other word. */
    static <E extends Enum<E> & WireName> Optional<E> find(Class<E> words, String word) {
        for (E candidate : words.getEnumConstants()) {
            if (candidate.wireName().equals(word)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
