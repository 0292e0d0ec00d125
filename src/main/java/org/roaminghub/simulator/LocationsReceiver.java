package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Locations on three levels. A change below moves {@code last_updated} of everything above it (LOC-17). */
final class LocationsReceiver implements OcpiModule {

    private static final int LOCATION = 3;
    private static final int EVSE = 4;
    private static final int CONNECTOR = 5;

    private final ObjectStore store;

    LocationsReceiver(ObjectStore store) {
        this.store = store;
    }

    @Override
    public OcpiReply answer(OcpiCall call) {
        int level = call.segments().size();
        if (level < LOCATION || level > CONNECTOR) {
            return OcpiReply.failure(404, OcpiReply.CLIENT_ERROR, "nothing here");
        }
        return switch (call.method()) {
            case "GET" -> find(call.segments()).map(OcpiReply::data).orElseGet(LocationsReceiver::unknown);
            case "PUT" -> put(call);
            case "PATCH" -> patch(call);
            default -> OcpiReply.noSuchMethod();
        };
    }

    private OcpiReply put(OcpiCall call) {
        Optional<String> fault = BodyCheck.put(call, idField(call.segments()));
        if (fault.isPresent()) {
            return OcpiReply.invalid(fault.get());
        }
        return write(call.segments(), call.body());
    }

    private OcpiReply patch(OcpiCall call) {
        Optional<String> fault = BodyCheck.patch(call, idField(call.segments()));
        if (fault.isPresent()) {
            return OcpiReply.invalid(fault.get());
        }
        return find(call.segments())
                .map(present -> write(call.segments(), JsonMerge.patched(present, call.body())))
                .orElseGet(LocationsReceiver::unknown);
    }

    private OcpiReply write(List<String> segments, JsonNode object) {
        if (segments.size() == LOCATION) {
            return OcpiReply.stored(store.put(key(segments), object));
        }
        boolean existed = find(segments).isPresent();
        List<String> above = segments.subList(0, segments.size() - 1);
        Optional<JsonNode> parent = find(above);
        if (parent.isEmpty()) {
            return unknown();
        }
        String list = segments.size() == EVSE ? "evses" : "connectors";
        ObjectNode changed = parent.get().deepCopy();
        changed.set(list, JsonMerge.replaced(changed.path(list), idField(segments), object));
        changed.set("last_updated", object.path("last_updated"));
        OcpiReply reply = write(above, changed);
        return reply.ocpi() == OcpiReply.SUCCESS ? OcpiReply.stored(existed) : reply;
    }

    private Optional<JsonNode> find(List<String> segments) {
        Optional<JsonNode> location = store.get(key(segments));
        if (segments.size() == LOCATION) {
            return location;
        }
        Optional<JsonNode> evse = location.flatMap(found -> element(found.path("evses"), "uid", segments.get(EVSE - 1)));
        if (segments.size() == EVSE) {
            return evse;
        }
        return evse.flatMap(found -> element(found.path("connectors"), "id", segments.get(CONNECTOR - 1)));
    }

    private static Optional<JsonNode> element(JsonNode list, String idField, String id) {
        int index = JsonMerge.indexOf(list, idField, id);
        return index < 0 ? Optional.empty() : Optional.of(list.get(index));
    }

    private static String key(List<String> segments) {
        return ObjectStore.key(segments.subList(0, LOCATION).toArray(String[]::new));
    }

    private static String idField(List<String> segments) {
        return segments.size() == EVSE ? "uid" : "id";
    }

    private static OcpiReply unknown() {
        return OcpiReply.failure(404, OcpiReply.UNKNOWN_LOCATION, "unknown location, EVSE or connector");
    }
}
