package org.roaminghub.pricing;

import java.util.List;

/** What became of a reservation; OCPI does not transport it (S14). */
public enum ReservationOutcome {
    /** A charging period follows. */
    USED(List.of(ReservationKind.RESERVATION)),
    /** Nobody came; what the elements for expiry do not price, the others do. */
    EXPIRED(List.of(ReservationKind.RESERVATION_EXPIRES, ReservationKind.RESERVATION)),
    /** Given back in time. */
    CANCELLED(List.of(ReservationKind.RESERVATION));

    private final List<ReservationKind> kinds;

    ReservationOutcome(List<ReservationKind> kinds) {
        this.kinds = kinds;
    }

    /** The kinds of elements that may price it, the first that matches wins. */
    List<ReservationKind> kinds() {
        return kinds;
    }
}
