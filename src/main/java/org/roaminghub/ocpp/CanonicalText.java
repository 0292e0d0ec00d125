package org.roaminghub.ocpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.TreeMap;

/** One text for one meaning: member order and spelling of numbers do not matter, so texts can be compared or hashed. */
public final class CanonicalText {
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private CanonicalText() {}

    /** The JSON text with sorted members and plain decimals. */
    public static String of(JsonNode node) {
        StringBuilder text = new StringBuilder(256);
        append(text, node);
        return text.toString();
    }

    /** What an event says, without when and how it reached us: equal for a repetition, different for other content. */
    public static String contentOf(ChargingEvent event) {
        Envelope envelope = event.envelope();
        String time = envelope.timeRaw() == null ? envelope.time().toString() : envelope.timeRaw();
        if (!envelope.type().hasStationTime()) {
            time = "";
        }
        return envelope.type().wireName() + '|' + time + '|' + envelope.evseId() + '|' + envelope.connectorId() + '|'
                + envelope.transactionId() + '|' + of(envelope.document().path("data"));
    }

    /** UTC with milliseconds and Z as the model asks; finer fractions are kept, cutting them could reorder events. */
    public static String of(Instant instant) {
        if (instant.getNano() % 1_000_000 == 0) {
            return MILLISECONDS.format(instant);
        }
        return instant.toString();
    }

    /** The number in the one scale that equals itself after a trip through text: 1000, not 1000.0 or 1E+3. */
    public static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static void append(StringBuilder text, JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            node.fields().forEachRemaining(member -> members.put(member.getKey(), member.getValue()));
            text.append('{');
            members.forEach((name, value) -> {
                separate(text, '{');
                text.append(JsonNodeFactory.instance.textNode(name)).append(':');
                append(text, value);
            });
            text.append('}');
            return;
        }
        if (node.isArray()) {
            text.append('[');
            node.forEach(item -> {
                separate(text, '[');
                append(text, item);
            });
            text.append(']');
            return;
        }
        if (node.isNumber()) {
            text.append(plain(node.decimalValue()).toPlainString());
            return;
        }
        text.append(node);
    }

    private static void separate(StringBuilder text, char opening) {
        if (text.charAt(text.length() - 1) != opening) {
            text.append(',');
        }
    }
}
