package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/** One list of a CPO platform, paged rightly or in one of the wrong ways that the field knows. */
public final class CpoList implements OcpiModule {

    /** How pages are linked. */
    public enum Paging {
        /** As the protocol says. */
        RIGHT,
        /** No Link, and X-Total-Count is that of the page (Q20). */
        TOTAL_OF_PAGE,
        /** The last page is followed by an empty one (Q23). */
        EMPTY_LAST,
        /** Next links are hashes that are good once (Q22). */
        ONCE,
        /** Link leads to another host. */
        FOREIGN
    }

    private final UnaryOperator<String> url;
    private final String path;
    private final List<JsonNode> objects = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> hashes = new ConcurrentHashMap<>();
    private volatile Paging paging = Paging.RIGHT;
    private volatile int pageLimit = 100;
    private volatile String unwritable = "";
    private volatile boolean byParty;
    private volatile LongConsumer beforePage = offset -> { };

    CpoList(UnaryOperator<String> url, String path) {
        this.url = url;
        this.path = path;
    }

    public CpoList put(JsonNode object) {
        remove(object.path("id").asText());
        objects.add(object);
        return this;
    }

    public void remove(String id) {
        objects.removeIf(object -> object.path("id").asText().equals(id));
    }

    public CpoList paged(Paging how, int limit) {
        paging = how;
        pageLimit = limit;
        return this;
    }

    /** A page with this object is answered 3000. */
    public void unwritable(String id) {
        unwritable = id;
    }

    /** Lists only what belongs to the party that the request is for. */
    public void byParty() {
        byParty = true;
    }

    /** Told the offset of every page before it is made. */
    public void beforePage(LongConsumer hook) {
        beforePage = hook;
    }

    @Override
    public OcpiReply answer(OcpiCall call) {
        int offset = Integer.parseInt(call.query().getOrDefault("offset", "0"));
        if (call.query().containsKey("next")) {
            Integer stored = hashes.remove(call.query().get("next"));
            if (stored == null) {
                return OcpiReply.failure(404, OcpiReply.CLIENT_ERROR, "this link was used");
            }
            offset = stored;
        }
        beforePage.accept(offset);
        Instant from = Instant.parse(call.query().getOrDefault("date_from", "1970-01-01T00:00:00Z"));
        String party = call.headers().getOrDefault("ocpi-to-party-id", "");
        List<JsonNode> all = objects.stream()
                .filter(object -> !byParty || object.path("party_id").asText().equals(party))
                .filter(object -> !Instant.parse(object.path("last_updated").asText()).isBefore(from))
                .toList();
        int limit = Math.min(pageLimit, Integer.parseInt(call.query().getOrDefault("limit", "100")));
        List<JsonNode> page = all.subList(Math.min(offset, all.size()), Math.min(offset + limit, all.size()));
        if (page.stream().anyMatch(object -> Set.of(unwritable).contains(object.path("id").asText()))) {
            return OcpiReply.failure(200, 3000, "one object could not be written");
        }
        return OcpiReply.data(Json.object().arrayNode().addAll(page)).with(headers(call, offset, limit, page.size(), all.size()));
    }

    private Map<String, String> headers(OcpiCall call, int offset, int limit, int count, int total) {
        Map<String, String> headers = new HashMap<>();
        headers.put("X-Total-Count", String.valueOf(paging == Paging.TOTAL_OF_PAGE ? count : total));
        int next = offset + count;
        boolean more = next < total || (paging == Paging.EMPTY_LAST && count > 0);
        if (!more || paging == Paging.TOTAL_OF_PAGE) {
            return headers;
        }
        String from = call.query().containsKey("date_from") ? "date_from=" + call.query().get("date_from") + "&" : "";
        String target = url.apply(path + "?" + from + "offset=" + next + "&limit=" + limit);
        if (paging == Paging.FOREIGN) {
            target = "http://127.0.0.2:9/elsewhere?offset=" + next;
        }
        if (paging == Paging.ONCE) {
            String hash = UUID.randomUUID().toString();
            hashes.put(hash, next);
            target = url.apply(path + "?next=" + hash);
        }
        headers.put("Link", "<" + target + ">; rel=\"next\"");
        return headers;
    }
}
