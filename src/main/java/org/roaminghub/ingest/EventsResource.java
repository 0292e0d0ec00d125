package org.roaminghub.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.roaminghub.ingest.DeadLetters.Letter;
import org.roaminghub.ingest.Inbox.Stored;

/**
 * {@code POST /backend/v1/events}: canonical events of a backend, acknowledged with 202 once all accepted ones are durable. Bad
 * lines are answered by index and kept as dead letters; good ones beside them are taken.
 */
@Path("/backend/v1/events")
@Tag(name = "backend")
class EventsResource {
    private static final Logger LOG = Logger.getLogger(EventsResource.class);

    private final Inbox inbox;
    private final DeadLetters deadLetters;
    private final BackendFilter.Backend backend;
    private final Clock clock;

    EventsResource(Inbox inbox, DeadLetters deadLetters, BackendFilter.Backend backend, Clock clock) {
        this.inbox = inbox;
        this.deadLetters = deadLetters;
        this.backend = backend;
        this.clock = clock;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/x-ndjson"})
    @Blocking
    @Operation(summary = "Charging events, a JSON array or one to a line; 202 once they are durable, bad ones are answered by index, known ids are duplicates")
    public Uni<Response> post(String body, @Context HttpHeaders headers) {
        String source = backend.config().partner();
        boolean lines = headers.getMediaType() != null && "x-ndjson".equals(headers.getMediaType().getSubtype());
        EventLines read;
        try {
            read = EventLines.read(body == null ? "" : body, lines, source, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        } catch (EventLines.Unreadable e) {
            return Uni.createFrom().item(Problems.problem(400, "Nothing could be read", e.getMessage()));
        }
        deadLetters.add(source, read.letters());
        return Uni.createFrom().completionStage(inbox.store(read.rows()).thenApply(stored -> answer(source, read, stored)))
                .onFailure().recoverWithItem(error -> notTaken(error));
    }

    private Response answer(String source, EventLines read, List<Stored> stored) {
        List<Letter> letters = new ArrayList<>(read.letters());
        int accepted = 0;
        int duplicates = 0;
        for (int row = 0; row < stored.size(); row++) {
            switch (stored.get(row)) {
                case ACCEPTED -> accepted++;
                case DUPLICATE -> duplicates++;
                case ID_REUSED -> letters.add(new Letter(read.indexes().get(row), "ID_REUSED", "id", "an event with this id and another content is stored", read.rows().get(row).body()));
            }
        }
        deadLetters.add(source, letters.subList(read.letters().size(), letters.size()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("accepted", accepted).put("duplicates", duplicates);
        ArrayNode rejected = answer.putArray("rejected");
        letters.stream().sorted(Comparator.comparingInt(Letter::index)).forEach(letter -> rejected.addObject()
                .put("index", letter.index()).put("code", letter.code()).put("field", letter.field()).put("reason", letter.reason()));
        return Response.accepted(answer.toString()).type(MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** Nothing was acknowledged: the backend sends again, repetitions are recognised by their ids. */
    private static Response notTaken(Throwable error) {
        if (error instanceof Inbox.Busy) {
            return Problems.problem(503, "Busy", "the hub cannot take more at the moment, try again");
        }
        LOG.errorf("Events could not be stored: %s", error.getMessage());
        return Problems.problem(503, "Database away", "nothing was stored, try again");
    }
}
