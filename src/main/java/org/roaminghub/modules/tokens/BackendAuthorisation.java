package org.roaminghub.modules.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.roaminghub.modules.tokens.Authorisations.Authorisation;
import org.roaminghub.modules.tokens.WhitelistRules.Decision;
import org.roaminghub.modules.tokens.WhitelistRules.Whitelist;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.StrictJson;

/** Decides about a card in the place of a CPO whose backend speaks no OCPI (contracts §4). */
@ApplicationScoped
public class BackendAuthorisation {
    private final Tokens tokens;
    private final Authorisations authorisations;
    private final RealTime realTime;

    BackendAuthorisation(Tokens tokens, Authorisations authorisations, RealTime realTime) {
        this.tokens = tokens;
        this.authorisations = authorisations;
        this.realTime = realTime;
    }

    /**
     * A driver at a reader.
     *
     * @param location null where none is named
     * @param evseUid  null where none is named
     * @param budget   how long the backend waits
     */
    public record Question(PartyId cpo, String uid, String type, String location, String evseUid, Duration budget) {
    }

    /** What can be said. */
    public sealed interface Result {

        /** A decision, with the token it is about. */
        record Info(ObjectNode authorizationInfo) implements Result {
        }

        /** No eMSP that the CPO has an agreement with pushed this token; nobody is asked at random. */
        record Unknown() implements Result {
        }

        /** Several eMSPs pushed a token with this uid and type. */
        record Several() implements Result {
        }
    }

    public CompletionStage<Result> authorize(Question question) {
        Optional<Authorisation> command = authorisations.command(question.cpo(), question.uid(), question.type(), question.location(), question.evseUid());
        List<JsonNode> known = command.map(given -> List.of(StrictJson.parse(given.token()))).orElseGet(() -> tokens.find(question.cpo(), question.uid(), question.type()));
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(new Result.Unknown());
        }
        if (known.size() > 1) {
            return CompletableFuture.completedFuture(new Result.Several());
        }
        JsonNode token = known.get(0);
        Whitelist whitelist = Whitelist.of(token.path("whitelist").asText());
        boolean valid = token.path("valid").asBoolean();
        Decision first = WhitelistRules.decide(command.isPresent(), whitelist, valid, Optional.empty());
        if (first != Decision.ASK) {
            return CompletableFuture.completedFuture(new Result.Info(info(question, token, first, command, null)));
        }
        return realTime.ask(new RealTime.Question(question.cpo(), Tokens.issuer(token), token.path("uid").asText(), question.type(),
                place(question).map(ObjectNode::toString).orElse(null), Optional.of(token), UUID.randomUUID().toString(), question.budget())).thenApply(answer -> {
                    Asked asked = Asked.of(answer);
                    Decision decision = WhitelistRules.decide(false, whitelist, valid, Optional.of(asked));
                    return new Result.Info(info(question, token, decision, Optional.empty(), asked));
                });
    }

    private static ObjectNode info(Question question, JsonNode token, Decision decision, Optional<Authorisation> command, Asked asked) {
        return switch (decision) {
            case ALLOW_BY_COMMAND, ALLOW_FROM_STORE -> allowed(question, token, command);
            case AS_ANSWERED -> answered(((Asked.Told) asked).info(), token);
            case REFUSE_AS_INVALID -> refused(token, "the eMSP has declared this token invalid");
            case REFUSE_AS_ANSWERED -> refused(token, ((Asked.Refused) asked).reason());
            case REFUSE_UNASKED -> refused(token, ((Asked.Away) asked).reason() + ", and this token is not to be accepted without one");
            case ASK -> throw new IllegalStateException("a decision after asking cannot be to ask");
        };
    }

    private static ObjectNode allowed(Question question, JsonNode token, Optional<Authorisation> command) {
        ObjectNode info = JsonNodeFactory.instance.objectNode().put("allowed", "ALLOWED");
        info.set("token", token);
        place(question).ifPresent(place -> info.set("location", place));
        command.map(Authorisation::reference).ifPresent(reference -> info.put("authorization_reference", reference));
        return info;
    }

    /** As the eMSP said it; a token that it left out is the one of the store. */
    private static ObjectNode answered(ObjectNode theirs, JsonNode token) {
        ObjectNode info = theirs.deepCopy();
        if (!info.path("token").isObject()) {
            info.set("token", token);
        }
        return info;
    }

    private static ObjectNode refused(JsonNode token, String why) {
        ObjectNode info = JsonNodeFactory.instance.objectNode().put("allowed", "NOT_ALLOWED");
        info.set("token", token);
        info.putObject("info").put("language", "en").put("text", why);
        return info;
    }

    private static Optional<ObjectNode> place(Question question) {
        if (question.location() == null) {
            return Optional.empty();
        }
        ObjectNode place = JsonNodeFactory.instance.objectNode().put("location_id", question.location());
        if (question.evseUid() != null) {
            place.putArray("evse_uids").add(question.evseUid());
        }
        return Optional.of(place);
    }
}
