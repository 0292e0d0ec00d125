package org.roaminghub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.roaminghub.Scene.acme;
import static org.roaminghub.Scene.alpha;
import static org.roaminghub.Scene.beta;
import static org.roaminghub.Scene.gamma;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.HubWithPartners;
import org.roaminghub.Scene;
import org.roaminghub.exchange.Presence;
import org.roaminghub.simulator.Behaviour;
import org.roaminghub.simulator.EmspPlatform;
import org.roaminghub.simulator.Received;

/** Lanes towards real partners on loopback (design D3). */
@QuarkusTest
@WithTestResource(HubWithPartners.class)
class LaneIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    Jdbi jdbi;

    @Inject
    Lanes lanes;

    @Inject
    Presence presence;

    private final Scene scene = new Scene();

    @AfterEach
    void calm() {
        Scene.calm();
    }

    @Test
    void aStatusChangeReachesAPartnerThatHasTheLocationAsPatch() {
        present(alpha());

        acme().postEvents(List.of(scene.status("Charging", Scene.MORNING)));

        status(alpha(), "CHARGING");
        assertThat(about(alpha(), scene.evseObject())).extracting(Received::method).containsExactly("PATCH");
    }

    @Test
    void aPartnerWithoutPatchGetsTheWholeEvse() {
        present(beta());

        acme().postEvents(List.of(scene.status("Charging", Scene.MORNING)));

        status(beta(), "CHARGING");
        assertThat(about(beta(), scene.evseObject())).extracting(Received::method).containsExactly("PUT");
    }

    @Test
    void aPatchThatMeetsAnUnknownObjectIsRepeatedAsPut() {
        present(alpha());
        alpha().behaviours().object("locations", scene.evseObject(), Behaviour.notFoundOnPatch());

        acme().postEvents(List.of(scene.status("Charging", Scene.MORNING)));

        status(alpha(), "CHARGING");
        assertThat(about(alpha(), scene.evseObject())).extracting(Received::method).containsExactly("PATCH", "PUT");
    }

    @Test
    void anEvseBelowALocationThatThePartnerLostBringsTheLocation() {
        present(alpha());
        alpha().forgetObjects();

        acme().postEvents(List.of(scene.status("Charging", Scene.MORNING)));

        status(alpha(), "CHARGING");
        assertThat(about(alpha(), scene.locationObject())).extracting(Received::method).endsWith("PATCH", "PUT", "PUT");
    }

    @Test
    void theOrderOfStatusesOfAnEvseIsKeptAndTheNewestWins() {
        present(alpha());
        List<String> words = List.of("Preparing", "Charging", "SuspendedEV", "Finishing", "Available", "Preparing", "Charging", "Faulted");

        for (int number = 0; number < words.size(); number++) {
            acme().postEvents(List.of(scene.status(words.get(number), Scene.MORNING.plusSeconds(number * 60L))));
        }

        status(alpha(), "OUTOFORDER");
        List<Instant> times = about(alpha(), scene.evseObject()).stream().map(received -> Instant.parse(received.json().path("last_updated").asText())).toList();
        assertThat(times).isSorted();
    }

    @Test
    void aRefusedObjectIsHeldWithItsReasonAndDoesNotStopTheLane() {
        alpha().behaviours().object("locations", scene.locationObject(), Behaviour.ocpi(2001));
        Scene other = new Scene();

        scene.withLocation();
        other.withLocation();

        await().atMost(SOON).until(() -> alpha().location("NL", "ACM", other.locationId()).isPresent());
        await().atMost(SOON).untilAsserted(() -> assertThat(held("alpha", scene.locationId()))
                .containsExactly("1 HTTP 200, OCPI 2001, \"simulated\" 200 2001"));
    }

    @Test
    void aHeldObjectIsDeliveredAndForgottenWhenThePartnerTakesItAgain() {
        alpha().behaviours().object("locations", scene.locationObject(), Behaviour.ocpi(2001));
        scene.withLocation();
        await().atMost(SOON).until(() -> held("alpha", scene.locationId()).size() == 1);
        alpha().behaviours().reset();

        int due = lanes.control(lane("alpha", "locations")).orElseThrow().retryHeld(scene.locationId());

        assertThat(due).isEqualTo(1);
        await().atMost(SOON).until(() -> alpha().location("NL", "ACM", scene.locationId()).isPresent());
        await().atMost(SOON).until(() -> held("alpha", scene.locationId()).isEmpty());
    }

    @Test
    void anObjectOnWhichThePartnerBreaksIsHeldAfterOthersGotThrough() {
        alpha().behaviours().object("locations", scene.locationObject(), Behaviour.status(500));
        Scene other = new Scene();
        scene.withLocation();

        other.withLocation();

        await().atMost(Duration.ofSeconds(40)).until(() -> alpha().location("NL", "ACM", other.locationId()).isPresent());
        await().atMost(Duration.ofSeconds(40)).until(() -> held("alpha", scene.locationId()).size() == 1);
    }

    @Test
    void aPartnerThatIsAwayStopsNobodyElseAndGetsEachChangedObjectOnceWhenItIsBack() {
        present(alpha());
        present(beta());
        List<Scene> others = List.of(new Scene(), new Scene(), new Scene(), new Scene(), new Scene(), new Scene(), new Scene(), new Scene(),
                new Scene(), new Scene(), new Scene(), new Scene());
        alpha().stop();

        others.forEach(Scene::withLocation);
        acme().postEvents(List.of(scene.status("Charging", Scene.MORNING), scene.status("Available", Scene.MORNING.plusSeconds(60))));
        status(beta(), "AVAILABLE");
        others.forEach(other -> await().atMost(SOON).until(() -> beta().location("NL", "ACM", other.locationId()).isPresent()));
        alpha().received().clear();
        alpha().restart();

        others.forEach(other -> await().atMost(Duration.ofSeconds(40)).until(() -> alpha().location("NL", "ACM", other.locationId()).isPresent()));
        status(alpha(), "AVAILABLE");
        others.forEach(other -> assertThat(alpha().received().stores("locations", other.locationObject())).isEqualTo(1));
    }

    @Test
    void aPartnerThatFailsAgainAndAgainIsOfflineLongBeforeItsSilenceEndsAndServedWhenItIsBack_HCI08_HCI12() {
        present(beta());
        beta().stop();
        try {
            acme().postEvents(List.of(scene.status("Charging", Scene.MORNING)));

            await().atMost(Duration.ofSeconds(60)).until(() -> presence.isOffline("beta"));
        } finally {
            beta().received().clear();
            beta().restart();
        }
        status(beta(), "CHARGING");
        assertThat(presence.isConnected("beta")).isTrue();
        assertThat(beta().received().all().get(0).module()).as("asked before anything is sent").isEqualTo("versions");
    }

    @Test
    void aMasterDataChangeIsNotLostBehindAStatusChangeWhileThePartnerIsAway() {
        present(alpha());
        Scene later = new Scene();
        alpha().stop();
        ObjectNode changed = scene.location(Scene.LONG_AGO.plusSeconds(60));
        changed.put("name", "Renamed");
        acme().putLocation(changed);
        later.withLocation();
        acme().postEvents(List.of(scene.status("Charging", Scene.MORNING)));

        alpha().restart();

        status(alpha(), "CHARGING");
        assertThat(alpha().location("NL", "ACM", scene.locationId()).orElseThrow().path("name").asText()).isEqualTo("Renamed");
    }

    @Test
    void troublesOfAPartnerPassWithoutLoss() {
        for (Behaviour trouble : List.of(Behaviour.html200(), Behaviour.retryAfter(429, 1), Behaviour.hang(), Behaviour.resetBefore(), Behaviour.resetAfter(),
                Behaviour.endless(), Behaviour.status(503))) {
            Scene place = new Scene();
            alpha().behaviours().module("locations", Behaviour.times(1, trouble));
            place.withLocation();
            await(trouble.toString()).atMost(SOON).until(() -> alpha().location("NL", "ACM", place.locationId()).isPresent());
        }
    }

    @Test
    void severalRequestsThatFailTogetherAreAllSentAgain() {
        List<Scene> places = Stream.generate(Scene::new).limit(20).toList();
        alpha().behaviours().module("locations", Behaviour.times(8, Behaviour.hang()));

        places.forEach(Scene::withLocation);

        places.forEach(place -> await().atMost(Duration.ofSeconds(40)).until(() -> alpha().location("NL", "ACM", place.locationId()).isPresent()));
    }

    @Test
    void aDeletedTariffIsDeliveredAsDelete() {
        scene.withTariff();
        await().atMost(SOON).until(() -> alpha().tariffs().stream().anyMatch(tariff -> tariff.path("id").asText().equals(scene.tariffId())));

        acme().call("DELETE", "/backend/v1/tariffs/" + scene.tariffId(), null);

        await().atMost(SOON).until(() -> alpha().tariffs().stream().noneMatch(tariff -> tariff.path("id").asText().equals(scene.tariffId())));
    }

    @Test
    void resyncSendsEverythingOnceMore() {
        present(alpha());
        alpha().forgetObjects();

        lanes.control(lane("alpha", "locations")).orElseThrow().resync();

        await().atMost(SOON).until(() -> alpha().location("NL", "ACM", scene.locationId()).isPresent());
    }

    @Test
    void aPausedLaneSendsNothingAndLosesNothing() {
        LaneControl control = lanes.control(lane("alpha", "tariffs")).orElseThrow();
        control.pause();
        scene.withTariff();
        await().atMost(SOON).until(() -> beta().tariffs().stream().anyMatch(tariff -> tariff.path("id").asText().equals(scene.tariffId())));
        assertThat(alpha().tariffs()).noneMatch(tariff -> tariff.path("id").asText().equals(scene.tariffId()));

        control.resume();

        await().atMost(SOON).until(() -> alpha().tariffs().stream().anyMatch(tariff -> tariff.path("id").asText().equals(scene.tariffId())));
    }

    @Test
    void theAgreedRateIsKept() {
        List<Scene> tariffs = Stream.generate(Scene::new).limit(40).toList();
        tariffs.forEach(Scene::withTariff);

        tariffs.forEach(place -> await().atMost(Duration.ofSeconds(60)).until(() -> gamma().received().stores("tariffs", "NL*ACM/" + place.tariffId()) == 1));

        List<Instant> times = gamma().received().where(received -> received.method().equals("PUT")).stream().map(Received::at).sorted().toList();
        for (int first = 0; first + 15 < times.size(); first++) {
            assertThat(Duration.between(times.get(first), times.get(first + 15))).as("10 a second are agreed").isGreaterThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void theSavedPositionReachesTheHeadOfTheFeed() {
        present(alpha());

        await().atMost(Duration.ofSeconds(60)).until(() -> beyondThePosition() == 0);
    }

    private int beyondThePosition() {
        return jdbi.withHandle(handle -> handle.select("""
                select count(*) from feed f join lane l on l.module = f.module and l.owner = f.owner and l.partner = 'alpha' and l.module = 'locations'
                where (f.tx, f.seq) > (l.tx, l.seq)""").mapTo(Integer.class).one());
    }

    /** The Location is there, and the lane has seen that it is at the head. */
    private void present(EmspPlatform platform) {
        scene.withLocation();
        await().atMost(Duration.ofSeconds(60)).until(() -> platform.location("NL", "ACM", scene.locationId()).isPresent());
    }

    private void status(EmspPlatform platform, String status) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(platform.evseStatus("NL", "ACM", scene.locationId(), scene.evseUid())).contains(status));
    }

    private static List<Received> about(EmspPlatform platform, String object) {
        String name = object.toUpperCase(Locale.ROOT);
        return platform.received().where(received -> received.module().equals("locations")
                && (received.object().toUpperCase(Locale.ROOT) + "/").startsWith(name + "/"));
    }

    private List<String> held(String partner, String object) {
        return jdbi.withHandle(handle -> handle.select("""
                select h.attempts || ' ' || h.reason || ' ' || coalesce(h.http_status, 0) || ' ' || coalesce(h.ocpi_status, 0)
                from held h join lane l on l.id = h.lane where l.partner = ? and h.object = ?""", partner, object).mapTo(String.class).list());
    }

    private long lane(String partner, String module) {
        return jdbi.withHandle(handle -> handle.select("select id from lane where partner = ? and module = ? and owner = 'NL*ACM'", partner, module).mapTo(Long.class).one());
    }
}
