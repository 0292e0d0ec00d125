package org.roaminghub.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Bodies;

/** What complete pulls do not show any more. */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class PullAbsenceIT extends PullScene {
    @Test
    void whatTwoCompletePullsDoNotShowIsRemovedAndNotBefore_LOC12_TAR02_A33() {
        cpo.locations().put(location("PU1", "L1", MORNING)).put(location("PU1", "L2", MORNING));
        cpo.tariffs().put(of("PU1", Bodies.tariff("T1", MORNING))).put(of("PU1", Bodies.tariff("T2", MORNING)));
        registered("pulled", "locations", "tariffs");
        ended("tariffs", "PU1");
        ended("locations", "PU1");
        ObjectNode withoutE2 = location("PU1", "L1", NOON);
        withoutE2.withArray("evses").remove(1);
        cpo.locations().put(withoutE2).remove("L2");
        cpo.tariffs().remove("T2");

        again("locations", false, "PU1");
        again("tariffs", false, "PU1");
        assertThat(missing()).as("a filtered pull says nothing").isEmpty();

        again("locations", true, "PU1");
        again("tariffs", true, "PU1");
        assertThat(missing()).as("flagged").containsExactly("L1/E2 false", "L2 false", "L2/E1 false", "L2/E2 false", "T2 false");
        assertThat(statuses()).containsExactly("L1/E1 AVAILABLE", "L1/E2 AVAILABLE", "L2/E1 AVAILABLE", "L2/E2 AVAILABLE");
        assertThat(stored("tariffs", "NL*PU1")).hasSize(2);

        List<String> before = places();
        again("locations", true, "PU1");
        again("tariffs", true, "PU1");
        await().atMost(SOON).untilAsserted(() -> assertThat(missing()).containsExactly("L1/E2 true", "L2 true", "L2/E1 true", "L2/E2 true", "T2 true"));
        assertThat(statuses()).containsExactly("L1/E1 AVAILABLE", "L1/E2 REMOVED", "L2/E1 REMOVED", "L2/E2 REMOVED");
        assertThat(stored("tariffs", "NL*PU1")).containsExactly("T1");
        assertThat(places()).as("receivers learn of it").isNotEqualTo(before);

        cpo.locations().put(location("PU1", "L2", MORNING));
        cpo.tariffs().put(of("PU1", Bodies.tariff("T2", MORNING)));
        again("locations", true, "PU1");
        again("tariffs", true, "PU1");
        assertThat(statuses()).as("what shows up again is there again").containsExactly("L1/E1 AVAILABLE", "L1/E2 REMOVED", "L2/E1 AVAILABLE", "L2/E2 AVAILABLE");
        assertThat(stored("tariffs", "NL*PU1")).hasSize(2);
        assertThat(missing()).containsExactly("L1/E2 true");
    }

    @Test
    void whatIsPushedMeanwhileIsNotMissing_A33() {
        cpo.tariffs().put(of("PU1", Bodies.tariff("T1", MORNING)));
        registered("pulled", "tariffs");
        cpo.tariffs().beforePage(offset -> push(of("PU1", Bodies.tariff("PUSHED", NOON))));
        again("tariffs", true, "PU1");
        assertThat(missing()).as("it came after its page").isEmpty();

        cpo.tariffs().beforePage(offset -> { });
        again("tariffs", true, "PU1");
        assertThat(missing()).containsExactly("PUSHED false");

        push(of("PU1", Bodies.tariff("PUSHED", "2026-03-02T13:00:00Z")));
        again("tariffs", true, "PU1");
        assertThat(missing()).as("the owner spoke of it in between").isEmpty();
        assertThat(stored("tariffs", "NL*PU1")).contains("PUSHED");
    }

    @Test
    void aRemovedEvseThatFullListsLeaveOutStaysRemoved_Q26() {
        ObjectNode removed = location("PU1", "L1", NOON);
        ((ObjectNode) removed.path("evses").path(1)).put("status", "REMOVED");
        cpo.locations().put(removed);
        registered("pulled", "locations");
        ObjectNode left = location("PU1", "L1", NOON);
        left.withArray("evses").remove(1);
        cpo.locations().put(left);
        List<String> before = places();

        again("locations", true, "PU1");
        again("locations", true, "PU1");

        assertThat(statuses()).containsExactly("L1/E1 AVAILABLE", "L1/E2 REMOVED");
        assertThat(places()).as("nobody is told anything").isEqualTo(before);
        assertThat(missing()).isEmpty();
    }

    @Test
    void aFileMayAskForMorePullsBeforeAnObjectIsGone_Q27() {
        tariffs("PU3", "T", 2);
        registered("pulled-offsets", "tariffs");
        cpo.tariffs().remove("T1");

        again("tariffs", true, "PU3");
        again("tariffs", true, "PU3");
        assertThat(stored("tariffs", "NL*PU3")).hasSize(2);
        again("tariffs", true, "PU3");
        await().atMost(SOON).until(() -> stored("tariffs", "NL*PU3").equals(List.of("T0")));
    }

    @Test
    void absentObjectsStayWhereTheFileSaysSo_Q27_Q28() {
        cpo.tariffs().put(of("PU6", Bodies.tariff("T1", MORNING)));
        registered("pulled-kept", "tariffs");
        Map<String, Object> row = row("tariffs", "PU6");
        assertThat(Duration.between(Instant.now(), at(row, "delta_at")).toMinutes()).isBetween(107L, 132L);
        assertThat(Duration.between(Instant.now(), at(row, "full_at")).toHours()).isBetween(150L, 185L);
        cpo.tariffs().remove("T1");

        int asked = cpo.asked("tariffs").size();
        pulls.request("pulled-kept", Optional.empty(), true);
        await().atMost(SOON).until(() -> at(row("tariffs", "PU6"), "due_at").isAfter(Instant.now().plus(50, ChronoUnit.MINUTES)));
        assertThat(cpo.asked("tariffs")).as("no sooner than agreed").hasSize(asked);

        for (int pull = 0; pull < 3; pull++) {
            jdbi.useHandle(handle -> handle.execute("update pull set started_at = started_at - interval '2 h' where partner = 'pulled-kept'"));
            again("tariffs", true, "PU6");
        }
        assertThat(missing()).containsExactly("T1 false");
        assertThat(stored("tariffs", "NL*PU6")).containsExactly("T1");
    }
}
