package org.roaminghub.exchange;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.platform.HubSettings;

/** Makes the exchange log's partitions a week ahead and drops those older than the retention. */
@ApplicationScoped
class ExchangePartitions {
    private static final Logger LOG = Logger.getLogger(ExchangePartitions.class);
    private static final int DAYS_AHEAD = 7;

    private final Jdbi jdbi;
    private final Clock clock;
    private final HubSettings settings;

    ExchangePartitions(Jdbi jdbi, Clock clock, HubSettings settings) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.settings = settings;
    }

    void atStart(@Observes @Priority(5) StartupEvent event) {
        maintain();
    }

    @Scheduled(identity = "exchange-partitions", cron = "0 17 3 * * ?")
    void maintain() {
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        jdbi.useTransaction(handle -> {
            // Replicas start at the same time; DDL on one parent must not meet itself.
            handle.execute("select pg_advisory_xact_lock(hashtext('exchange-partitions'))");
            for (int day = 0; day <= DAYS_AHEAD; day++) {
                LocalDate date = today.plusDays(day);
                create(handle, date);
            }
            LocalDate oldest = today.minusDays(settings.exchangeRetentionDays());
            List<String> partitions = handle.createQuery("""
                    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                    where i.inhparent = 'exchange'::regclass and c.relname ~ '^exchange_[0-9]{8}$'""").mapTo(String.class).list();
            for (String partition : partitions) {
                if (partition.compareTo(name(oldest)) < 0) {
                    LOG.infof("Dropping the exchange log of %s: older than %d days", partition, settings.exchangeRetentionDays());
                    handle.execute("drop table " + partition);
                }
            }
        });
    }

    /** Rows that found no partition wait in the default one, which would refuse the day's partition as long as they are there. */
    private static void create(Handle handle, LocalDate date) {
        String day = "at >= '%sZ' and at < '%sZ'".formatted(date.atStartOfDay(), date.plusDays(1).atStartOfDay());
        boolean strays = handle.select("select exists (select 1 from exchange_default where " + day + ")").mapTo(Boolean.class).one();
        if (strays) {
            LOG.warnf("The exchange log of %s had no partition; its rows are moved", date);
            handle.execute("create temp table strays on commit drop as select * from exchange_default where " + day);
            handle.execute("delete from exchange_default where " + day);
        }
        handle.execute("create table if not exists %s partition of exchange for values from ('%sZ') to ('%sZ')"
                .formatted(name(date), date.atStartOfDay(), date.plusDays(1).atStartOfDay()));
        if (strays) {
            handle.execute("insert into exchange overriding system value select * from strays");
            handle.execute("drop table strays");
        }
    }

    private static String name(LocalDate date) {
        return "exchange_%04d%02d%02d".formatted(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }
}
