package org.roaminghub.charging.fold;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * The energy register at a moment, in Wh, by the reading's own time.
 *
 * @param powerW   active power told with it, null if none was
 * @param currentA current told with it, summed over the phases, null if none was
 */
public record RegisterReading(Instant time, BigDecimal registerWh, BigDecimal powerW, BigDecimal currentA) {
}
