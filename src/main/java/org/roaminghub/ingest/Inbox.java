package org.roaminghub.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.charging.StationKey;
import org.roaminghub.charging.StationWork;

/**
 * Stores what backends send. Requests that arrive together share one commit (D10): two writers take all that waits, write it
 * with one statement, and only after the commit is each request answered.
 */
@ApplicationScoped
class Inbox {
    private static final int WRITERS = 2;
    private static final int QUEUE = 4_096;
    private static final int ROWS_PER_COMMIT = 4_000;

    private final Jdbi jdbi;
    private final StationWork work;
    private final BlockingQueue<Delivery> queue = new ArrayBlockingQueue<>(QUEUE);
    private final List<Thread> writers = new ArrayList<>();
    private final io.micrometer.core.instrument.Counter accepted;
    private volatile boolean running;

    Inbox(Jdbi jdbi, StationWork work, MeterRegistry metrics) {
        this.jdbi = jdbi;
        this.work = work;
        this.accepted = metrics.counter("hub.inbox.events");
    }

    /**
     * A readable event.
     *
     * @param body   the completed envelope as JSON text
     * @param digest of its content, the same for every repetition
     */
    record Row(String source, String eventId, String station, String receivedAt, Long sourceSeq, String body, String digest) {
    }

    /** What became of a row. */
    enum Stored {
        ACCEPTED,
        DUPLICATE,
        /** The id is taken by an event with another content. */
        ID_REUSED
    }

    private record Delivery(List<Row> rows, CompletableFuture<List<Stored>> answer) {
    }

    void start(@Observes @Priority(150) StartupEvent event) {
        running = true;
        for (int number = 0; number < WRITERS; number++) {
            Thread writer = new Thread(this::write, "inbox-" + number);
            writer.setDaemon(true);
            writer.start();
            writers.add(writer);
        }
    }

    void stop(@Observes @Priority(50) ShutdownEvent event) throws InterruptedException {
        running = false;
        for (Thread writer : writers) {
            writer.join(TimeUnit.SECONDS.toMillis(10));
        }
    }

    /** Completes when all rows are durable, or exceptionally when they are not. Answers in the order of the rows. */
    CompletableFuture<List<Stored>> store(List<Row> rows) {
        CompletableFuture<List<Stored>> answer = new CompletableFuture<>();
        if (rows.isEmpty()) {
            answer.complete(List.of());
            return answer;
        }
        // A full queue means that the database does not keep up: better to say so than to grow.
        if (!running || !queue.offer(new Delivery(rows, answer))) {
            answer.completeExceptionally(new Busy());
        }
        return answer;
    }

    /** The hub cannot take more at the moment. */
    static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void write() {
        while (running || !queue.isEmpty()) {
            try {
                Delivery first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    commit(gather(first));
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private List<Delivery> gather(Delivery first) {
        List<Delivery> together = new ArrayList<>();
        together.add(first);
        int rows = first.rows().size();
        while (rows < ROWS_PER_COMMIT) {
            Delivery next = queue.poll();
            if (next == null) {
                break;
            }
            together.add(next);
            rows += next.rows().size();
        }
        return together;
    }

    private void commit(List<Delivery> deliveries) {
        List<Row> rows = deliveries.stream().flatMap(delivery -> delivery.rows().stream()).toList();
        List<Stored> stored;
        try {
            stored = jdbi.inTransaction(handle -> insert(handle, rows));
        } catch (RuntimeException e) {
            deliveries.forEach(delivery -> delivery.answer().completeExceptionally(e));
            return;
        }
        Set<StationKey> stations = new HashSet<>();
        int at = 0;
        int fresh = 0;
        for (Row row : rows) {
            if (stored.get(at++) == Stored.ACCEPTED) {
                stations.add(new StationKey(row.source(), row.station()));
                fresh++;
            }
        }
        accepted.increment(fresh);
        stations.forEach(work::add);
        if (!queue.isEmpty()) {
            work.giveWay();
        }
        int from = 0;
        for (Delivery delivery : deliveries) {
            delivery.answer().complete(stored.subList(from, from + delivery.rows().size()));
            from += delivery.rows().size();
        }
    }

    private record Id(String source, String eventId) {
    }

    /** In the order of the key: two writers with the same events in different orders would wait for each other for ever. */
    private static List<Stored> insert(Handle handle, List<Row> rows) {
        Set<Id> inserted = new HashSet<>();
        handle.createQuery("""
                        insert into inbox (source, event_id, station, received_at, source_seq, body, digest)
                        select source, event_id, station, received_at::timestamptz, source_seq, body, digest
                        from unnest(:sources, :ids, :stations, :received, :seqs, :bodies, :digests) with ordinality
                            r (source, event_id, station, received_at, source_seq, body, digest, line)
                        order by source, event_id, line
                        on conflict do nothing returning source, event_id""")
                .bind("sources", column(rows, Row::source)).bind("ids", column(rows, Row::eventId)).bind("stations", column(rows, Row::station))
                .bind("received", column(rows, Row::receivedAt)).bind("seqs", rows.stream().map(Row::sourceSeq).toArray(Long[]::new))
                .bind("bodies", column(rows, Row::body)).bind("digests", column(rows, Row::digest))
                .map((row, context) -> new Id(row.getString(1), row.getString(2))).forEach(inserted::add);
        if (inserted.size() == rows.size()) {
            return java.util.Collections.nCopies(rows.size(), Stored.ACCEPTED);
        }
        Map<Id, String> digests = digests(handle, rows);
        List<Stored> stored = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Id id = new Id(row.source(), row.eventId());
            boolean same = row.digest().equals(digests.get(id));
            // Of two equal lines in one commit the first is the accepted one.
            boolean first = same && inserted.remove(id);
            stored.add(first ? Stored.ACCEPTED : same ? Stored.DUPLICATE : Stored.ID_REUSED);
        }
        return stored;
    }

    private static Map<Id, String> digests(Handle handle, List<Row> rows) {
        Map<Id, String> digests = new HashMap<>();
        handle.createQuery("select i.source, i.event_id, i.digest from unnest(:sources, :ids) r (source, event_id) join inbox i using (source, event_id)")
                .bind("sources", column(rows, Row::source)).bind("ids", column(rows, Row::eventId))
                .map((row, context) -> Map.entry(new Id(row.getString(1), row.getString(2)), row.getString(3)))
                .forEach(entry -> digests.put(entry.getKey(), entry.getValue()));
        return digests;
    }

    private static String[] column(List<Row> rows, java.util.function.Function<Row, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
