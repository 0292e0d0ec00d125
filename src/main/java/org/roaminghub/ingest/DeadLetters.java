package org.roaminghub.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Keeps the bytes of lines that could not be taken, with the reason (design §5). */
@ApplicationScoped
class DeadLetters {
    private final Jdbi jdbi;
    private final Clock clock;

    DeadLetters(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A line that was not taken; the shape of an entry of {@code rejected} in the answer, with its raw text. */
    record Letter(int index, String code, String field, String reason, String raw) {
    }

    void add(String source, List<Letter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        jdbi.useTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch("insert into dead_letter (at, source, code, field, reason, raw) values (?, ?, ?, ?, ?, ?)");
            letters.forEach(letter -> batch.add(clock.instant().atOffset(ZoneOffset.UTC), source, letter.code(), letter.field(), letter.reason(),
                    letter.raw().getBytes(StandardCharsets.UTF_8)));
            batch.execute();
        });
    }
}
