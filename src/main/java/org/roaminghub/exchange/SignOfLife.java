package org.roaminghub.exchange;

/** What the outcome of a call, the still-alive check included, says about the partner as a whole. */
enum SignOfLife {
    /** It answered as a platform that knows us. */
    ALIVE,
    /** It did not answer, or not in OCPI, or refuses our token: nothing can be exchanged with it. */
    NONE,
    /** It was not asked, or asks us to wait. */
    UNDECIDED;

    static SignOfLife of(Outcome outcome) {
        if (outcome instanceof Outcome.NotSent notSent && notSent.cause() != Outcome.Cause.UNREACHABLE && notSent.cause() != Outcome.Cause.REFUSED_URL) {
            return UNDECIDED;
        }
        boolean ocpi = outcome instanceof Outcome.Answered answered && answered.ocpiStatus().isPresent();
        return switch (Verdict.of(outcome)) {
            case ACCEPTED -> ALIVE;
            // A web server without the platform behind it answers 404 as well.
            case NOT_KNOWN, OBJECT_REFUSED -> ocpi ? ALIVE : NONE;
            case WAIT -> UNDECIDED;
            case PARTNER_FAILS, PARTNER_DOWN, CREDENTIALS_REFUSED, IN_DOUBT -> NONE;
        };
    }
}
