package org.roaminghub.modules.versions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.roaminghub.modules.core.OcpiRequest;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.core.ReceiverSupport;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.versions.OcpiVersion;

/** What this hub speaks and where. Free of side effects: partners use it as a liveness probe (VER-16). */
@Path("/ocpi")
class VersionsResource {
    /** What the hub serves: of most modules both sides, for CPOs push to it and eMSPs pull from it, or the other way round (VER-07). */
    private static final Map<ModuleId, List<InterfaceRole>> SERVED = served();

    private final OcpiUrls urls;
    private final OcpiRequest request;
    private final ReceiverSupport answers;
    private final ObjectMapper json;

    VersionsResource(OcpiUrls urls, OcpiRequest request, ReceiverSupport answers, ObjectMapper json) {
        this.urls = urls;
        this.request = request;
        this.answers = answers;
        this.json = json;
    }

    /** Those of our versions that are agreed with the caller. */
    @GET
    @Path("versions")
    public Response versions() {
        List<OcpiVersion> agreed = request.authenticated().config().versions();
        if (agreed.isEmpty()) {
            throw new OcpiException(OcpiStatus.UNSUPPORTED_VERSION, 200, "none of the versions that are agreed with you is served here");
        }
        ArrayNode versions = json.createArrayNode();
        agreed.forEach(version -> versions.addObject().put("version", version.id()).put("url", urls.details(version)));
        return answers.data(versions.toString());
    }

    @GET
    @Path(OcpiUrls.VERSION)
    public Response details() {
        ObjectNode details = json.createObjectNode().put("version", request.version().id());
        ArrayNode endpoints = details.putArray("endpoints");
        SERVED.forEach((module, roles) -> roles.forEach(role -> endpoints.addObject().put("identifier", module.id()).put("role", role.name())
                .put("url", OcpiUrls.inVersion(module == ModuleId.CREDENTIALS ? urls.credentials() : urls.module(module, role), request.version()))));
        return answers.data(details.toString());
    }

    private static Map<ModuleId, List<InterfaceRole>> served() {
        List<InterfaceRole> both = List.of(InterfaceRole.SENDER, InterfaceRole.RECEIVER);
        Map<ModuleId, List<InterfaceRole>> served = new EnumMap<>(ModuleId.class);
        served.put(ModuleId.CREDENTIALS, List.of(InterfaceRole.SENDER));
        // The hub is the only one who tells about parties, so it takes no ClientInfo (HCI-01).
        served.put(ModuleId.HUBCLIENTINFO, List.of(InterfaceRole.SENDER));
        List.of(ModuleId.LOCATIONS, ModuleId.TARIFFS, ModuleId.TOKENS, ModuleId.SESSIONS, ModuleId.CDRS, ModuleId.COMMANDS, ModuleId.CHARGINGPROFILES)
                .forEach(module -> served.put(module, both));
        return served;
    }
}
