package org.roaminghub.pull;

/** A page leads where we do not go; the message is for the partner's operator. */
class WalkRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WalkRefused(String message) {
        super(message);
    }
}
