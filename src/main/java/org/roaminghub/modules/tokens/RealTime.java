package org.roaminghub.modules.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.tokens.Authorisations.Authorisation;
import org.roaminghub.modules.tokens.Authorisations.Method;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.SchemaCheck;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.routing.Relay;

/**
 * Asks an eMSP about a card while a driver waits at the reader (TOK-08, TOK-27): one request, answered in time whatever happens.
 * A permission is remembered, for its reference belongs into Session and CDR (TOK-25).
 */
@ApplicationScoped
class RealTime {
    private static final Logger LOG = Logger.getLogger(RealTime.class);

    private final Relay relay;
    private final Authorisations authorisations;
    private final Clock clock;

    RealTime(Relay relay, Authorisations authorisations, Clock clock) {
        this.relay = relay;
        this.authorisations = authorisations;
        this.clock = clock;
    }

    /**
     * A question.
     *
     * @param uid    as the asker writes it
     * @param body   LocationReferences, JSON text, or null
     * @param known  the token in the store, if it is there
     * @param budget how long the asker waits
     */
    record Question(PartyId cpo, PartyId emsp, String uid, String type, String body, Optional<JsonNode> known, String correlationId, Duration budget) {

        /** The way back to the asker takes a tenth of its time. */
        private Duration patience() {
            return budget.multipliedBy(9).dividedBy(10);
        }

        private JsonNode place() {
            return body == null ? MissingNode.getInstance() : StrictJson.parse(body);
        }
    }

    /** Completes within the budget and never exceptionally because of the eMSP. */
    CompletionStage<Relay.Answer> ask(Question question) {
        Relay.Request request = new Relay.Request(ModuleId.TOKENS, InterfaceRole.SENDER, "POST", "/" + OcpiUrls.segment(question.uid()) + "/authorize",
                "type=" + question.type(), question.body(), question.cpo(), question.emsp(), question.correlationId(), question.patience());
        // A connection that hangs is tried twice below; the driver waits once.
        return relay.send(request).toCompletableFuture()
                .completeOnTimeout(new Relay.Answer.Failed(OcpiStatus.FORWARD_TIMED_OUT, question.emsp() + " gave no answer in time", true),
                        question.patience().toMillis(), TimeUnit.MILLISECONDS)
                .thenApplyAsync(answer -> {
                    if (Asked.of(answer) instanceof Asked.Told told && told.allowed()) {
                        remember(question, told);
                    }
                    return answer;
                }, Infrastructure.getDefaultWorkerPool());
    }

    private void remember(Question question, Asked.Told told) {
        Optional<JsonNode> token = Stream.concat(Stream.of(told.info().path("token")), question.known().stream()).filter(given -> isOf(question.emsp(), given)).findFirst();
        if (token.isEmpty()) {
            LOG.warnf("%s allowed a card without a whole Token of its own; no Session or CDR can name the permission", question.emsp());
            return;
        }
        String reference = told.info().path("authorization_reference").asText(null);
        JsonNode allowedAt = told.info().path("location").path("evse_uids");
        JsonNode evses = allowedAt.isEmpty() ? question.place().path("evse_uids") : allowedAt;
        authorisations.add(new Authorisation(question.cpo(), question.emsp(), question.uid(), question.type(), question.place().path("location_id").asText(null),
                evses.size() == 1 ? evses.path(0).asText() : null, Method.AUTH_REQUEST, reference, token.get().toString(), clock.instant()));
    }

    /** A Token of somebody else would bring the CDR to somebody else. */
    private static boolean isOf(PartyId emsp, JsonNode token) {
        return SchemaCheck.check("Token", token, Mode.FULL).isEmpty() && PartyId.isValid(token.path("country_code").asText(), token.path("party_id").asText())
                && PartyId.of(token.path("country_code").asText(), token.path("party_id").asText()).equals(emsp);
    }
}
