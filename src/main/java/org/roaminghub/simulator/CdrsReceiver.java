package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** CDRs are money: stored once, never replaced (CDR-02, A-44). */
final class CdrsReceiver implements OcpiModule {

    private final ObjectStore store;
    private final UnaryOperator<String> absoluteUrl;

    CdrsReceiver(ObjectStore store, UnaryOperator<String> absoluteUrl) {
        this.store = store;
        this.absoluteUrl = absoluteUrl;
    }

    @Override
    public OcpiReply answer(OcpiCall call) {
        if (call.method().equals("POST") && call.segments().isEmpty()) {
            return post(call.body());
        }
        if (!call.method().equals("GET")) {
            return OcpiReply.noSuchMethod();
        }
        return store.get(ObjectStore.key(call.segments().toArray(String[]::new)))
                .map(OcpiReply::data)
                .orElseGet(() -> OcpiReply.failure(404, OcpiReply.CLIENT_ERROR, "unknown CDR"));
    }

    private OcpiReply post(JsonNode cdr) {
        for (String field : new String[] {"country_code", "party_id", "id", "total_cost", "last_updated"}) {
            if (!cdr.hasNonNull(field)) {
                return OcpiReply.invalid(field + " is required");
            }
        }
        String countryCode = cdr.path("country_code").asText();
        String partyId = cdr.path("party_id").asText();
        String id = cdr.path("id").asText();
        String key = ObjectStore.key(countryCode, partyId, id);
        Optional<JsonNode> present = store.get(key);
        if (present.isPresent() && !present.get().equals(cdr)) {
            return OcpiReply.invalid("a CDR with this id and other content is known");
        }
        store.put(key, present.orElse(cdr));
        String path = String.join(
                "/",
                EmspUrls.path("cdrs"),
                OcpiClient.encoded(countryCode),
                OcpiClient.encoded(partyId),
                OcpiClient.encoded(id));
        return OcpiReply.stored(present.isPresent()).with(Map.of("Location", absoluteUrl.apply(path)));
    }
}
