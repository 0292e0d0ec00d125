package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.roaminghub.ocpi.InterfaceRole;

/** The versions list and the details of the one version there is. */
final class VersionsModule implements OcpiModule {

    private static final Map<String, InterfaceRole> ENDPOINTS = new TreeMap<>(Map.of(
            "credentials", InterfaceRole.SENDER,
            "locations", InterfaceRole.RECEIVER,
            "tariffs", InterfaceRole.RECEIVER,
            "sessions", InterfaceRole.RECEIVER,
            "cdrs", InterfaceRole.RECEIVER,
            "hubclientinfo", InterfaceRole.RECEIVER,
            "tokens", InterfaceRole.SENDER));

    private final UnaryOperator<String> absoluteUrl;

    VersionsModule(UnaryOperator<String> absoluteUrl) {
        this.absoluteUrl = absoluteUrl;
    }

    @Override
    public OcpiReply answer(OcpiCall call) {
        if (!call.segments().isEmpty()) {
            return OcpiReply.failure(404, OcpiReply.CLIENT_ERROR, "nothing here");
        }
        if (!call.method().equals("GET")) {
            return OcpiReply.noSuchMethod();
        }
        return OcpiReply.data(call.module().equals("versions") ? versions() : details());
    }

    private ArrayNode versions() {
        ArrayNode versions = Json.object().arrayNode();
        versions.addObject().put("version", EmspUrls.VERSION).put("url", absoluteUrl.apply(EmspUrls.path(EmspUrls.DETAILS)));
        return versions;
    }

    private ObjectNode details() {
        ObjectNode details = Json.object().put("version", EmspUrls.VERSION);
        ArrayNode endpoints = details.putArray("endpoints");
        ENDPOINTS.forEach((module, role) -> endpoints.addObject()
                .put("identifier", module)
                .put("role", role.name())
                .put("url", absoluteUrl.apply(EmspUrls.path(module))));
        return details;
    }
}
