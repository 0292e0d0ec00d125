package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The eMSP's own tokens: the paged list and real-time authorisation. */
final class TokensSender implements OcpiModule {

    private final ObjectStore tokens = new ObjectStore();
    private final Map<String, String> verdicts = new ConcurrentHashMap<>();
    private final int pageLimit;
    private final UnaryOperator<String> absoluteUrl;

    TokensSender(int pageLimit, UnaryOperator<String> absoluteUrl) {
        this.pageLimit = pageLimit;
        this.absoluteUrl = absoluteUrl;
    }

    void put(JsonNode token) {
        tokens.put(key(token.path("uid").asText(), token.path("type").asText("RFID")), token);
    }

    /** The token after the patch. */
    JsonNode patch(String uid, String type, JsonNode patch) {
        JsonNode present = tokens.get(key(uid, type))
                .orElseThrow(() -> new IllegalArgumentException("no own token " + uid + " of type " + type));
        JsonNode changed = JsonMerge.patched(present, patch);
        put(changed);
        return changed;
    }

    void verdict(String uid, String allowed) {
        verdicts.put(uid.toUpperCase(Locale.ROOT), allowed);
    }

    List<JsonNode> all() {
        return tokens.all();
    }

    @Override
    public OcpiReply answer(OcpiCall call) {
        List<String> segments = call.segments();
        if (segments.isEmpty()) {
            return call.method().equals("GET") ? page(call.query()) : OcpiReply.noSuchMethod();
        }
        if (segments.size() == 2 && segments.get(1).equals("authorize")) {
            return call.method().equals("POST") ? authorize(call) : OcpiReply.noSuchMethod();
        }
        return OcpiReply.failure(404, OcpiReply.CLIENT_ERROR, "nothing here");
    }

    private OcpiReply authorize(OcpiCall call) {
        String uid = call.segments().get(0);
        String type = call.query().getOrDefault("type", "RFID");
        return tokens.get(key(uid, type))
                .map(token -> OcpiReply.data(authorization(uid, token, call.body())))
                .orElseGet(() -> OcpiReply.failure(404, OcpiReply.UNKNOWN_TOKEN, "unknown token"));
    }

    private ObjectNode authorization(String uid, JsonNode token, JsonNode location) {
        String usual = token.path("valid").asBoolean(false) ? "ALLOWED" : "BLOCKED";
        ObjectNode answer = Json.object().put("allowed", verdicts.getOrDefault(uid.toUpperCase(Locale.ROOT), usual));
        answer.set("token", token);
        if (location.hasNonNull("location_id")) {
            answer.set("location", location);
        }
        return answer.put("authorization_reference", UUID.randomUUID().toString());
    }

    private OcpiReply page(Map<String, String> query) {
        try {
            Instant from = Instant.parse(query.getOrDefault("date_from", "1970-01-01T00:00:00Z"));
            Instant until = Instant.parse(query.getOrDefault("date_to", "9999-12-31T00:00:00Z"));
            int offset = Integer.parseUnsignedInt(query.getOrDefault("offset", "0"));
            int limit = Math.min(pageLimit, Integer.parseUnsignedInt(query.getOrDefault("limit", "" + pageLimit)));
            List<JsonNode> matching = tokens.all().stream()
                    .filter(token -> isWithin(Instant.parse(token.path("last_updated").asText()), from, until))
                    .toList();
            return page(query, matching, offset, limit);
        } catch (RuntimeException unreadable) {
            return OcpiReply.invalid("date_from, date_to, offset or limit cannot be read");
        }
    }

    private OcpiReply page(Map<String, String> query, List<JsonNode> matching, int offset, int limit) {
        int end = Math.min(matching.size(), offset + limit);
        List<JsonNode> page = offset >= end ? List.of() : matching.subList(offset, end);
        Map<String, String> headers = new HashMap<>();
        headers.put("X-Total-Count", String.valueOf(matching.size()));
        headers.put("X-Limit", String.valueOf(pageLimit));
        if (end < matching.size() && limit > 0) {
            headers.put("Link", "<" + absoluteUrl.apply(next(query, end, limit)) + ">; rel=\"next\"");
        }
        return OcpiReply.data(Json.object().arrayNode().addAll(page)).with(headers);
    }

    private static String next(Map<String, String> query, int offset, int limit) {
        StringBuilder url = new StringBuilder(EmspUrls.path("tokens"));
        url.append("?offset=").append(offset).append("&limit=").append(limit);
        for (String filter : List.of("date_from", "date_to")) {
            if (query.containsKey(filter)) {
                url.append('&').append(filter).append('=').append(OcpiClient.encoded(query.get(filter)));
            }
        }
        return url.toString();
    }

    private static boolean isWithin(Instant time, Instant from, Instant until) {
        return !time.isBefore(from) && time.isBefore(until);
    }

    private static String key(String uid, String type) {
        return ObjectStore.key(uid, type);
    }
}
