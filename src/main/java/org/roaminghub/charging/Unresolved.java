package org.roaminghub.charging;

import io.quarkus.scheduler.Scheduled;
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

    /** Forgets what a station waited for, within the transaction that looks for it again and writes down what is still missing. */
    void clear(Handle transaction, StationKey station) {
        transaction.execute("delete from unresolved where source = ? and station = ?", station.source(), station.station());
    }

    /**
     * Finds stations whose missing thing arrived unseen: just while they looked for it, or when the hub died or the database was
     * away before they were worked on. A row that was looked at after the arrival is younger and not found again.
     */
    @Scheduled(identity = "unresolved-missed", every = "5s", delayed = "5s")
    void findMissed() {
        resume("""
                select u.source, u.station from unresolved u
                    join document d on d.module = case u.kind when 'TOKEN' then 'tokens' else 'tariffs' end and d.id = u.ref and not d.deleted
                    join feed f on f.module = d.module and f.owner = d.owner and f.object = d.id
                where u.kind in ('TOKEN', 'TARIFF') and f.changed_at > u.since - interval '10 seconds'
                union
                select u.source, u.station from unresolved u
                    join station_binding b using (source, station)
                    join feed f on f.module = 'locations' and f.owner = b.owner and f.object = b.location
                where u.kind = 'STATION' and f.changed_at > u.since - interval '10 seconds'""");
    }

    void documentChanged(@Observes DocumentChanged change) {
        switch (change.module()) {
            case LOCATIONS -> resume("""
                    select distinct u.source, u.station from unresolved u join station_binding b using (source, station)
                    where u.kind = 'STATION' and b.owner = ? and b.location = ?""", change.owner().toString(), change.key());
            case TOKENS -> resume("select source, station from unresolved where kind = 'TOKEN' and ref = ?", change.key());
            case TARIFFS -> resume("select source, station from unresolved where kind = 'TARIFF' and ref = ?", change.key());
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
