package org.roaminghub.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/** Feed entries for tests: the place is a number, everything in one lane of NL*ACM. */
final class FeedEntries {
    static final PartyId OWNER = PartyId.of("NL", "ACM");
    static final Outgoing DOCUMENT = new Outgoing(List.of("ID"), "", Optional.of("{}"), Optional.empty(), Optional.empty());

    private FeedEntries() {
    }

    static Place place(long number) {
        return new Place(number, 1);
    }

    static FeedEntry entry(String object, long number) {
        return new FeedEntry(ModuleId.LOCATIONS, OWNER, object, null, place(number), place(number), Instant.EPOCH);
    }
}
