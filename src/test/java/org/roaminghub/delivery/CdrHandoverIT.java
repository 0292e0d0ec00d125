package org.roaminghub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.roaminghub.Scene.acme;
import static org.roaminghub.Scene.alpha;
import static org.roaminghub.Scene.beta;
import static org.roaminghub.Scene.gamma;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.HubWithPartners;
import org.roaminghub.Scene;
import org.roaminghub.modules.cdrs.Cdrs;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.simulator.Behaviour;
import org.roaminghub.simulator.EmspPlatform;

/** A CDR is money: handed over exactly once, its fate never guessed (design D4). */
@QuarkusTest
@WithTestResource(HubWithPartners.class)
class CdrHandoverIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Jdbi jdbi;

    @Inject
    CdrHandover handover;

    @Inject
    Cdrs cdrs;

    private final Scene scene = new Scene().withTariff().withLocation();

    @AfterEach
    void calm() {
        Scene.calm();
    }

    @Test
    void anAcceptedCdrIsDeliveredWithItsUrl() {
        charge(alpha(), "DE", "ALP");

        state("DELIVERED");
        assertThat(column("url_at_partner")).endsWith("/" + cdrId());
        assertThat(copies(alpha())).isEqualTo(1);
    }

    @Test
    void aRefusedCdrIsRejectedAndNotSentAgain() {
        alpha().behaviours().module("cdrs", Behaviour.ocpi(2001));

        charge(alpha(), "DE", "ALP");

        state("REJECTED");
        assertThat(column("reason")).contains("2001");
        assertThat(column("attempts")).isEqualTo("1");
    }

    @Test
    void aCdrForAPartnerThatIsAwayStaysReadyAndArrivesOnce() {
        beta().stop();
        charge(beta(), "FR", "BET");
        await().atMost(SOON).until(() -> Integer.parseInt(column("attempts")) > 0);
        assertThat(column("state")).isIn("READY", "SENDING");

        beta().restart();

        await().atMost(Duration.ofSeconds(60)).until(() -> column("state").equals("DELIVERED"));
        assertThat(copies(beta())).isEqualTo(1);
    }

    @Test
    void aCdrThatWasTakenWithoutAnAnswerIsFoundAndNotSentAgain() {
        new Scene().withTariff().withLocation();
        charge(alpha(), "DE", "ALP");
        state("DELIVERED");
        Scene next = new Scene().withTariff().withLocation();
        alpha().behaviours().module("cdrs", Behaviour.times(1, Behaviour.resetAfter()));

        chargeAt(next, alpha(), "DE", "ALP");

        await().atMost(SOON).until(() -> column(next, "state").equals("DELIVERED"));
        assertThat(column(next, "reason")).isEqualTo("found at the partner");
        assertThat(alpha().received().stores("cdrs", "NL*ACM/" + cdrId(next))).isEqualTo(1);
    }

    @Test
    void aCdrThatWasLostWithoutAnAnswerIsSentAgain() {
        charge(alpha(), "DE", "ALP");
        state("DELIVERED");
        Scene next = new Scene().withTariff().withLocation();
        alpha().behaviours().module("cdrs", Behaviour.times(1, Behaviour.resetBefore()));

        chargeAt(next, alpha(), "DE", "ALP");

        await().atMost(SOON).until(() -> column(next, "state").equals("DELIVERED"));
        assertThat(alpha().received().stores("cdrs", "NL*ACM/" + cdrId(next))).isEqualTo(1);
    }

    @Test
    void aPartnerThatDeduplicatesIsSentTheSameCdrAgain() {
        beta().behaviours().module("cdrs", Behaviour.times(1, Behaviour.resetAfter()));

        charge(beta(), "FR", "BET");

        state("DELIVERED");
        assertThat(copies(beta())).isEqualTo(1);
        assertThat(beta().received().stores("cdrs", "NL*ACM/" + cdrId())).isEqualTo(2);
    }

    @Test
    void aCdrThatTheEmspPulledIsDelivered() {
        charge(gamma(), "BE", "GAM");
        state("READY");

        List<JsonNode> pulled = gamma().pullCdrs();

        assertThat(pulled).anyMatch(cdr -> cdr.path("id").asText().equals(cdrId()));
        state("DELIVERED");
        assertThat(gamma().received().requests("cdrs", "NL*ACM/" + cdrId())).as("pushed nothing").isZero();
    }

    @Test
    void aCdrWhoseSenderDiedIsInDoubt() {
        charge(gamma(), "BE", "GAM");
        state("READY");

        jdbi.useHandle(handle -> handle.execute("update cdr_handover set state = 'SENDING', sending_since = now() - interval '1 minute' where id = ?", cdrId()));

        state("IN_DOUBT");
    }

    @Test
    void aLateAnswerDoesNotSettleALaterAttempt() {
        charge(gamma(), "BE", "GAM");
        state("READY");
        CdrHandover.Cdr first = handover.takeDue(PartyId.of("BE", "GAM"), Duration.ofMinutes(1), 100).stream()
                .filter(cdr -> cdr.id().equals(cdrId())).findFirst().orElseThrow();
        handover.again(first, "test", null, null, Instant.EPOCH);
        handover.takeDue(PartyId.of("BE", "GAM"), Duration.ofMinutes(1), 100);

        handover.rejected(first, "late", null, null);

        assertThat(column("state")).isEqualTo("SENDING");
    }

    @Test
    void aHeldCdrIsSeenByNobodyUntilAPersonLetsItGo() {
        scene.withCardOf(gamma(), "BE", "GAM");
        List<JsonNode> life = new ArrayList<>(scene.station().life(scene.plan()));
        // Two stops that contradict each other hold the CDR (STOP_CONFLICT).
        JsonNode stop = life.stream().filter(event -> event.path("type").asText().equals("transaction.ended")).findFirst().orElseThrow();
        ObjectNode other = stop.deepCopy();
        other.put("id", "another-stop-of-" + scene.locationId());
        ((ObjectNode) other.path("data")).put("meter_stop_wh", 999_999);
        life.add(life.indexOf(stop) + 1, other);

        acme().postEvents(life);

        state("HELD");
        assertThat(gamma().pullCdrs()).noneMatch(cdr -> cdr.path("id").asText().equals(cdrId()));
        assertThat(column("reason")).contains("STOP_CONFLICT");

        // A person looks at it and lets it go: now it is issued like any other.
        assertThat(cdrs.release(PartyId.parse("NL*ACM"), cdrId())).isTrue();
        assertThat(gamma().pullCdrs()).anyMatch(cdr -> cdr.path("id").asText().equals(cdrId()));
        state("DELIVERED");
    }

    @Test
    void aSessionAndItsCdrGoToNobodyElse() {
        charge(alpha(), "DE", "ALP");
        state("DELIVERED");

        String id = cdrId();

        assertThat(beta().sessions()).noneMatch(session -> session.path("id").asText().equals(id));
        assertThat(beta().cdrs()).noneMatch(cdr -> cdr.path("session_id").asText().equals(id));
        assertThat(beta().pullCdrs()).noneMatch(cdr -> cdr.path("id").asText().equals(id));
        assertThat(beta().pullSessions()).noneMatch(session -> session.path("id").asText().equals(id));
    }

    private void charge(EmspPlatform platform, String countryCode, String partyId) {
        chargeAt(scene, platform, countryCode, partyId);
    }

    private static void chargeAt(Scene place, EmspPlatform platform, String countryCode, String partyId) {
        place.withCardOf(platform, countryCode, partyId);
        acme().postEvents(place.station().life(place.plan()));
    }

    private void state(String state) {
        await().atMost(SOON).untilAsserted(() -> assertThat(column("state")).isEqualTo(state));
    }

    private String column(String name) {
        return column(scene, name);
    }

    private String column(Scene place, String name) {
        return jdbi.withHandle(handle -> handle.select("select " + name + "::text from cdr_handover where id in (select id from charging_session where station = ?)",
                place.station().id()).mapTo(String.class).findOne().orElse("-1"));
    }

    private String cdrId() {
        return cdrId(scene);
    }

    private String cdrId(Scene place) {
        return column(place, "id");
    }

    private long copies(EmspPlatform platform) {
        return platform.cdrs().stream().filter(cdr -> cdr.path("id").asText().equals(cdrId())).count();
    }
}
