package org.roaminghub.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Everything a platform received, in order, and counters per object. Safe for use from several threads. */
public final class ReceivedLog {

    private final int limit;
    private final Deque<Received> entries = new ArrayDeque<>();
    private final Map<String, Integer> requests = new HashMap<>();
    private final Map<String, Integer> stores = new HashMap<>();
    private long total;

    ReceivedLog(int limit) {
        this.limit = limit;
    }

    /** All requests in order of arrival; only the newest ones once {@link #total()} exceeds the platform's limit. */
    public synchronized List<Received> all() {
        return List.copyOf(entries);
    }

    /** The requests that match. */
    public synchronized List<Received> where(Predicate<Received> condition) {
        return entries.stream().filter(condition).toList();
    }

    /** The requests of one module with one method, for instance {@code ("cdrs", "POST")}. */
    public List<Received> of(String module, String method) {
        return where(received -> received.module().equals(module) && received.method().equals(method));
    }

    /** How many requests came in altogether, forgotten ones included. */
    public synchronized long total() {
        return total;
    }

    /** How many requests named this very object, GETs and failed ones included. */
    public synchronized int requests(String module, String object) {
        return requests.getOrDefault(key(module, object), 0);
    }

    /** How many writes to this very object took effect; of a CDR, how many times it was accepted, repetitions included. */
    public synchronized int stores(String module, String object) {
        return stores.getOrDefault(key(module, object), 0);
    }

    /** Starts again with an empty log and counters at zero. */
    public synchronized void clear() {
        entries.clear();
        requests.clear();
        stores.clear();
        total = 0;
    }

    synchronized void add(Received received) {
        total++;
        if (entries.size() == limit) {
            entries.removeFirst();
        }
        entries.addLast(received);
        if (received.object().isEmpty()) {
            return;
        }
        String key = key(received.module(), received.object());
        requests.merge(key, 1, Integer::sum);
        if (received.stored()) {
            stores.merge(key, 1, Integer::sum);
        }
    }

    private static String key(String module, String object) {
        return module + " " + object.toUpperCase(Locale.ROOT);
    }
}
