package org.roaminghub.modules.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.roaminghub.modules.core.OcpiUrls;
import org.roaminghub.modules.tokens.Authorisations;
import org.roaminghub.modules.tokens.Authorisations.Authorisation;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.OcpiTime;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.DuplicateKey;
import org.roaminghub.ocpi.schema.NotJson;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.routing.Callbacks;
import org.roaminghub.routing.Callbacks.Asked;
import org.roaminghub.routing.Relay;

/** A command's way to its CPO and its result's way back, the same for OCPI platforms and for backends without OCPI. */
@ApplicationScoped
public class Commands {
    private static final Logger LOG = Logger.getLogger(Commands.class);
    /** An eMSP waits at least this long for a CommandResponse, its driver stands at the charger. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final Duration RESERVATION_UNKNOWN_SOON = Duration.ofSeconds(30);

    private final Callbacks callbacks;
    private final Relay relay;
    private final BackendCommands backends;
    private final BackendAddress addresses;
    private final Authorisations authorisations;
    private final Reservations reservations;
    private final OcpiUrls urls;
    private final Clock clock;
    private final Executor workers = Infrastructure.getDefaultWorkerPool();

    Commands(Callbacks callbacks, Relay relay, BackendCommands backends, BackendAddress addresses, Authorisations authorisations, Reservations reservations, OcpiUrls urls,
            Clock clock) {
        this.callbacks = callbacks;
        this.relay = relay;
        this.backends = backends;
        this.addresses = addresses;
        this.authorisations = authorisations;
        this.reservations = reservations;
        this.urls = urls;
        this.clock = clock;
    }

    /** A command that an eMSP sent, checked against the model. */
    record Sent(CommandType type, ObjectNode body, PartyId emsp, PartyId cpo, String correlationId) {
        String responseUrl() {
            return body.path("response_url").asText();
        }
    }

    /** The CPO's answer, in its own words; a platform's is the whole envelope. */
    sealed interface Answered {
        /** What an OCPI platform said. */
        record ByPlatform(Relay.Answer answer) implements Answered {
        }

        /** What the hub says for a backend. */
        record ByHub(CommandAnswer answer) implements Answered {
        }
    }

    /** Brings a command to its CPO; fails with an {@link OcpiException} when a backend cannot be asked. */
    CompletionStage<Answered> send(Sent command, PartnerConfig cpo) {
        return cpo.backend().isPresent() ? toBackend(command, cpo) : toPlatform(command, cpo);
    }

    private CompletionStage<Answered> toPlatform(Sent command, PartnerConfig cpo) {
        String id = open(command);
        ObjectNode body = command.body().deepCopy();
        body.put("response_url", urls.forPartner(cpo.partner(), urls.module(ModuleId.COMMANDS, InterfaceRole.SENDER) + "/" + command.type() + "/" + id));
        Relay.Request request = new Relay.Request(ModuleId.COMMANDS, InterfaceRole.RECEIVER, "POST", "/" + command.type(), null, body.toString(), command.emsp(), command.cpo(),
                command.correlationId(), PATIENCE);
        return relay.send(request).thenApplyAsync(answer -> {
            if (answer instanceof Relay.Answer.Received received) {
                boolean success = received.answer().ocpiStatus().map(OcpiStatus::isSuccess).orElse(false);
                answered(command, id, success ? data(received.answer().body()) : MissingNode.getInstance());
            } else if (!((Relay.Answer.Failed) answer).sent()) {
                callbacks.refused(id);
            }
            // A command that left and got no answer may be carried out all the same: its result is still welcome.
            return new Answered.ByPlatform(answer);
        }, workers);
    }

