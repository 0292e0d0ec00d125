package org.roaminghub.ocpi.v2_2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.roaminghub.ocpi.Translated;

/** One document on its way down to 2.2; it changes the tree it is given and keeps the book of what it took away. */
final class Downgrade {
    private static final Set<String> CONNECTORS_OF_221 = Set.of("CHAOJI", "DOMESTIC_M", "DOMESTIC_N", "DOMESTIC_O", "GBT_AC", "GBT_DC",
            "NEMA_5_20", "NEMA_6_30", "NEMA_6_50", "NEMA_10_30", "NEMA_10_50", "NEMA_14_30", "NEMA_14_50");
    private static final Set<String> POWER_OF_221 = Set.of("AC_2_PHASE", "AC_2_PHASE_SPLIT");
    /** Understates the power, which disappoints nobody. */
    private static final String POWER_INSTEAD = "AC_1_PHASE";
    private static final Set<String> CAPABILITIES_OF_221 = Set.of("START_SESSION_CONNECTOR_REQUIRED");
    private static final int LONGEST_SIGNED_VALUE = 512;

    private final ObjectNode document;
    private final List<String> lost = new ArrayList<>();
    private final List<String> alarming = new ArrayList<>();

    Downgrade(ObjectNode document) {
        this.document = document;
    }

    private Translated carried() {
        return new Translated.Carried(document, List.copyOf(lost), List.of(), List.copyOf(alarming));
    }

    /** A Location, an EVSE or a Connector, whole or in part: the fields tell them apart. */
    Translated location() {
        keep(document, "evses", "", this::evse);
        if (!evse(document, "") || !connector(document, "")) {
            return new Translated.Withheld("OCPI 2.2 has no name for the connectors of it: " + String.join(", ", alarming));
        }
        return carried();
    }

    Translated session() {
        cdrToken();
        return carried();
    }

    /** StartSession. UnlockConnector, which has no token, has its connector_id in both versions. */
    Translated command() {
        if (document.has("token")) {
            alarming(document, "connector_id", "", "the connector is not named in 2.2");
        }
        return carried();
    }

    Translated cdr() {
        cdrToken();
        drop(document, "home_charging_compensation", "");
        signedData();
        if (!(document.get("cdr_location") instanceof ObjectNode location)) {
            return carried();
        }
        drop(location, "state", "cdr_location.");
        power(location, "connector_power_type", "cdr_location.");
        String standard = location.path("connector_standard").asText();
        if (CONNECTORS_OF_221.contains(standard)) {
            return new Translated.Withheld("OCPI 2.2 cannot carry cdr_location.connector_standard " + standard);
        }
        if (location.path("postal_code").asText().isEmpty()) {
            return new Translated.Withheld("OCPI 2.2 needs cdr_location.postal_code, which is missing");
        }
        return carried();
    }

    private void cdrToken() {
        if (document.get("cdr_token") instanceof ObjectNode token) {
            drop(token, "country_code", "cdr_token.");
            drop(token, "party_id", "cdr_token.");
        }
    }

    /** Signed data is proof only as a whole: one value that does not fit takes all of them with it. */
    private void signedData() {
        for (JsonNode value : document.path("signed_data").path("signed_values")) {
            if (!fits(value.path("signed_data").asText()) || !fits(value.path("plain_data").asText())) {
                alarming(document, "signed_data", "", "a signed value is longer than 512 characters or not ASCII");
                return;
            }
        }
    }

    private static boolean fits(String signed) {
        return signed.length() <= LONGEST_SIGNED_VALUE && signed.chars().allMatch(character -> character < 128);
    }

    /** @return false when none of its connectors can be told */
    private boolean evse(ObjectNode evse, String path) {
        if (evse.get("capabilities") instanceof ArrayNode capabilities) {
            ArrayNode kept = evse.putArray("capabilities");
            for (int index = 0; index < capabilities.size(); index++) {
                if (CAPABILITIES_OF_221.contains(capabilities.get(index).asText())) {
                    lost.add(path + "capabilities[" + index + "]");
                } else {
                    kept.add(capabilities.get(index));
                }
            }
        }
        boolean had = !evse.path("connectors").isEmpty();
        keep(evse, "connectors", path, this::connector);
        return !had || !evse.path("connectors").isEmpty();
    }

    /** @return false when its type has no name in 2.2 */
    private boolean connector(ObjectNode connector, String path) {
        String standard = connector.path("standard").asText();
        if (CONNECTORS_OF_221.contains(standard)) {
            alarming.add(path + "standard " + standard);
            return false;
        }
        power(connector, "power_type", path);
        return true;
    }

    /** Leaves out the list entries that cannot be told; what else was noted about such an entry is of no interest. */
    private void keep(ObjectNode parent, String field, String path, BiFunction<ObjectNode, String, Boolean> translate) {
        if (!(parent.get(field) instanceof ArrayNode entries)) {
            return;
        }
        ArrayNode kept = parent.putArray(field);
        for (int index = 0; index < entries.size(); index++) {
            String entry = path + field + "[" + index + "]";
            int before = lost.size();
            if (entries.get(index) instanceof ObjectNode object && !translate.apply(object, entry + ".")) {
                lost.subList(before, lost.size()).clear();
                lost.add(entry);
                continue;
            }
            kept.add(entries.get(index));
        }
    }

    private void power(ObjectNode object, String field, String path) {
        if (POWER_OF_221.contains(object.path(field).asText())) {
            object.set(field, TextNode.valueOf(POWER_INSTEAD));
            lost.add(path + field);
        }
    }

    private void drop(ObjectNode object, String field, String path) {
        if (object.remove(field) != null) {
            lost.add(path + field);
        }
    }

    private void alarming(ObjectNode object, String field, String path, String reason) {
        if (object.has(field)) {
            drop(object, field, path);
            alarming.add(path + field + ": " + reason);
        }
    }
}
