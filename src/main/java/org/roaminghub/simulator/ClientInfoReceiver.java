package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/** The receiver of HubClientInfo: the URL names a party, the body its role as well, so a party may be stored once per role. */
final class ClientInfoReceiver implements OcpiModule {

    private final ObjectStore store;

    ClientInfoReceiver(ObjectStore store) {
        this.store = store;
    }

    @Override
    public OcpiReply answer(OcpiCall call) {
        if (call.segments().size() != 2) {
            return OcpiReply.failure(404, OcpiReply.CLIENT_ERROR, "nothing here");
        }
        if (!call.method().equals("PUT")) {
            return OcpiReply.noSuchMethod();
        }
        JsonNode body = call.body();
        for (String field : new String[] {"country_code", "party_id", "role", "status", "last_updated"}) {
            if (!body.hasNonNull(field)) {
                return OcpiReply.invalid(field + " is required");
            }
        }
        String key = ObjectStore.key(body.path("country_code").asText(), body.path("party_id").asText());
        if (!key.equals(ObjectStore.key(call.segments().toArray(String[]::new)))) {
            return OcpiReply.invalid("country_code and party_id differ from the URL");
        }
        return OcpiReply.stored(store.put(ObjectStore.key(key, body.path("role").asText()), body));
    }
}