    private CompletionStage<Answered> toBackend(Sent command, PartnerConfig cpo) {
        if (cpo.backend().orElseThrow().commandsUrl().isEmpty()) {
            return byHub(CommandAnswer.refused("NOT_SUPPORTED", "this CPO takes no commands"));
        }
        BackendAddress.Resolved resolved = addresses.resolve(command.type(), command.body(), command.cpo(), command.emsp());
        if (resolved.answer() != null) {
            return byHub(resolved.answer());
        }
        String id = open(command);
        if (command.type() == CommandType.CANCEL_RESERVATION && reservation(command).isEmpty()) {
            // whether a reservation is known is told by the result.
            callbacks.result(id, ModuleId.COMMANDS, List.of(command.cpo()), "{\"result\":\"UNKNOWN_RESERVATION\"}", false);
            return byHub(CommandAnswer.of(OcpiStatus.SUCCESS, CommandAnswer.ACCEPTED, RESERVATION_UNKNOWN_SOON, null));
        }
        if (command.type() == CommandType.RESERVE_NOW) {
            reservations.asked(id, command);
        }
        return backends.send(cpo, id, command.type(), command.body(), command.cpo(), command.emsp(), resolved.address(), command.correlationId())
                .<Answered>thenApplyAsync(response -> {
                    answered(command, id, response);
                    return new Answered.ByHub(new CommandAnswer(OcpiStatus.SUCCESS, response));
                }, workers).exceptionallyAsync(error -> {
                    OcpiException reason = reason(error);
                    if (reason.status() != OcpiStatus.FORWARD_TIMED_OUT) {
                        refused(id);
                    }
                    throw reason;
                }, workers);
    }

    private Optional<Callbacks.Known> reservation(Sent command) {
        return callbacks.newest(ModuleId.COMMANDS, CommandType.RESERVE_NOW.name(), command.type().object(command.body()), Optional.of(command.emsp()), Optional.of(command.cpo()));
    }

    private String open(Sent command) {
        Instant until = OcpiTime.parse(command.body().path("expiry_date").asText(null)).orElse(null);
        return callbacks.open(new Asked(ModuleId.COMMANDS, command.type().name(), command.type().object(command.body()), command.emsp(), command.cpo(), command.responseUrl(),
                command.correlationId(), until));
    }

    /** What the CPO's answer means for the result, and for the token that may charge now. */
    private void answered(Sent command, String id, JsonNode response) {
        if (!CommandAnswer.isAccepted(response)) {
            refused(id);
            return;
        }
        callbacks.accepted(id, CommandAnswer.timeout(response));
        if (command.type().bringsToken()) {
            JsonNode token = command.body().path("token");
            authorisations.add(new Authorisation(command.cpo(), command.emsp(), token.path("uid").asText(), token.path("type").asText(), command.body().path("location_id").asText(null),
                    command.body().path("evse_uid").asText(null), Authorisations.Method.COMMAND, command.body().path("authorization_reference").asText(null), token.toString(), clock.instant()));
        }
    }

    private void refused(String id) {
        callbacks.refused(id);
        reservations.refused(id);
    }

    /**
     * A CommandResult of a CPO.
     *
     * @param parties the caller's CPO parties
     * @return false when no such command went to one of them
     */
    public boolean result(String id, Collection<PartyId> parties, JsonNode result) {
        Optional<Callbacks.Known> known = callbacks.result(id, ModuleId.COMMANDS, parties, result.toString(), CommandAnswer.isAccepted(result));
        known.ifPresent(command -> reservations.result(command, result.path("result").asText()));
        callbacks.forwardDue();
        return known.isPresent();
    }

    private static CompletionStage<Answered> byHub(CommandAnswer answer) {
        return CompletableFuture.completedFuture(new Answered.ByHub(answer));
    }

    /** What cannot be read accepts nothing; the eMSP gets it as it is and judges itself. */
    private static JsonNode data(String envelope) {
        try {
            return StrictJson.parse(envelope).path("data");
        } catch (NotJson | DuplicateKey e) {
            return MissingNode.getInstance();
        }
    }

    private static OcpiException reason(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof OcpiException known) {
            return known;
        }
        LOG.error("A command could not be brought to its backend", cause);
        return new OcpiException(OcpiStatus.HUB_ERROR, 200, "fault of the hub");
    }
}
