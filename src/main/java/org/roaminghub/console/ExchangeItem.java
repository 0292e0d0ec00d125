package org.roaminghub.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * One OCPI request and its answer.
 *
 * @param failure    why it counts as failed, null for a success
 * @param bodiesCut  true when a kept body is longer than what is shown
 */
record ExchangeItem(long id, Instant at, String direction, String partner, String module, String method, String path, String object, String requestId, String correlationId,
                    Integer httpStatus, Integer ocpiStatus, int durationMs, int attempt, String failure,
                    @JsonInclude(JsonInclude.Include.NON_NULL) String requestBody, @JsonInclude(JsonInclude.Include.NON_NULL) String responseBody,
                    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean bodiesCut) {
}
