package org.roaminghub.modules.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.roaminghub.delivery.Feed;
import org.roaminghub.delivery.Place;
import org.roaminghub.ocpi.PartyId;

/**
 * Where a reader of the token list stands: what it knew before, up to where this walk goes, and how far it has come. A place in
 * the feed and not a time, so nothing that is committed late or carries an old last_updated is passed. Pure.
 *
 * @param known   what the reader knew when it began
 * @param goal    what it will know at the end
 * @param reached the last change handed out; empty before the first page
 */
record TokenWalk(Known known, Known goal, Optional<Reached> reached) {
    private static final String PARTS = ";";
    private static final String LIST = ",";

    /**
     * What a reader knows: everything of these eMSPs up to a place.
     *
     * @param tx the newest transaction of it
     */
    record Known(long tx, Set<PartyId> emsps) {
        /** Somebody who asks for the first time. */
        static final Known NOTHING = new Known(0, Set.of());

        /** As the caller gets it and brings it back. */
        String text() {
            return encoded(plain());
        }

        /** @throws IllegalArgumentException if it is not a text of ours */
        static Known parse(String text) {
            return of(decoded(text, 2));
        }

        private String plain() {
            return tx + PARTS + emsps.stream().map(PartyId::toString).sorted().collect(Collectors.joining(LIST));
        }

        private static Known of(String... parts) {
            Set<PartyId> emsps = parts[1].isEmpty() ? Set.of() : Arrays.stream(parts[1].split(LIST)).map(PartyId::parse).collect(Collectors.toUnmodifiableSet());
            return new Known(number(parts[0]), emsps);
        }

        private Place place() {
            return new Place(tx, Long.MAX_VALUE);
        }
    }

    /** One change of one eMSP. */
    record Reached(PartyId emsp, Place place) {
    }

    static TokenWalk begin(Known known, Place horizon, Collection<PartyId> emsps) {
        return new TokenWalk(known, new Known(horizon.tx(), Set.copyOf(emsps)), Optional.empty());
    }

    TokenWalk at(PartyId emsp, Place place) {
        return new TokenWalk(known, goal, Optional.of(new Reached(emsp, place)));
    }

    /** eMSPs of which the reader has tokens and may have none any more. */
    Set<PartyId> lost() {
        return known.emsps().stream().filter(emsp -> !goal.emsps().contains(emsp)).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the reader may have tokens of this eMSP from before. */
    boolean knew(PartyId emsp) {
        return known.emsps().contains(emsp);
    }

    /** What is still to be read: new eMSPs from their first token, the others from where the reader stood. */
    List<Feed.Standing> ahead() {
        return goal.emsps().stream().sorted(TokenWalk::order).filter(emsp -> reached.isEmpty() || order(emsp, reached.get().emsp()) >= 0)
                .map(emsp -> new Feed.Standing(emsp, reached.filter(last -> last.emsp().equals(emsp)).map(Reached::place).orElseGet(() -> knew(emsp) ? known.place() : Place.START)))
                .toList();
    }

    Place upTo() {
        return goal.place();
    }

    /** The walk as a cursor. */
    String cursor() {
        Reached last = reached.orElseThrow();
        return encoded(String.join(PARTS, known.plain(), goal.plain(), last.emsp().toString(), Long.toString(last.place().tx()), Long.toString(last.place().seq())));
    }

    /** @throws IllegalArgumentException if it is not a cursor of ours */
    static TokenWalk parse(String cursor) {
        String[] parts = decoded(cursor, 7);
        return new TokenWalk(Known.of(parts[0], parts[1]), Known.of(parts[2], parts[3]),
                Optional.of(new Reached(PartyId.parse(parts[4]), new Place(number(parts[5]), number(parts[6])))));
    }

    private static int order(PartyId left, PartyId right) {
        return left.toString().compareTo(right.toString());
    }

    private static long number(String text) {
        long number = Long.parseLong(text);
        if (number < 0) {
            throw new IllegalArgumentException("expected a number from 0");
        }
        return number;
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String[] decoded(String text, int count) {
        String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(PARTS, -1);
        if (parts.length != count) {
            throw new IllegalArgumentException("expected " + count + " parts");
        }
        return parts;
    }
}
