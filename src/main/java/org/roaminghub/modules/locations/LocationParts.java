package org.roaminghub.modules.locations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaminghub.modules.core.JsonMerge;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiTime;

/** Takes a Location document apart and puts PATCHes into it. Pure functions on JSON trees. */
final class LocationParts {
    private LocationParts() {
    }

    /** The EVSEs of a Location document, in its order. */
    static List<EvseRow> evses(ObjectNode location) {
        List<EvseRow> rows = new ArrayList<>();
        for (JsonNode evse : location.path("evses")) {
            if (!(evse instanceof ObjectNode body)) {
                throw OcpiException.invalid("evses[" + rows.size() + "]: expected an object of type EVSE, found something else");
            }
            rows.add(EvseRow.of(rows.size(), body));
        }
        return rows;
    }

    /** The Location's own fields, without what is kept in rows and columns. */
    static ObjectNode own(ObjectNode location) {
        ObjectNode own = location.deepCopy();
        own.remove("evses");
        own.remove("last_updated");
        return own;
    }

    /** Takes the {@code ocpp} members out of the EVSEs of a backend's document. */
    static List<StationBinding> takeBindings(ObjectNode location) {
        List<StationBinding> bindings = new ArrayList<>();
        for (JsonNode evse : location.path("evses")) {
            // Whatever is no object stays for the schema check, which names it.
            if (evse instanceof ObjectNode body && body.remove("ocpp") instanceof ObjectNode ocpp) {
                bindings.add(new StationBinding(ocpp.path("station").asText(), ocpp.path("evse_id").asInt(), ocpp.path("connector_id").asInt(0), EvseRow.of(0, body).uid()));
            }
        }
        return bindings;
    }

    /**
     * Status is younger than master data: an EVSE whose stored version is newer keeps its status and time when the Location is
     * put again (A-18, applied per EVSE).
     */
    static List<EvseRow> keepNewerStatus(List<EvseRow> incoming, List<EvseRow> stored) {
        Map<String, EvseRow> known = new HashMap<>();
        stored.forEach(row -> known.put(row.uid(), row));
        for (EvseRow row : incoming) {
            EvseRow old = known.get(row.uid());
            if (old != null && time(old.body()).isAfter(time(row.body()))) {
                row.body().put("status", old.status());
                row.body().put("last_updated", old.body().path("last_updated").asText());
            }
        }
        return incoming;
    }

    /** A Location PATCH may carry EVSEs: they merge by uid, unknown ones are added, none is removed. */
    static ObjectNode mergeLocation(ObjectNode stored, ObjectNode patch) {
        JsonNode evses = patch.remove("evses");
        ObjectNode merged = JsonMerge.merge(stored, patch);
        // An EVSE that comes without a time changed when the Location did.
        if (evses != null && patch.hasNonNull("last_updated")) {
            evses.forEach(evse -> datedNow(evse, patch.path("last_updated")));
        }
        if (evses != null && evses.isArray()) {
            mergeList(list(merged, "evses"), (ArrayNode) evses, "uid");
        }
        return merged;
    }

    private static void datedNow(JsonNode evse, JsonNode time) {
        if (evse instanceof ObjectNode body && !body.hasNonNull("last_updated")) {
            body.set("last_updated", time);
        }
    }

    /** An EVSE PATCH may carry Connectors: they merge by id. */
    static ObjectNode mergeEvse(ObjectNode stored, ObjectNode patch) {
        JsonNode connectors = patch.remove("connectors");
        ObjectNode merged = JsonMerge.merge(stored, patch);
        if (connectors != null && connectors.isArray()) {
            mergeList(list(merged, "connectors"), (ArrayNode) connectors, "id");
        }
        return merged;
    }

    private static void mergeList(ArrayNode stored, ArrayNode patch, String key) {
        for (JsonNode item : patch) {
            if (!(item instanceof ObjectNode part)) {
                throw OcpiException.invalid("a list of objects with " + key + " is expected, found something else in it");
            }
            ObjectNode known = byKey(stored, key, part.path(key).asText());
            if (known == null) {
                stored.add(part);
                continue;
            }
            if (key.equals("uid")) {
                mergeEvse(known, part);
                continue;
            }
            JsonMerge.merge(known, part);
        }
    }

    /** A list to add to. A partner whose faults are tolerated may have stored something else there. */
    static ArrayNode list(ObjectNode document, String field) {
        JsonNode stored = document.path(field);
        if (!stored.isMissingNode() && !stored.isNull() && !stored.isArray()) {
            throw OcpiException.invalid(field + ": what is stored is no list, so nothing can be added to it; PUT the whole object");
        }
        return document.withArray(field);
    }

    /** The member of a list with this id, compared without case. */
    static ObjectNode byKey(JsonNode list, String key, String value) {
        for (JsonNode item : list) {
            if (item instanceof ObjectNode object && value.equalsIgnoreCase(object.path(key).asText())) {
                return object;
            }
        }
        return null;
    }

    static Instant time(JsonNode document) {
        return OcpiTime.parse(document.path("last_updated").asText(null)).orElse(Instant.EPOCH);
    }
}
