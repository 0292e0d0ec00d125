package org.roaminghub.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.roaminghub.exchange.PartnerBack;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Bodies;
import org.roaminghub.simulator.Behaviour;
import org.roaminghub.simulator.CpoList.Paging;
import org.roaminghub.simulator.EmspPlatform;
import org.roaminghub.simulator.EmspSettings;
import org.roaminghub.simulator.Received;

/** What the hub pulls and when, what interrupts it, and what becomes of the objects. */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class PullIT extends PullScene {
    @Inject
    PullStore store;
    @Inject
    Event<PartnerBack> back;

    @Test
    void aRegistrationPullsEverythingAndReceiversGetIt_LOC51_TAR33_SES06_A26() {
        cpo.locations().put(location("PU1", "L1", MORNING));
        cpo.tariffs().put(of("PU1", Bodies.tariff("T1", MORNING)));
        cpo.sessions().put(of("PU1", Bodies.session("S1", MORNING)));
        cpo.cdrs().put(of("PU1", Bodies.cdr("C1", MORNING)));
        try (EmspPlatform emsp = new EmspPlatform(EmspSettings.of("DE", "PUE", "Puller"))) {
            emsp.start(0);
            emsp.register(settings.publicUrl() + "/ocpi/versions", "secret-of-puller");

            register("pulled", "locations", "tariffs", "sessions", "cdrs");

            await().atMost(SOON).until(() -> emsp.locations().size() == 1 && emsp.tariffs().size() == 1 && emsp.sessions().size() == 1 && emsp.cdrs().size() == 1);
            assertThat(emsp.cdrs().get(0)).isEqualTo(of("PU1", Bodies.cdr("C1", MORNING)));
        }
        ended("locations", "PU1");
        assertThat(cpo.asked("sessions")).isNotEmpty().allMatch(path -> path.contains("date_from=1970-01-01T00:00:00Z"));
        assertThat(cpo.asked("locations")).allMatch(path -> !path.contains("date_from"));
        assertThat(row("sessions", "PU1")).containsEntry("mode", "FULL").containsEntry("state", "DONE").containsEntry("created", 1).containsEntry("full_at", null);
    }

    @Test
    void tokensOfAnEmspArePulledAndMerged_TOK06_A33() {
        try (EmspPlatform emsp = new EmspPlatform(EmspSettings.of("DE", "PUE", "Puller").withPageLimit(2))) {
            emsp.start(0);
            for (int number = 0; number < 5; number++) {
                emsp.addToken(token("CARD" + number));
            }
            emsp.register(settings.publicUrl() + "/ocpi/versions", "secret-of-puller");
            partner = "puller";
            ended("tokens", "DE*PUE");
            jdbi.useHandle(handle -> handle.execute("update document set spelled = 'GONE', id = 'GONE/RFID' "
                    + "where module = 'tokens' and owner = 'DE*PUE' and id = 'CARD4/RFID'"));

            again("tokens", true, "DE*PUE");
            again("tokens", true, "DE*PUE");

            assertThat(stored("tokens", "DE*PUE")).contains("GONE/RFID", "CARD0/RFID", "CARD4/RFID").hasSize(6);
            assertThat(missing()).isEmpty();
        }
    }

    @Test
    void aDeltaBeginsAtTheHighWaterMarkWithOverlap_TRANS53_CDR39() {
        cpo.cdrs().put(of("PU1", Bodies.cdr("C1", MORNING))).put(of("PU1", Bodies.cdr("C2", NOON)));
        registered("pulled", "cdrs");

        cpo.cdrs().put(of("PU1", Bodies.cdr("C3", "2026-03-02T11:50:00Z")));
        back.fire(new PartnerBack("pulled"));

        await().atMost(SOON).until(() -> stored("cdrs", "NL*PU1").contains("C3"));
        assertThat(cpo.asked("cdrs")).last().asString().contains("date_from=2026-03-02T11:45:00Z");
        ended("cdrs", "PU1");
        assertThat(row("cdrs", "PU1")).containsEntry("mode", "DELTA").containsEntry("unchanged", 1).containsEntry("created", 1);
        assertThat(at(row("cdrs", "PU1"), "high_water")).isEqualTo(Instant.parse(NOON));
    }

    @Test
    void aDateFarAheadDoesNotHideWhatComesBefore() {
        cpo.tariffs().put(of("PU1", Bodies.tariff("T1", "2099-01-01T00:00:00Z")));
        registered("pulled", "tariffs");

        Map<String, Object> row = row("tariffs", "PU1");
        assertThat(at(row, "high_water")).isEqualTo(at(row, "started_at"));
    }

    @Test
    void theScheduleIsHourlyAndDailyWithJitter_TRANS08() {
        Set<Long> times = new HashSet<>();
        registered("pulled", "locations", "tariffs");
        for (String module : List.of("locations", "tariffs")) {
            Map<String, Object> row = row(module, "PU1");
            long delta = Duration.between(Instant.now(), at(row, "delta_at")).toMillis();
            long full = Duration.between(Instant.now(), at(row, "full_at")).toMinutes();
            assertThat(delta).isBetween(53 * 60_000L, 66 * 60_000L);
            assertThat(full).isBetween(21 * 60L, 27 * 60L);
            times.add(delta);
        }
        assertThat(times).as("no two at the same moment").hasSizeGreaterThan(1);

        int before = cpo.asked("locations").size();
        jdbi.useHandle(handle -> handle.execute("update pull set full_at = now() - interval '1 s', due_at = now() "
                + "where module = 'locations' and party = 'NL*PU1' and partner = 'pulled'"));
        await().atMost(SOON).until(() -> cpo.asked("locations").size() > before);
    }

    @Test
    void eachPartyOfAPlatformIsAskedForByItself_A30_TRANS28() {
        cpo.locations().put(location("PU2", "TWO", MORNING)).put(location("PU7", "SEVEN", MORNING));
        cpo.locations().put(location("ABC", "FOREIGN", MORNING));

        registered("pulled-two", "locations");
        ended("locations", "PU7");

        assertThat(cpo.received().of("locations", "GET")).extracting(request -> request.header("ocpi-to-party-id").orElse("")).containsExactlyInAnyOrder("PU2", "PU7");
        assertThat(cpo.received().of("locations", "GET")).extracting(request -> request.header("ocpi-from-party-id").orElse("")).containsOnly(settings.partyId());
        assertThat(stored("locations", "NL*PU2")).containsExactly("TWO");
        assertThat(stored("locations", "NL*PU7")).containsExactly("SEVEN");
        assertThat(stored("locations", "NL*ABC")).as("of nobody this platform speaks for").isEmpty();
        assertThat(row("locations", "PU2")).containsEntry("seen", 3).containsEntry("created", 1).containsEntry("ignored", 2);
    }

    @Test
    void aPartnerThatIsAwayIsGoneOnWithAtThePageThatWasMissing_TRANS53() {
        cpo.tariffs().paged(Paging.RIGHT, 2);
        tariffs("PU1", "T", 6);
        cpo.tariffs().beforePage(offset -> {
            if (offset == 2) {
                cpo.behaviours().module("tariffs", Behaviour.resetBefore());
            }
        });
        register("pulled", "tariffs");
        await().atMost(SOON).until(() -> row("tariffs", "PU1").get("last_error") != null);
        assertThat(row("tariffs", "PU1")).containsEntry("state", "RUNNING").containsEntry("pages", 2);

        cpo.behaviours().reset();
        back.fire(new PartnerBack("pulled"));

        await().atMost(SOON).until(() -> stored("tariffs", "NL*PU1").size() == 6);
        List<String> full = cpo.received().of("tariffs", "GET").stream().map(Received::path).filter(path -> !path.contains("date_from")).toList();
        assertThat(full.stream().filter(path -> path.contains("offset=0")).toList()).as("the first page was asked for once").hasSize(1);
    }

    @Test
    void aRunWhoseHubDiedGoesOnWhereItsRowStands() {
        cpo.tariffs().paged(Paging.RIGHT, 2);
        tariffs("PU1", "T", 6);
        registered("pulled", "tariffs");
        int before = cpo.asked("tariffs").size();
        // As a process leaves it that was killed after the second page.
        String walk = "{\"url\":\"%s?offset=4&limit=2\",\"by_offset\":false,\"offset\":4,\"limit\":100,\"largest\":2,\"lowest_total\":6,\"empty\":0,\"skipped\":0,\"gaps\":false}"
                .formatted(cpo.endpoints("tariffs").get(0).url());
        jdbi.useHandle(handle -> handle.execute("update pull set state = 'RUNNING', mode = 'FULL', walk = ?, pages = 2, lease = 'dead', lease_until = now() + interval '2 s', "
                + "due_at = now() where partner = 'pulled' and party = 'NL*PU1'", walk));

        await().atMost(SOON).until(() -> row("tariffs", "PU1").get("state").equals("DONE"));
        assertThat(cpo.asked("tariffs").subList(before, cpo.asked("tariffs").size())).singleElement().asString().contains("offset=4");
        assertThat(row("tariffs", "PU1")).containsEntry("pages", 3);
    }

    @Test
    void aPullThatSomebodyWorksOnIsNotTakenByAnotherReplica() throws InterruptedException {
        tariffs("PU1", "T", 2);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        cpo.tariffs().beforePage(offset -> {
            asked.countDown();
            hold(tried);
        });
        register("pulled", "tariffs");
        assertThat(asked.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        jdbi.useHandle(handle -> handle.execute("update pull set due_at = now() - interval '1 h' where partner = 'pulled'"));

        List<Pull> taken = store.takeDue("another replica", Duration.ofMinutes(1), Set.of(), 100);
        tried.countDown();

        assertThat(taken).extracting(Pull::partner).doesNotContain("pulled");
        ended("tariffs", "PU1");
        assertThat(cpo.asked("tariffs")).hasSize(1);
    }

    @Test
    void aCancelledPullStopsWithItsPage() throws InterruptedException {
        cpo.tariffs().paged(Paging.RIGHT, 2);
        tariffs("PU1", "T", 10);
        CountDownLatch third = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        cpo.tariffs().beforePage(offset -> {
            if (offset == 4) {
                third.countDown();
                hold(cancelled);
            }
        });
        register("pulled", "tariffs");
        assertThat(third.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        pulls.cancel("pulled");
        cancelled.countDown();

        await().atMost(SOON).until(() -> "CANCELLED".equals(row("tariffs", "PU1").get("state")));
        assertThat(stored("tariffs", "NL*PU1")).hasSize(6);
        assertThat(count("select count(*) from pull_seen")).isZero();
        assertThat(row("tariffs", "PU1").get("high_water")).as("a pull that did not end proves nothing").isNull();
    }

    @Test
    void anOlderObjectIsIgnoredAndTheSameChangesNothing_A18() {
        cpo.locations().put(location("PU1", "L1", NOON));
        cpo.tariffs().put(of("PU1", Bodies.tariff("T1", NOON)));
        registered("pulled", "locations", "tariffs");
        ended("tariffs", "PU1");
        ended("locations", "PU1");
        List<String> places = places();

        again("locations", true, "PU1");
        again("tariffs", true, "PU1");
        cpo.locations().put(location("PU1", "L1", MORNING));
        ObjectNode older = of("PU1", Bodies.tariff("T1", MORNING));
        cpo.tariffs().put(older.put("currency", "CHF"));
        again("locations", true, "PU1");
        again("tariffs", true, "PU1");

        assertThat(places()).isEqualTo(places);
        assertThat(body("tariffs", "T1")).contains("EUR");
        assertThat(row("tariffs", "PU1")).containsEntry("unchanged", 1).containsEntry("updated", 0);
    }

    @Test
    void aCdrWithAnotherContentIsRefused_CDR02_A44() {
        cpo.cdrs().put(of("PU1", Bodies.cdr("C1", MORNING)));
        registered("pulled", "cdrs");
        cpo.cdrs().put(of("PU1", Bodies.cdr("C1", NOON)));

        again("cdrs", true, "PU1");

        assertThat(body("cdrs", "C1")).contains(MORNING);
        assertThat(faults()).singleElement().asString().contains("C1 id: a CDR with this id and another content is stored");
    }
}
