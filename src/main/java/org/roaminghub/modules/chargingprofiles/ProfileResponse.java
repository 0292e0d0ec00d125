package org.roaminghub.modules.chargingprofiles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Optional;
import org.roaminghub.exchange.Outcome;
import org.roaminghub.ocpi.OcpiStatus;
import org.roaminghub.ocpi.schema.DuplicateKey;
import org.roaminghub.ocpi.schema.NotJson;
import org.roaminghub.ocpi.schema.StrictJson;

/** The immediate answer to a request about a profile, ChargingProfileResponse. */
final class ProfileResponse {
    private static final Duration LONGEST = Duration.ofDays(1);
    /** For a CPO that forgets to say (CP-16). */
    private static final Duration UNSAID = Duration.ofSeconds(30);

    private ProfileResponse() {
    }

    /** One of the hub's own: nothing was taken, so nothing will follow. */
    static String refusal(String result) {
        return "{\"result\":\"" + result + "\",\"timeout\":0}";
    }

    /** How long the CPO may take for the result that it announced; empty when it announced none (CP-05, CP-16). */
    static Optional<Duration> announced(Outcome.Answered answer) {
        if (!answer.ocpiStatus().map(OcpiStatus::isSuccess).orElse(false)) {
            return Optional.empty();
        }
        JsonNode response = data(answer.body());
        if (!response.path("result").asText().equals("ACCEPTED")) {
            return Optional.empty();
        }
        JsonNode timeout = response.path("timeout");
        return Optional.of(timeout.isNumber() ? Duration.ofSeconds(Math.max(0, Math.min(timeout.asLong(), LONGEST.toSeconds()))) : UNSAID);
    }

    /** What cannot be read announces nothing; the requester gets it as it is and judges itself. */
    private static JsonNode data(String envelope) {
        try {
            return StrictJson.parse(envelope).path("data");
        } catch (NotJson | DuplicateKey e) {
            return MissingNode.getInstance();
        }
    }
}
