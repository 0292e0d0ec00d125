package org.roaminghub.exchange;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes the exchange log in batches, beside the traffic. When the database cannot follow, rows of successes are dropped and
 * counted; rows of failures wait (D11: losing a row is better than delaying a delivery, losing a failure's row is not).
 */
@ApplicationScoped
public class ExchangeLog {
    private static final Logger LOG = Logger.getLogger(ExchangeLog.class);
    private static final int QUEUE = 20_000;
    private static final int BATCH = 500;

    private final Jdbi jdbi;
    private final BlockingQueue<ExchangeRow> successes = new LinkedBlockingQueue<>(QUEUE);
    private final BlockingQueue<ExchangeRow> failures = new LinkedBlockingQueue<>();
    private final MeterRegistry metrics;
    private volatile boolean running;
    private Thread writer;

    ExchangeLog(Jdbi jdbi, MeterRegistry metrics) {
        this.jdbi = jdbi;
        this.metrics = metrics;
    }

    void start(@Observes @Priority(10) StartupEvent event) {
        running = true;
        writer = new Thread(this::write, "exchange-log");
        writer.setDaemon(true);
        writer.start();
    }

    void stop(@Observes @Priority(5000) ShutdownEvent event) throws InterruptedException {
        running = false;
        writer.join(TimeUnit.SECONDS.toMillis(10));
    }

    /** Takes a row; returns at once. */
    public void add(ExchangeRow row) {
        if (row.failed()) {
            failures.add(row);
            return;
        }
        if (!successes.offer(row)) {
            metrics.counter("hub.exchange.dropped").increment();
        }
    }

    private void write() {
        while (running || !successes.isEmpty() || !failures.isEmpty()) {
            try {
                List<ExchangeRow> batch = nextBatch();
                if (!batch.isEmpty()) {
                    insert(batch);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private List<ExchangeRow> nextBatch() throws InterruptedException {
        List<ExchangeRow> batch = new ArrayList<>(BATCH);
        failures.drainTo(batch, BATCH);
        successes.drainTo(batch, BATCH - batch.size());
        if (batch.isEmpty()) {
            ExchangeRow row = successes.poll(100, TimeUnit.MILLISECONDS);
            if (row != null) {
                batch.add(row);
            }
        }
        return batch;
    }

    private void insert(List<ExchangeRow> rows) throws InterruptedException {
        try {
            jdbi.useTransaction(handle -> {
                PreparedBatch batch = handle.prepareBatch("""
                        insert into exchange (at, direction, partner, module, method, path, object, request_id, correlation_id,
                            http_status, ocpi_status, duration_ms, attempt, failure, request_body, response_body)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
                for (ExchangeRow row : rows) {
                    batch.add(row.at().atOffset(ZoneOffset.UTC), row.direction().name(), row.partner(), row.module(), row.method(),
                            clean(row.path()), clean(row.object()), row.requestId(), row.correlationId(), row.httpStatus(), row.ocpiStatus(),
                            row.durationMs(), row.attempt(), clean(row.failure()), clean(row.requestBody()), clean(row.responseBody()));
                }
                batch.execute();
            });
        } catch (RuntimeException e) {
            LOG.warnf("The exchange log cannot be written (%s); failures are kept and tried again", e.getMessage());
            rows.stream().filter(ExchangeRow::failed).forEach(failures::add);
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /** PostgreSQL text holds no NUL, a hostile body may. */
    private static String clean(String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }
}
