package org.roaminghub.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The order within a lane, without threads, clock or database: what waits, what is under way, and the position that is
 * confirmed. An object that changes again while it waits is sent once; requests about one top-level object never overlap;
 * the position never passes an object that is not settled.
 */
final class LaneQueue {
    /**
     * An entry with its document, where that is already at hand.
     *
     * @param baseConfirmed whether the receiver has everything about the object but the status
     */
    record Item(FeedEntry entry, Outgoing outgoing, boolean retry, boolean baseConfirmed) {
        Item withoutBase() {
            return new Item(entry, outgoing, retry, false);
        }
    }

    private final TreeMap<Place, Item> waiting = new TreeMap<>();
    private final Map<String, Place> waitingPlaces = new HashMap<>();
    private final TreeSet<Place> unsettled = new TreeSet<>();
    private final Set<String> busy = new HashSet<>();
    private final Deque<Item> retries = new ArrayDeque<>();
    private Place readUpTo;

    LaneQueue(Place position) {
        this.readUpTo = position;
    }

    /** Takes a feed entry; entries at or before what was already read are known. */
    void offer(FeedEntry entry, Outgoing outgoing, boolean baseConfirmed) {
        if (!entry.place().isAfter(readUpTo)) {
            return;
        }
        readUpTo = entry.place();
        Place older = waitingPlaces.put(entry.object(), entry.place());
        boolean base = baseConfirmed;
        if (older != null) {
            // A full change that is overtaken while it waits was never sent.
            base &= waiting.remove(older).baseConfirmed();
            unsettled.remove(older);
        }
        waiting.put(entry.place(), new Item(entry, outgoing, false, base));
        unsettled.add(entry.place());
    }

    /** Takes a held object for another try. It has no say about the position. */
    void offerRetry(FeedEntry entry) {
        boolean known = retries.stream().anyMatch(item -> item.entry().object().equals(entry.object()));
        if (!known) {
            retries.add(new Item(entry, null, true, false));
        }
    }

    /** The oldest item of those wanted whose object is not under way; from now on it is. */
    Optional<Item> next(Predicate<String> wanted) {
        for (Item item : waiting.values()) {
            if (wanted.test(item.entry().object()) && busy.add(item.entry().conflictKey())) {
                waiting.remove(item.entry().place());
                waitingPlaces.remove(item.entry().object(), item.entry().place());
                return Optional.of(item);
            }
        }
        for (Item item : retries) {
            if (wanted.test(item.entry().object()) && busy.add(item.entry().conflictKey())) {
                retries.remove(item);
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    /** The item reached its end: confirmed, or kept in the held list. */
    void settled(Item item) {
        busy.remove(item.entry().conflictKey());
        // The same place may wait again after forgetWaiting() or rewind(); then it is settled when that one is.
        if (!item.retry() && !item.entry().place().equals(waitingPlaces.get(item.entry().object()))) {
            unsettled.remove(item.entry().place());
        }
    }

    /** The item could not be tried to the end; it waits again unless its object has a newer entry by now. */
    void returned(Item item) {
        busy.remove(item.entry().conflictKey());
        if (item.retry()) {
            retries.add(item);
            return;
        }
        Place place = item.entry().place();
        Place newer = waitingPlaces.get(item.entry().object());
        if (newer != null) {
            if (!newer.equals(place)) {
                unsettled.remove(place);
            }
            if (!item.baseConfirmed()) {
                waiting.computeIfPresent(newer, (key, waits) -> waits.withoutBase());
            }
            return;
        }
        waiting.put(place, item);
        waitingPlaces.put(item.entry().object(), place);
    }

    /** Up to here everything is settled. */
    Place position() {
        if (unsettled.isEmpty() || unsettled.first().isAfter(readUpTo)) {
            return readUpTo;
        }
        return unsettled.first().justBefore();
    }

    Place readUpTo() {
        return readUpTo;
    }

    int size() {
        return waiting.size();
    }

    int inFlight() {
        return busy.size();
    }

    boolean isIdle() {
        return waiting.isEmpty() && busy.isEmpty() && retries.isEmpty();
    }

    /** Forgets what waits: it is read again from the feed or the held list, in its newest form. What is under way stays. */
    void forgetWaiting() {
        waiting.keySet().forEach(unsettled::remove);
        // Never upwards: what was forgotten before and is not read again yet lies below.
        if (!waiting.isEmpty() && readUpTo.isAfter(waiting.firstKey().justBefore())) {
            readUpTo = waiting.firstKey().justBefore();
        }
        waiting.clear();
        waitingPlaces.clear();
        retries.clear();
    }

    /** Starts over from the beginning of the feed. What is under way stays under way, so nothing overlaps it. */
    void rewind() {
        forgetWaiting();
        readUpTo = Place.START;
    }
}
