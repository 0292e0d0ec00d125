package org.roaminghub.ocpi;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.util.List;

/**
 * The response envelope (TRANS-29). Built as text because {@code data} already is the JSON text of a stored document and
 * goes out as it came (D1).
 */
public final class Envelope {
    private Envelope() {
    }

    /** Success without data, the answer to pushes. */
    public static String success(Instant now) {
        return of(OcpiStatus.SUCCESS, null, null, now);
    }

    /** Success with data; {@code dataJson} is JSON text. */
    public static String success(String dataJson, Instant now) {
        return of(OcpiStatus.SUCCESS, null, dataJson, now);
    }

    /** Success with a list; each item is JSON text. A page is large, so it is copied once. */
    public static String list(List<String> items, Instant now) {
        int length = 128;
        for (String item : items) {
            length += item.length() + 1;
        }
        StringBuilder json = new StringBuilder(length).append("{\"data\":[");
        for (int index = 0; index < items.size(); index++) {
            json.append(index == 0 ? "" : ",").append(items.get(index));
        }
        return end(json.append("],"), OcpiStatus.SUCCESS, null, now);
    }

    public static String of(OcpiStatus status, String message, String dataJson, Instant now) {
        StringBuilder json = new StringBuilder((dataJson == null ? 0 : dataJson.length()) + 128);
        json.append('{');
        if (dataJson != null) {
            json.append("\"data\":").append(dataJson).append(',');
        }
        return end(json, status, message, now);
    }

    private static String end(StringBuilder json, OcpiStatus status, String message, Instant now) {
        json.append("\"status_code\":").append(status.code());
        if (message != null) {
            json.append(",\"status_message\":\"").append(JsonStringEncoder.getInstance().quoteAsString(message)).append('"');
        }
        return json.append(",\"timestamp\":\"").append(OcpiTime.format(now)).append("\"}").toString();
    }
}
