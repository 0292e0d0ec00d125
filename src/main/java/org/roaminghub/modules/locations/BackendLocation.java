package org.roaminghub.modules.locations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.roaminghub.ocpi.schema.Fault;

/** A Location as a backend sends it: an OCPI document, and in its EVSEs which charger each of them is. */
public record BackendLocation(ObjectNode document, List<StationBinding> bindings) {

    /** Takes the {@code ocpp} members out of a document. */
    public static BackendLocation of(ObjectNode sent) {
        List<StationBinding> bindings = LocationParts.takeBindings(sent);
        return new BackendLocation(sent, bindings);
    }

    /** Faults of the {@code ocpp} members, by field path. */
    public static List<Fault> bindingFaults(JsonNode sent) {
        List<Fault> faults = new ArrayList<>();
        int index = 0;
        for (JsonNode evse : sent.path("evses")) {
            JsonNode ocpp = evse.path("ocpp");
            String path = "evses[" + index++ + "].ocpp";
            if (ocpp.isMissingNode()) {
                continue;
            }
            if (ocpp.path("station").asText().isBlank()) {
                faults.add(new Fault(path + ".station", "the charging station's OCPP identity", "nothing"));
            }
            if (!ocpp.path("evse_id").canConvertToInt() || ocpp.path("evse_id").asInt() < 1) {
                faults.add(new Fault(path + ".evse_id", "a number from 1", ocpp.path("evse_id").asText("nothing")));
            }
        }
        return faults;
    }
}
