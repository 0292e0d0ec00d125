package org.roaminghub.charging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.DocumentChanged;

/**
 * Stations whose events wait for something: a Location that names the charger, a Token, a Tariff. When it arrives, the station is
 * worked on again by itself (design §5).
 */
@ApplicationScoped
class Unresolved {
    private final Jdbi jdbi;
    private final StationWork work;
    private final Clock clock;

    Unresolved(Jdbi jdbi, StationWork work, Clock clock) {
        this.jdbi = jdbi;
        this.work = work;
        this.clock = clock;
    }

    /** What is missing. */
    enum Kind {
        STATION,
        TOKEN,
        TARIFF
    }

    void add(Handle transaction, Kind kind, String ref, StationKey station) {
        transaction.execute("insert into unresolved (kind, ref, source, station, since) values (?, ?, ?, ?, ?) on conflict do nothing",
                kind, ref, station.source(), station.station(), clock.instant().atOffset(ZoneOffset.UTC));
    }

    void documentChanged(@Observes DocumentChanged change) {
        switch (change.module()) {
            case LOCATIONS -> resume("""
                    delete from unresolved u using station_binding b where u.kind = 'STATION' and b.source = u.source and b.station = u.station
                        and b.owner = ? and b.location = ? returning u.source, u.station""", change.owner().toString(), change.key());
            case TOKENS -> resume("delete from unresolved where kind = 'TOKEN' and ref = ? returning source, station", change.key());
            case TARIFFS -> resume("delete from unresolved where kind = 'TARIFF' and ref = ? returning source, station", change.key());
            case SESSIONS, CDRS, CREDENTIALS -> { }
        }
    }

    private void resume(String sql, Object... parameters) {
        List<StationKey> stations = jdbi.withHandle(handle -> handle.select(sql, parameters)
                .map((row, context) -> new StationKey(row.getString(1), row.getString(2))).list());
        stations.forEach(work::addAgain);
    }

    /** Token refs are keyed as tokens are: UID/TYPE, folded. */
    static String tokenRef(String uid, String type) {
        return Document.fold(uid + "/" + type);
    }
}
