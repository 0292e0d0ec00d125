package org.roaminghub.charging.fold;

import java.math.BigDecimal;
import java.time.Instant;

/** The energy register at a moment, in Wh, by the reading's own time. */
public record RegisterReading(Instant time, BigDecimal registerWh) {}
