package org.roaminghub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roaminghub.delivery.FeedEntries.DOCUMENT;
import static org.roaminghub.delivery.FeedEntries.entry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.roaminghub.delivery.LaneQueue.Item;

/** Whatever happens to a lane, in the end the partner has every object's newest version (design D3). */
class LaneQueuePropertyTest {
    private static final List<String> OBJECTS = List.of("L", "L/E1", "L/E2", "M", "M/E1", "N");

    /** One thing that can happen; {@code pick} chooses the object or the request under way. */
    record Step(Kind kind, int pick) {
    }

    enum Kind { CHANGE, READ, NEXT, SETTLE, RETURN, FAIL, RESYNC, RETRY }

    @Provide
    Arbitrary<List<Step>> stories() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.just(Kind.CHANGE)), net.jqwik.api.Tuple.of(4, Arbitraries.just(Kind.READ)),
                net.jqwik.api.Tuple.of(6, Arbitraries.just(Kind.NEXT)), net.jqwik.api.Tuple.of(3, Arbitraries.just(Kind.SETTLE)),
                net.jqwik.api.Tuple.of(2, Arbitraries.just(Kind.RETURN)), net.jqwik.api.Tuple.of(2, Arbitraries.just(Kind.FAIL)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(Kind.RESYNC)), net.jqwik.api.Tuple.of(1, Arbitraries.just(Kind.RETRY)));
        return kinds.flatMap(kind -> Arbitraries.integers().between(0, 100).map(pick -> new Step(kind, pick))).list().ofMaxSize(120);
    }

    @Property(tries = 2_000)
    void everyObjectsNewestPlaceIsSentAndNothingOverlaps(@ForAll("stories") List<Step> story) {
        World world = new World();

        story.forEach(world::step);
        world.finish();

        assertThat(world.confirmed).as("what the partner has").isEqualTo(world.newest);
        assertThat(world.queue.position()).isEqualTo(world.head());
        assertThat(world.queue.isIdle()).isTrue();
    }

    /** The feed, the partner and the queue between them. */
    private static final class World {
        final LaneQueue queue = new LaneQueue(Place.START);
        final Map<String, Place> newest = new HashMap<>();
        final Map<String, Place> confirmed = new HashMap<>();
        private final TreeMap<Place, FeedEntry> feed = new TreeMap<>();
        private final List<Item> underWay = new ArrayList<>();
        private long clock;

        void step(Step step) {
            switch (step.kind()) {
                case CHANGE -> change(OBJECTS.get(step.pick() % OBJECTS.size()));
                case READ -> read(1 + step.pick() % 4);
                case NEXT -> next();
                case SETTLE -> pick(step.pick()).ifPresent(this::settle);
                case RETURN -> pick(step.pick()).ifPresent(queue::returned);
                case FAIL -> pick(step.pick()).ifPresent(item -> {
                    queue.returned(item);
                    queue.forgetWaiting();
                });
                case RESYNC -> queue.rewind();
                case RETRY -> Optional.ofNullable(newest.get(OBJECTS.get(step.pick() % OBJECTS.size())))
                        .ifPresent(place -> queue.offerRetry(feed.get(place)));
            }
            mustNotPassWhatIsNotConfirmed();
        }

        void finish() {
            while (!underWay.isEmpty() || !queue.isIdle() || !feed.tailMap(queue.readUpTo(), false).isEmpty()) {
                read(100);
                next();
                pick(0).ifPresent(this::settle);
                mustNotPassWhatIsNotConfirmed();
            }
        }

        Place head() {
            return feed.isEmpty() ? Place.START : feed.lastKey();
        }

        private void change(String object) {
            FeedEntry entry = entry(object, ++clock);
            Place older = newest.put(object, entry.place());
            if (older != null) {
                feed.remove(older);
            }
            feed.put(entry.place(), entry);
        }

        private void read(int limit) {
            feed.tailMap(queue.readUpTo(), false).values().stream().limit(limit).toList().forEach(entry -> queue.offer(entry, DOCUMENT, false));
        }

        private void next() {
            queue.next(object -> true).ifPresent(item -> {
                assertThat(underWay).extracting(other -> other.entry().conflictKey()).doesNotContain(item.entry().conflictKey());
                underWay.add(item);
            });
        }

        private Optional<Item> pick(int number) {
            return underWay.isEmpty() ? Optional.empty() : Optional.of(underWay.remove(number % underWay.size()));
        }

        private void settle(Item item) {
            confirmed.merge(item.entry().object(), item.entry().place(), (left, right) -> left.isAfter(right) ? left : right);
            queue.settled(item);
        }

        private void mustNotPassWhatIsNotConfirmed() {
            newest.forEach((object, place) -> assertThat(place.isAfter(queue.position()) || place.equals(confirmed.get(object)))
                    .as("%s at %s is neither confirmed nor beyond the position %s", object, place, queue.position()).isTrue());
        }
    }
}
