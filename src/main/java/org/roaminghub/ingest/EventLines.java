package org.roaminghub.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.roaminghub.ingest.DeadLetters.Letter;
import org.roaminghub.ocpi.schema.DuplicateKey;
import org.roaminghub.ocpi.schema.NotJson;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.ocpp.CanonicalText;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.Envelope;
import org.roaminghub.ocpp.EventFault;
import org.roaminghub.ocpp.EventReader;

/** Reads a body of events, array or NDJSON: good lines become rows, bad ones letters with index, code, field and reason. */
final class EventLines {
    /** At most so many events in one request (contracts §4). */
    static final int MOST = 1_000;
    private static final int DIGEST_BYTES = 16;

    private final List<Inbox.Row> rows = new ArrayList<>();
    private final List<Integer> indexes = new ArrayList<>();
    private final List<Letter> letters = new ArrayList<>();

    private EventLines() {
    }

    /** @throws Unreadable when not even the list can be read, or when it is too long */
    static EventLines read(String body, boolean lines, String source, Instant arrivedAt) {
        EventLines read = new EventLines();
        if (lines) {
            read.readLines(body, source, arrivedAt);
        } else {
            read.readArray(body, source, arrivedAt);
        }
        return read;
    }

    List<Inbox.Row> rows() {
        return rows;
    }

    /** Index in the request of each row. */
    List<Integer> indexes() {
        return indexes;
    }

    List<Letter> letters() {
        return letters;
    }

    private void readLines(String body, String source, Instant arrivedAt) {
        int index = 0;
        // Not every line break of Unicode ends a line: JSON text may hold U+2028 or U+0085 as they are.
        for (String line : body.split("\r?\n")) {
            if (line.isBlank()) {
                continue;
            }
            mustFit(index);
            try {
                read(index, StrictJson.parse(line), line, source, arrivedAt);
            } catch (NotJson | DuplicateKey e) {
                letters.add(new Letter(index, e instanceof NotJson ? "NOT_JSON" : "DUPLICATE_KEY", null, e.getMessage(), line));
            }
            index++;
        }
        if (index > 0 && letters.size() == index && letters.stream().allMatch(letter -> letter.code().equals("NOT_JSON"))) {
            throw new Unreadable("no line is JSON: " + letters.get(0).reason());
        }
    }

    private void readArray(String body, String source, Instant arrivedAt) {
        JsonNode list;
        try {
            list = StrictJson.parse(body);
        } catch (NotJson | DuplicateKey e) {
            throw new Unreadable(e.getMessage());
        }
        if (!list.isArray()) {
            throw new Unreadable("a JSON array of events is expected, or lines with Content-Type application/x-ndjson");
        }
        int index = 0;
        for (JsonNode event : list) {
            mustFit(index);
            read(index, event, null, source, arrivedAt);
            index++;
        }
    }

    private static void mustFit(int index) {
        if (index >= MOST) {
            throw new Unreadable("more than " + MOST + " events in one request; send them in parts");
        }
    }

    private void read(int index, JsonNode line, String raw, String source, Instant arrivedAt) {
        // Lines of one request that carry no receipt time keep the order in which they stand.
        EventReader.Result result = EventReader.read(line, source, arrivedAt.plus(index, ChronoUnit.MICROS));
        if (!result.readable()) {
            EventFault first = result.faults().get(0);
            String reasons = String.join("; ", result.faults().stream().map(fault -> fault.field() + ": " + fault.reason()).toList());
            letters.add(new Letter(index, first.code().name(), first.field(), result.faults().size() == 1 ? first.reason() : reasons, raw == null ? line.toString() : raw));
            return;
        }
        ChargingEvent event = result.event();
        if (event instanceof ChargingEvent.TimerDue) {
            letters.add(new Letter(index, "UNSUPPORTED_TYPE", "type", "timers are the hub's own", raw == null ? line.toString() : raw));
            return;
        }
        Envelope envelope = event.envelope();
        rows.add(new Inbox.Row(source, envelope.id(), envelope.station(), CanonicalText.of(envelope.receivedAt()), envelope.sourceSeq(),
                envelope.document().toString(), digest(CanonicalText.contentOf(event))));
        indexes.add(index);
    }

    private static String digest(String content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)), 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing could be read. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }
}
