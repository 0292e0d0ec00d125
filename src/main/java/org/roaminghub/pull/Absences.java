package org.roaminghub.pull;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.ObjectService;
import org.roaminghub.modules.core.ObjectService.Change;
import org.roaminghub.modules.locations.Locations;
import org.roaminghub.modules.tariffs.TariffsReceiver;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.OcpiException;
import org.roaminghub.partners.config.PartnerConfig;
import org.roaminghub.partners.config.Quirk;
import org.roaminghub.pull.PulledObjects.Item;

/**
 * Objects that complete pulls did not show. The first such pull flags them, the second confirms it: then EVSEs become
 * REMOVED and tariffs are deleted, and receivers learn of it as of any change. What shows up again is taken back.
 */
@ApplicationScoped
class Absences {
    private static final Logger LOG = Logger.getLogger(Absences.class);
    private static final int CONFIRMED_BY = 2;

    /** Not in the pages, and not pushed since the pull began: such an object came after its page had been read. */
    private static final String UNSEEN = " and not exists (select 1 from pull_seen s where s.pull = :pull and s.object = %1$s)"
            + " and not exists (select 1 from feed f where f.module = :module and f.owner = d.owner and f.object = %1$s and f.changed_at >= :started)";
    private static final String OURS = "document d%s where d.module = :module and d.owner = :owner and d.source = :partner and not d.deleted";
    private static final String DOCUMENTS = "select d.id from " + OURS.formatted("") + UNSEEN.formatted("d.id");
    private static final String EVSES = "select e.location || '/' || e.uid from "
            + OURS.formatted(" join evse e on e.owner = d.owner and e.location = d.id") + " and e.status <> 'REMOVED'"
            + UNSEEN.formatted("e.location || '/' || e.uid")
            // Within a Location that is pushed while we pull, its EVSEs are as new as it is.
            + " and (exists (select 1 from pull_seen s where s.pull = :pull and s.object = e.location)"
            + " or not exists (select 1 from feed f where f.module = :module and f.owner = e.owner and f.object = e.location and f.changed_at >= :started))";

    private final Jdbi jdbi;
    private final Locations locations;
    private final ObjectService objects;
    private final Clock clock;

    Absences(Jdbi jdbi, Locations locations, ObjectService objects, Clock clock) {
        this.jdbi = jdbi;
        this.locations = locations;
        this.objects = objects;
        this.clock = clock;
    }

    /** Within the transaction that ends a complete pull: flags what it did not show, or counts another pull without it. */
    void judge(Handle transaction, Pull pull) {
        String absent = pull.module() == ModuleId.LOCATIONS ? DOCUMENTS + " union all " + EVSES : DOCUMENTS;
        OffsetDateTime now = utc(clock.instant());
        int flagged = transaction.createUpdate("insert into pull_missing as m (module, owner, object, partner, missing_since) "
                        + "select cast(:module as text), cast(:owner as text), gone.object, cast(:partner as text), cast(:now as timestamptz) from (" + absent + ") gone (object) "
                        + "on conflict (module, owner, object) do update set pulls = case when m.acted_at is null then m.pulls + 1 else m.pulls end")
                .bind("module", pull.module().id()).bind("owner", pull.party().toString()).bind("partner", pull.partner()).bind("pull", pull.id())
                .bind("started", utc(pull.startedAt())).bind("now", now).execute();
        // Pushed meanwhile: it is there, whatever the list says.
        transaction.createUpdate("delete from pull_missing m using feed f where m.module = :module and m.owner = :owner and m.acted_at is null "
                        + "and f.module = m.module and f.owner = m.owner and f.object = m.object and f.changed_at > m.missing_since")
                .bind("module", pull.module().id()).bind("owner", pull.party().toString()).execute();
        if (flagged > 0) {
            LOG.warnf("Pull of %s: %d objects that we hold are in none of the pages", pull, flagged);
        }
    }

    /** Acts on what was confirmed, unless the partner's file keeps absent objects. */
    void act(Pull pull, PartnerConfig config) {
        if (config.quirks().has(Quirk.KEEP_ABSENT)) {
            return;
        }
        int confirmedBy = config.quirks().number(Quirk.ABSENT_AFTER).orElse(CONFIRMED_BY);
        List<String> confirmed = jdbi.withHandle(handle -> handle.select("""
                select object from pull_missing where module = ? and owner = ? and partner = ? and pulls >= ? and acted_at is null order by object""",
                pull.module().id(), pull.party().toString(), pull.partner(), confirmedBy).mapTo(String.class).list());
        for (String object : confirmed) {
            remove(pull, object);
            jdbi.useHandle(handle -> handle.execute("update pull_missing set acted_at = ? where module = ? and owner = ? and object = ?",
                    utc(clock.instant()), pull.module().id(), pull.party().toString(), object));
        }
    }

    private void remove(Pull pull, String object) {
        if (pull.module() == ModuleId.TARIFFS) {
            removeTariff(pull, object);
        } else if (object.indexOf('/') > 0) {
            setStatus(pull, object, "REMOVED");
        }
        // A Location cannot be deleted in OCPI; its EVSEs say it.
    }

    private void removeTariff(Pull pull, String object) {
        try {
            objects.remove(TariffsReceiver.TARIFFS, pull.party(), object);
        } catch (OcpiException e) {
            if (e.httpStatus() != OcpiException.absent(ModuleId.TARIFFS).httpStatus()) {
                throw e;
            }
            LOG.debugf("Tariff %s of %s was deleted meanwhile", object, pull.party());
        }
    }

    /** What we took as gone and shows up again is there again, as of now: its own time may be older than our REMOVED. */
    void reappeared(Pull pull, Collection<Item> items) {
        Map<String, String> shown = new HashMap<>();
        for (Item item : items) {
            shown.put(item.key(), "");
            if (pull.module() == ModuleId.LOCATIONS) {
                for (JsonNode evse : item.body().path("evses")) {
                    shown.put(item.key() + "/" + Document.fold(evse.path("uid").asText()), evse.path("status").asText());
                }
            }
        }
        List<String> removed = jdbi.withHandle(handle -> handle.createQuery(
                        "delete from pull_missing where module = :module and owner = :owner and object = any(:objects) returning object, acted_at is not null")
                .bind("module", pull.module().id()).bind("owner", pull.party().toString()).bind("objects", shown.keySet().toArray(String[]::new))
                .map((row, context) -> row.getBoolean(2) ? row.getString(1) : "").list());
        removed.stream().filter(object -> pull.module() == ModuleId.LOCATIONS && object.indexOf('/') > 0).forEach(object -> setStatus(pull, object, shown.get(object)));
    }

    private void setStatus(Pull pull, String object, String status) {
        int slash = object.lastIndexOf('/');
        Change change = jdbi.inTransaction(transaction -> locations.setStatus(transaction, pull.party(), object.substring(0, slash), object.substring(slash + 1),
                status, clock.instant()));
        objects.committed(Locations.LOCATIONS, pull.party(), object.substring(0, slash), change);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
