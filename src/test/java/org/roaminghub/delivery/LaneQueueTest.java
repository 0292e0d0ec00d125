package org.roaminghub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roaminghub.delivery.FeedEntries.DOCUMENT;
import static org.roaminghub.delivery.FeedEntries.entry;
import static org.roaminghub.delivery.FeedEntries.place;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.roaminghub.delivery.LaneQueue.Item;

/** The order within a lane (design D3). */
class LaneQueueTest {
    private final LaneQueue queue = new LaneQueue(Place.START);

    @Test
    void anObjectThatChangesAgainWhileItWaitsIsSentOnceInItsNewestForm() {
        offer("A", 1);
        offer("B", 2);
        offer("A", 3);

        assertThat(take().entry()).isEqualTo(entry("B", 2));
        assertThat(take().entry()).isEqualTo(entry("A", 3));
        assertThat(next()).isEmpty();
    }

    @Test
    void requestsAboutOneLocationNeverOverlap() {
        offer("L", 1);
        offer("L/E1", 2);
        offer("M", 3);

        Item location = take();
        assertThat(take().entry()).isEqualTo(entry("M", 3));
        assertThat(next()).as("the EVSE waits for its Location").isEmpty();

        queue.settled(location);
        assertThat(take().entry()).isEqualTo(entry("L/E1", 2));
    }

    @Test
    void thePositionNeverPassesAnObjectThatIsNotSettled() {
        offer("A", 1);
        offer("B", 2);
        Item first = take();
        Item second = take();

        queue.settled(second);
        assertThat(queue.position().isAfter(place(1))).isFalse();
        assertThat(place(1).isAfter(queue.position())).isTrue();

        queue.settled(first);
        assertThat(queue.position()).isEqualTo(place(2));
    }

    @Test
    void aReturnedItemKeepsItsPlaceInTheOrder() {
        offer("A", 1);
        offer("B", 2);
        Item first = take();

        queue.returned(first);

        assertThat(take().entry()).isEqualTo(entry("A", 1));
    }

    @Test
    void aReturnedItemGivesWayToTheNewerEntryOfItsObject() {
        offer("A", 1);
        Item older = take();
        offer("A", 5);

        queue.returned(older);

        assertThat(take().entry()).isEqualTo(entry("A", 5));
        assertThat(next()).isEmpty();
    }

    @Test
    void whatWasForgottenIsReadAgain() {
        offer("A", 1);
        offer("B", 2);
        queue.settled(take());

        queue.forgetWaiting();

        assertThat(place(2).isAfter(queue.readUpTo())).as("B is read again").isTrue();
        offer("B", 2);
        assertThat(take().entry()).isEqualTo(entry("B", 2));
    }

    @Test
    void severalRequestsThatFailOneAfterTheOtherAreAllReadAgain() {
        offer("A", 1);
        offer("B", 2);
        offer("C", 3);
        Item first = take();
        Item second = take();
        Item third = take();

        queue.returned(first);
        queue.forgetWaiting();
        queue.returned(second);
        queue.forgetWaiting();
        queue.returned(third);
        queue.forgetWaiting();

        assertThat(place(1).isAfter(queue.readUpTo())).as("all three lie beyond what is read").isTrue();
        assertThat(place(1).isAfter(queue.position())).as("none of them is confirmed").isTrue();
    }

    @Test
    void anItemThatIsReadAgainWhileItIsUnderWayStaysUnsettledUntilItIsDone() {
        offer("A", 1);
        offer("B", 2);
        Item underWay = take();
        queue.forgetWaiting();
        queue.rewind();
        offer("A", 1);

        queue.returned(underWay);

        assertThat(place(1).isAfter(queue.position())).isTrue();
        assertThat(take().entry()).isEqualTo(entry("A", 1));
    }

    @Test
    void aRewoundQueueDoesNotOverlapWhatIsUnderWay() {
        offer("A", 1);
        Item underWay = take();

        queue.rewind();

        offer("A", 1);
        assertThat(next()).as("the first request is still under way").isEmpty();
        queue.settled(underWay);
        assertThat(place(1).isAfter(queue.position())).as("it is to be sent again").isTrue();
        queue.settled(take());
        assertThat(queue.position()).isEqualTo(place(1));
    }

    @Test
    void aRetryHasNoSayAboutThePosition() {
        offer("A", 1);
        queue.settled(take());

        queue.offerRetry(entry("H", 0));

        assertThat(queue.position()).isEqualTo(place(1));
        assertThat(take().retry()).isTrue();
    }

    @Test
    void aRetryThatIsOfferedTwiceIsTriedOnce() {
        queue.offerRetry(entry("H", 1));
        queue.offerRetry(entry("H", 1));

        take();

        queue.forgetWaiting();
        assertThat(next()).isEmpty();
        assertThat(queue.inFlight()).isEqualTo(1);
    }

    @Test
    void aRetryAndAFreshChangeOfTheSameObjectDoNotOverlap() {
        queue.offerRetry(entry("H", 1));
        Item retry = take();
        offer("H", 7);

        assertThat(next()).isEmpty();

        queue.settled(retry);
        assertThat(take().entry()).isEqualTo(entry("H", 7));
    }

    @Test
    void anEntryThatWasReadBeforeIsKnown() {
        offer("A", 5);
        queue.settled(take());

        offer("A", 5);

        assertThat(next()).isEmpty();
    }

    @Test
    void aStatusThatOvertakesAWaitingFullChangeDoesNotCountOnIt() {
        queue.offer(entry("L/E1", 1), DOCUMENT, false);
        queue.offer(entry("L/E1", 2), DOCUMENT, true);

        assertThat(take().baseConfirmed()).isFalse();
    }

    @Test
    void aStatusThatOvertakesAFailedFullChangeDoesNotCountOnIt() {
        queue.offer(entry("L/E1", 1), DOCUMENT, false);
        Item full = take();
        queue.offer(entry("L/E1", 2), DOCUMENT, true);

        queue.returned(full);

        assertThat(take().baseConfirmed()).isFalse();
    }

    @Test
    void aStatusAfterAConfirmedFullChangeCountsOnIt() {
        queue.offer(entry("L/E1", 1), DOCUMENT, false);
        Item full = take();
        queue.offer(entry("L/E1", 2), DOCUMENT, true);

        queue.settled(full);

        assertThat(take().baseConfirmed()).isTrue();
    }

    private void offer(String object, long number) {
        queue.offer(entry(object, number), DOCUMENT, false);
    }

    private Optional<Item> next() {
        return queue.next(object -> true);
    }

    private Item take() {
        return next().orElseThrow();
    }
}
