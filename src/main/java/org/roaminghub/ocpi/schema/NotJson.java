package org.roaminghub.ocpi.schema;

/**
 * The body is not JSON, or breaks the limits of {@link StrictJson}: HTTP 400 (TRANS-33, design §5).
 * The message says where and never repeats the body or names our classes, so it may be answered as it is.
 */
public final class NotJson extends RuntimeException {

    NotJson(String message) {
        // No stack trace: bodies are other people's, and filling it in is the dearest part of refusing one.
        super(message, null, false, false);
    }
}
