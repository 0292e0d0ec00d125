package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** A receiver of whole objects keyed by country, party and id: tariffs and sessions. */
final class ObjectReceiver implements OcpiModule {

    private final ObjectStore store;
    private final Set<String> methods;

    ObjectReceiver(ObjectStore store, String... methods) {
        this.store = store;
        this.methods = Set.of(methods);
    }

    @Override
    public OcpiReply answer(OcpiCall call) {
        if (call.segments().size() != 3) {
            return OcpiReply.failure(404, OcpiReply.CLIENT_ERROR, "nothing here");
        }
        if (!methods.contains(call.method())) {
            return OcpiReply.noSuchMethod();
        }
        String key = ObjectStore.key(call.segments().toArray(String[]::new));
        return switch (call.method()) {
            case "GET" -> store.get(key).map(OcpiReply::data).orElseGet(ObjectReceiver::unknown);
            case "PUT" -> put(call, key);
            case "PATCH" -> patch(call, key);
            default -> store.remove(key) ? OcpiReply.stored(true) : unknown();
        };
    }

    private OcpiReply put(OcpiCall call, String key) {
        Optional<String> fault = BodyCheck.put(call, "id");
        if (fault.isPresent()) {
            return OcpiReply.invalid(fault.get());
        }
        return OcpiReply.stored(store.put(key, call.body()));
    }

    private OcpiReply patch(OcpiCall call, String key) {
        Optional<String> fault = BodyCheck.patch(call, "id");
        if (fault.isPresent()) {
            return OcpiReply.invalid(fault.get());
        }
        Optional<JsonNode> present = store.get(key);
        if (present.isEmpty()) {
            return unknown();
        }
        return OcpiReply.stored(store.put(key, JsonMerge.patched(present.get(), call.body())));
    }

    private static OcpiReply unknown() {
        return OcpiReply.failure(404, OcpiReply.CLIENT_ERROR, "unknown object");
    }
}
