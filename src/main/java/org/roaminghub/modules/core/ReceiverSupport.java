package org.roaminghub.modules.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.ocpi.Envelope;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;

/** Turns what {@link ObjectService} did into OCPI answers: 201 for new, 200 otherwise, no data. */
@ApplicationScoped
public class ReceiverSupport {
    private final ObjectService objects;
    private final OcpiRequest request;
    private final Clock clock;

    ReceiverSupport(ObjectService objects, OcpiRequest request, Clock clock) {
        this.objects = objects;
        this.request = request;
        this.clock = clock;
    }

    public Response get(ModuleDefinition definition, PartyId owner, String key) {
        return data(objects.get(definition, request.caller(), owner, key).body());
    }

    public Response put(ModuleDefinition definition, PartyId owner, String key, byte[] body) {
        return put(definition, owner, key, body, UnaryOperator.identity());
    }

    /** PUT of an object that is corrected before it is stored; the few corrections are decisions of the requirements' list. */
    public Response put(ModuleDefinition definition, PartyId owner, String key, byte[] body, UnaryOperator<ObjectNode> correction) {
        return answer(objects.put(definition, request.caller(), owner, key, request.keepBody(body), correction));
    }

    public Response patch(ModuleDefinition definition, PartyId owner, String key, byte[] body, ObjectService.Merge merge) {
        return answer(objects.patch(definition, request.caller(), owner, key, request.keepBody(body), merge));
    }

    Response delete(ModuleDefinition definition, PartyId owner, String key) {
        objects.delete(definition, request.caller(), owner, key);
        return answer(Change.UPDATED);
    }

    /** The answer to a push. */
    public Response answer(Change change) {
        return switch (change) {
            case CREATED -> json(201, Envelope.success(clock.instant()));
            case UPDATED, SAME -> json(200, Envelope.success(clock.instant()));
            case STALE -> json(200, Envelope.of(OcpiStatus.SUCCESS, "ignored: a version with a later last_updated is stored", null, clock.instant()));
        };
    }

    /** Success with a document's text as data. */
    public Response data(String documentJson) {
        return json(200, Envelope.success(documentJson, clock.instant()));
    }

    private static Response json(int status, String envelope) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(envelope).build();
    }
}
