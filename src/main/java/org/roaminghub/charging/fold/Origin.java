package org.roaminghub.charging.fold;

import java.util.List;
import org.roaminghub.ocpp.Envelope;

/** Which event a value of a session comes from, and which rules changed it on the way (event-model.md, section 5). */
public record Origin(String eventId, List<String> ruleIds) {
    public Origin {
        ruleIds = List.copyOf(ruleIds);
    }

    static Origin of(Envelope envelope) {
        return new Origin(envelope.id(), envelope.ruleIds());
    }

    /** What can have an origin of its own. */
    public enum Part { START, TOKEN, STOP, ENERGY, STATUS }
}
