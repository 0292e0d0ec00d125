package org.roaminghub.pricing;

/** Which reservations an element is for; names are those of OCPI's ReservationRestrictionType. */
enum ReservationKind {
    RESERVATION,
    RESERVATION_EXPIRES
}
