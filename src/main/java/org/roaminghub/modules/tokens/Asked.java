package org.roaminghub.modules.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.roaminghub.exchange.Outcome;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.schema.DuplicateKey;
import org.roaminghub.ocpi.schema.NotJson;
import org.roaminghub.ocpi.schema.ObjectModel;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.routing.Relay;

/** What came of asking an eMSP about a card in real time. */
sealed interface Asked {

    /** Its decision, an AuthorizationInfo. */
    record Told(ObjectNode info) implements Asked {

        boolean allowed() {
            return info.path("allowed").asText().equals("ALLOWED");
        }
    }

    /** It answered, and gave none: the card is not known to it, or it needs to know the place. {@code reason} is for people. */
    record Refused(String reason) implements Asked {
    }

    /** It was not there, or said nothing that can be used. {@code reason} is for people. */
    record Away(String reason) implements Asked {
    }

    /** Reads an answer. Unknown cards are told in three ways: 404 with 2004, 200 with 2004, bare 404. */
    static Asked of(Relay.Answer answer) {
        if (answer instanceof Relay.Answer.Failed failed) {
            return new Away(switch (failed.status()) {
                case FORWARD_TIMED_OUT -> "the eMSP gave no answer in time";
                case RECEIVER_NOT_CONNECTED -> "the eMSP cannot be reached at the moment";
                default -> "the eMSP gave no answer that can be used";
            });
        }
        Outcome.Answered answered = ((Relay.Answer.Received) answer).answer();
        int code = answered.ocpiStatus().orElse(0);
        if (code == OcpiStatus.NOT_ENOUGH_INFORMATION.code()) {
            return new Refused("the eMSP decides only when it knows the location: send location_id and evse_uid");
        }
        if (answered.httpStatus() == 404 || code == OcpiStatus.UNKNOWN_TOKEN.code()) {
            return new Refused("the eMSP does not know this token");
        }
        if (OcpiStatus.blamesClient(code)) {
            return new Refused("the eMSP refused the request with status code " + code);
        }
        return info(answered).<Asked>map(Told::new).orElseGet(() -> new Away("the eMSP gave no answer that can be used"));
    }

    private static Optional<ObjectNode> info(Outcome.Answered answered) {
        if (!answered.ocpiStatus().map(OcpiStatus::isSuccess).orElse(false)) {
            return Optional.empty();
        }
        try {
            JsonNode data = StrictJson.parse(answered.body()).path("data");
            boolean decided = ObjectModel.ocpi221().enumValues("AllowedType").contains(data.path("allowed").asText());
            return decided && data instanceof ObjectNode info ? Optional.of(info) : Optional.empty();
        } catch (NotJson | DuplicateKey e) {
            return Optional.empty();
        }
    }
}
