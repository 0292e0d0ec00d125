package org.roaminghub.exchange;

import java.time.Instant;

/** One row of the exchange log (D11). Bodies are null unless they are worth keeping; secrets never reach it. */
public record ExchangeRow(
        Instant at,
        Direction direction,
        String partner,
        String module,
        String method,
        String path,
        String object,
        String requestId,
        String correlationId,
        Integer httpStatus,
        Integer ocpiStatus,
        int durationMs,
        int attempt,
        String failure,
        String requestBody,
        String responseBody) {

    /** IN: a partner called us; OUT: we called. */
    public enum Direction {
        IN,
        OUT
    }

    /** Whether losing this row would hide a failure. */
    boolean failed() {
        return failure != null || httpStatus == null || httpStatus >= 400 || (ocpiStatus != null && ocpiStatus >= 2000);
    }
}
