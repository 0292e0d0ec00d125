package org.roaminghub.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.modules.tokens.BackendAuthorisation;
import org.roaminghub.modules.tokens.BackendAuthorisation.Question;
import org.roaminghub.modules.tokens.BackendAuthorisation.Result;
import org.roaminghub.modules.tokens.TokenChanges;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Role;
import org.roaminghub.ocpi.schema.Fault;
import org.roaminghub.ocpi.schema.ObjectModel;

/** Cards of a backend without OCPI: whether a driver may charge, and what its stations may keep (contracts §4). */
@Path("/backend/v1")
@Tag(name = "backend")
@Blocking
class BackendTokensResource {
    private static final int ID_LENGTH = 36;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final BackendFilter.Backend backend;
    private final BackendAuthorisation authorisation;
    private final TokenChanges changes;
    private final DocumentStore documents;

    BackendTokensResource(BackendFilter.Backend backend, BackendAuthorisation authorisation, TokenChanges changes, DocumentStore documents) {
        this.backend = backend;
        this.authorisation = authorisation;
        this.changes = changes;
        this.documents = documents;
    }

    @POST
    @Path("authorize")
    @Operation(summary = "May this card charge? Decided from the whitelist or by the eMSP in real time, as the token demands; an OCPI AuthorizationInfo, 404 for a card nobody knows")
    public CompletionStage<Response> authorize(String text) {
        try {
            return authorisation.authorize(question(Refused.parse(text))).thenApply(BackendTokensResource::answer);
        } catch (Refused e) {
            return CompletableFuture.completedFuture(Problems.response(e.problem()));
        }
    }

    @GET
    @Path("tokens")
    @Operation(summary = "Tokens a station may keep in its local list, and what to remove from it since the last call; go on with next until it is null, then keep since")
    public Response tokens(@QueryParam("since") String since, @QueryParam("cursor") String cursor, @QueryParam("limit") String limit) {
        List<PartyId> own = backend.config().parties(Role.CPO);
        boolean goesOn = cursor != null && !cursor.isEmpty();
        try {
            int most = limit(limit);
            TokenChanges.Page page = goesOn ? changes.next(own, cursor, most) : changes.since(own, since == null || since.isEmpty() ? null : since, most);
            return json(body(page));
        } catch (Refused e) {
            return Problems.response(e.problem());
        } catch (IllegalArgumentException e) {
            return Problems.problem(422, "Not ours", goesOn ? "cursor: use the value of next from the answer before" : "since: use the value of since from the last answer of the walk before");
        }
    }

    private Question question(ObjectNode body) {
        List<Fault> faults = new ArrayList<>();
        String uid = id(body, "id_token", faults);
        if (uid == null && faults.isEmpty()) {
            faults.add(new Fault("id_token", "the uid of a token", "nothing"));
        }
        String location = id(body, "location_id", faults);
        String evse = id(body, "evse_uid", faults);
        if (evse != null && location == null) {
            faults.add(new Fault("location_id", "the Location of the EVSE", "nothing"));
        }
        String type = body.hasNonNull("type") ? body.path("type").asText() : "RFID";
        List<String> types = ObjectModel.ocpi221().enumValues("TokenType");
        if (!types.contains(type)) {
            faults.add(new Fault("type", "one of " + String.join(", ", types), "something else"));
        }
        List<PartyId> cpos = location == null ? backend.config().parties(Role.CPO) : ownersOf(location);
        if (cpos.size() != 1) {
            faults.add(new Fault("location_id", "a Location of one of " + backend.config().parties(Role.CPO) + ", which says for which of them the driver is", "none"));
        }
        if (!faults.isEmpty()) {
            throw Refused.faulty(faults);
        }
        return new Question(cpos.get(0), uid.strip(), type, location, evse, backend.config().delivery().authorizeTimeout());
    }

    /** A backend of one party may ask before its Location is stored. */
    private List<PartyId> ownersOf(String location) {
        List<PartyId> own = backend.config().parties(Role.CPO);
        return own.size() == 1 ? own : own.stream().filter(cpo -> documents.find(ModuleId.LOCATIONS, cpo, Document.fold(location)).isPresent()).toList();
    }

    /** An OCPI id, or null when it is absent. */
    private static String id(ObjectNode body, String field, List<Fault> faults) {
        if (!body.hasNonNull(field)) {
            return null;
        }
        JsonNode value = body.path(field);
        if (!value.isTextual() || !value.textValue().strip().matches("[\\x20-\\x7E]{1," + ID_LENGTH + "}")) {
            faults.add(new Fault(field, "1 to " + ID_LENGTH + " printable ASCII characters", "something else"));
            return null;
        }
        return value.textValue();
    }

    private static Response answer(Result result) {
        if (result instanceof Result.Info info) {
            return json(info.authorizationInfo());
        }
        return result instanceof Result.Several
                ? Problems.problem(409, "Several tokens", "several eMSPs have a token with this uid and type; a person must say whose it is")
                : Problems.problem(404, "Unknown token", "no eMSP you have an agreement with has a token with this uid and type; do not let it charge");
    }

    private static int limit(String text) {
        if (text == null || text.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("[1-9]\\d{0,3}") && Integer.parseInt(text) <= MAX_LIMIT) {
            return Integer.parseInt(text);
        }
        throw new Refused(Problems.body(422, "Bad limit", "limit: expected a number from 1 to " + MAX_LIMIT));
    }

    private static ObjectNode body(TokenChanges.Page page) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("items").addAll(page.keep());
        ArrayNode removed = body.putArray("removed");
        page.remove().forEach(token -> {
            ObjectNode entry = removed.addObject();
            List.of("country_code", "party_id", "uid", "type").forEach(field -> entry.set(field, token.path(field)));
        });
        ArrayNode parties = body.putArray("removed_parties");
        page.parties().forEach(party -> parties.addObject().put("country_code", party.countryCode()).put("party_id", party.partyId()));
        return body.put("since", page.since()).put("next", page.next());
    }

    private static Response json(ObjectNode body) {
        return Response.ok(body.toString(), MediaType.APPLICATION_JSON_TYPE).build();
    }
}
