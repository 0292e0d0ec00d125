package org.roaminghub.modules.locations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.roaminghub.modules.core.Document;

/** An EVSE as it is stored: its own JSON, and its place in the Location's list. {@code uid} is folded, the body has it as spelled. */
record EvseRow(String uid, int position, ObjectNode body) {

    static EvseRow of(int position, ObjectNode body) {
        return new EvseRow(Document.fold(body.path("uid").asText()), position, body);
    }

    String spelled() {
        return body.path("uid").asText();
    }

    String status() {
        return body.path("status").asText();
    }
}
