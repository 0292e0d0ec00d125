package org.roaminghub.modules.commands;

import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.ocpi.PartyId;

/** Numbers that stand for eMSPs' reservation ids at chargers: unique, and the same for the same reservation (CMD-17, CMD-18). */
@ApplicationScoped
class ReservationNumbers {
    private final Jdbi jdbi;

    ReservationNumbers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    int of(PartyId cpo, PartyId emsp, String reservation) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into reservation_number (cpo, emsp, reservation) values (:cpo, :emsp, :reservation)
                        on conflict (cpo, emsp, reservation) do update set cpo = excluded.cpo returning number""")
                .bind("cpo", cpo.toString()).bind("emsp", emsp.toString()).bind("reservation", reservation).mapTo(Integer.class).one());
    }
}
