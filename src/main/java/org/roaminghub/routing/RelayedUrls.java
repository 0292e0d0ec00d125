package org.roaminghub.routing;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/**
 * URLs in relayed answers, exchanged for ids of the hub's own: the other side can neither reach nor authenticate at them.
 * Each is bound to the party that was given it.
 */
@ApplicationScoped
public class RelayedUrls {
    /** A list is walked within hours, or begun anew. */
    private static final Duration PAGE_LIFE = Duration.ofHours(6);

    private final Jdbi jdbi;
    private final Clock clock;

    RelayedUrls(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What a URL stands for. */
    public enum Kind {
        /** A CDR stored at its receiver: good for ever (CDR-09). */
        CDR,
        /** The next page of a list: good for hours. */
        PAGE
    }

    /** Where an id leads. */
    public record Relayed(Kind kind, ModuleId module, String url, PartyId usedBy, PartyId leadsTo) {
    }

    /** Remembers a URL. @return the id that stands for it */
    public String replace(Relayed relayed) {
        String id = OpaqueId.next();
        Instant expires = relayed.kind() == Kind.PAGE ? clock.instant().plus(PAGE_LIFE) : null;
        jdbi.useHandle(handle -> handle.execute("insert into relayed_url (id, kind, module, url, used_by, leads_to, expires_at) values (?, ?, ?, ?, ?, ?, ?)",
                id, relayed.kind().name(), relayed.module().id(), relayed.url(), relayed.usedBy().toString(), relayed.leadsTo().toString(),
                expires == null ? null : expires.atOffset(ZoneOffset.UTC)));
        return id;
    }

    /** Where an id leads, for one of these parties; expired and foreign ones are absent. */
    public Optional<Relayed> find(String id, ModuleId module, Collection<PartyId> parties) {
        return jdbi.withHandle(handle -> handle.select(
                        "select kind, url, used_by, leads_to from relayed_url where id = ? and module = ? and used_by = any(?) and (expires_at is null or expires_at > ?)",
                        id, module.id(), parties.stream().map(PartyId::toString).toArray(String[]::new), clock.instant().atOffset(ZoneOffset.UTC))
                .map((row, context) -> new Relayed(Kind.valueOf(row.getString(1)), module, row.getString(2), PartyId.parse(row.getString(3)), PartyId.parse(row.getString(4))))
                .findOne());
    }

    @Scheduled(identity = "relayed-urls", every = "1h", delayed = "5m")
    void forgetExpired() {
        jdbi.useHandle(handle -> handle.execute("delete from relayed_url where expires_at < ?", clock.instant().atOffset(ZoneOffset.UTC)));
    }
}
