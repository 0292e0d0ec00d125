package org.roaminghub.charging.fold;

import java.time.Instant;
import org.roaminghub.ocpp.ChargingState;

/** What the car did from a moment on, until the next phase or the end of the session. */
public record ChargingPhase(ChargingState state, Instant since) {}
