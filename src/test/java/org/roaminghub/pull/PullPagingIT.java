package org.roaminghub.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Bodies;
import org.roaminghub.simulator.CpoList.Paging;

/** Lists of platforms that page rightly and wrongly (field notes Q19–Q24). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class PullPagingIT extends PullScene {
    @Test
    void pagesAreFollowedToTheEnd_TRANS20_Q23() {
        for (Paging paging : List.of(Paging.RIGHT, Paging.EMPTY_LAST)) {
            cpo.tariffs().paged(paging, 2);
            tariffs("PU1", paging + "-", 5);
            registered("pulled", "tariffs");
            ended("tariffs", "PU1");
            assertThat(row("tariffs", "PU1")).containsEntry("state", "DONE").containsEntry("pages", paging == Paging.RIGHT ? 3 : 4);
            asIfNobodyHadEverRegistered();
            for (int number = 0; number < 5; number++) {
                cpo.tariffs().remove(paging + "-" + number);
            }
        }
    }

    @Test
    void anObjectThatIsDeletedWhileWePullHidesNoOther_TRANS20() {
        cpo.tariffs().paged(Paging.RIGHT, 2);
        tariffs("PU1", "T", 7);
        cpo.tariffs().beforePage(offset -> {
            if (offset == 2) {
                cpo.tariffs().remove("T0");
            }
        });
        registered("pulled", "tariffs");

        assertThat(stored("tariffs", "NL*PU1")).contains("T1", "T2", "T3", "T4", "T5", "T6");
    }

    @Test
    void aBadObjectStopsNoOtherAndIsKept_TRANS11() {
        ObjectNode bad = of("PU1", Bodies.tariff("BAD", MORNING));
        bad.remove("currency");
        cpo.tariffs().put(of("PU1", Bodies.tariff("T1", MORNING))).put(bad).put(of("PU1", Bodies.tariff("T2", MORNING)));
        registered("pulled", "tariffs");

        assertThat(stored("tariffs", "NL*PU1")).containsExactlyInAnyOrder("T1", "T2");
        assertThat(row("tariffs", "PU1")).containsEntry("refused", 1).containsEntry("state", "DONE");
        assertThat(faults()).singleElement().asString().startsWith("BAD currency: expected a string");
        assertThat(texts("select raw from pull_fault")).containsExactly(bad.toString());

        cpo.tariffs().put(of("PU1", Bodies.tariff("BAD", NOON)));
        again("tariffs", true, "PU1");
        assertThat(stored("tariffs", "NL*PU1")).hasSize(3);
        assertThat(faults()).as("what is mended is no fault any more").isEmpty();
    }

    @Test
    void countingReplacesAWrongLinkAndTotal_Q20_Q21() {
        cpo.tariffs().paged(Paging.TOTAL_OF_PAGE, 50);
        tariffs("PU3", "T", 5);
        registered("pulled-offsets", "tariffs");

        assertThat(stored("tariffs", "NL*PU3")).hasSize(5);
        assertThat(cpo.asked("tariffs")).extracting(path -> path.substring(path.indexOf('?'))).containsExactly("?offset=0&limit=2", "?offset=2&limit=2", "?offset=4&limit=2");
    }

    @Test
    void linksThatAreGoodOnceAreNotAskedForTwice_Q22() throws InterruptedException {
        cpo.tariffs().paged(Paging.ONCE, 2);
        tariffs("PU4", "T", 5);
        CountDownLatch second = new CountDownLatch(1);
        cpo.tariffs().beforePage(offset -> {
            if (offset == 2 && second.getCount() > 0) {
                second.countDown();
                throw new IllegalStateException("the page is lost, and its link is used");
            }
        });
        register("pulled-links", "tariffs");
        assertThat(second.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        ended("tariffs", "PU4");

        assertThat(stored("tariffs", "NL*PU4")).hasSize(5);
        List<String> asked = cpo.asked("tariffs");
        assertThat(asked.stream().filter(path -> path.contains("next=")).toList()).doesNotHaveDuplicates();
        assertThat(asked.stream().filter(path -> path.contains("offset=0")).toList()).as("begun twice").hasSize(2);
    }

    @Test
    void anObjectThatBreaksItsPageIsPassed_Q24() {
        tariffs("PU5", "T", 30);
        cpo.tariffs().unwritable("T17");
        registered("pulled-bisect", "tariffs");

        assertThat(stored("tariffs", "NL*PU5")).hasSize(29).doesNotContain("T17");
        assertThat(faults()).singleElement().asString().startsWith("offset 17 the partner cannot write this object: HTTP 200, OCPI 3000");
    }

    @Test
    void aLinkToAnotherHostIsRefusedAndSaid_D12() {
        cpo.tariffs().paged(Paging.FOREIGN, 2);
        tariffs("PU1", "T", 5);
        register("pulled", "tariffs");
        await().atMost(SOON).until(() -> "FAILED".equals(row("tariffs", "PU1").get("state")));

        assertThat(row("tariffs", "PU1").get("last_error")).asString().contains("127.0.0.2").contains("nothing was sent there");
        assertThat(stored("tariffs", "NL*PU1")).as("the page itself is good").hasSize(2);
        assertThat(missing()).isEmpty();
    }
}
