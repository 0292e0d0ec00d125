package org.roaminghub.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.roaminghub.Scene.acme;
import static org.roaminghub.Scene.alpha;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.roaminghub.HubWithPartners;
import org.roaminghub.Scene;
import org.roaminghub.modules.tokens.Authorisations;
import org.roaminghub.modules.tokens.Authorisations.Authorisation;
import org.roaminghub.modules.tokens.Authorisations.Method;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.simulator.HttpAnswer;
import org.roaminghub.simulator.Plan;

/** Sessions and CDRs name how the driver was allowed, and the reference that came with it (decision 0018). */
@QuarkusTest
@WithTestResource(HubWithPartners.class)
class AuthorisedSessionsIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Authorisations authorisations;

    private final Scene scene = new Scene().withTariff().withLocation();
    private final Instant start = Instant.now().minusSeconds(240).truncatedTo(ChronoUnit.SECONDS);

    @Test
    void anAnswerInRealTimeAndItsReferenceStandInSessionAndCdr_TOK25_SES21_CDR22() {
        assertThat(alpha().pushToken(((ObjectNode) scene.token("DE", "ALP")).put("whitelist", "NEVER")).accepted()).isTrue();
        HttpAnswer answer = acme().call("POST", "/backend/v1/authorize", Scene.json("{\"id_token\":\"%s\",\"location_id\":\"%s\",\"evse_uid\":\"%s\"}"
                .formatted(scene.card(), scene.locationId(), scene.evseUid())));
        assertThat(answer.json().path("allowed").asText()).as(answer.body()).isEqualTo("ALLOWED");
        String reference = answer.json().path("authorization_reference").asText();

        charge();

        for (JsonNode document : documents()) {
            assertThat(document.path("auth_method").asText()).isEqualTo("AUTH_REQUEST");
            assertThat(document.path("authorization_reference").asText()).isNotEmpty().isEqualTo(reference);
        }
    }

    @Test
    void theTokenOfACommandNeedNotHaveBeenPushed_SES28_CMD13() {
        given(Method.COMMAND, start.minusSeconds(60), "REF-COMMAND");

        charge();

        for (JsonNode document : documents()) {
            assertThat(document.path("auth_method").asText()).isEqualTo("COMMAND");
            assertThat(document.path("authorization_reference").asText()).isEqualTo("REF-COMMAND");
            assertThat(document.path("cdr_token").path("contract_id").asText()).isEqualTo(scene.token("DE", "ALP").path("contract_id").asText());
        }
    }

    @Test
    void theLastMethodOfTheSessionIsTheOneOfTheCdr_SES20_CDR21() {
        given(Method.COMMAND, start.minusSeconds(60), "REF-COMMAND");
        given(Method.AUTH_REQUEST, start.plusSeconds(30), "REF-LAST");

        charge();

        for (JsonNode document : documents()) {
            assertThat(document.path("auth_method").asText()).isEqualTo("AUTH_REQUEST");
            assertThat(document.path("authorization_reference").asText()).isEqualTo("REF-LAST");
        }
    }

    @Test
    void whatWasGivenDuringTheSessionIsInItsEnd_SES20_CDR21() {
        given(Method.COMMAND, start.minusSeconds(60), "REF-COMMAND");
        List<JsonNode> life = scene.station().life(plan());
        acme().postEvents(life.subList(0, life.size() / 2));
        await().atMost(SOON).untilAsserted(() -> assertThat(alpha().sessions()).filteredOn(this::mine).singleElement()
                .satisfies(session -> assertThat(session.path("auth_method").asText()).isEqualTo("COMMAND")));

        given(Method.AUTH_REQUEST, start.plusSeconds(30), "REF-LAST");
        acme().postEvents(life.subList(life.size() / 2, life.size()));

        for (JsonNode document : documents()) {
            assertThat(document.path("authorization_reference").asText()).isEqualTo("REF-LAST");
        }
    }

    @Test
    void withoutAnyItIsTheWhitelist_CDR21() {
        scene.withCardOf(alpha(), "DE", "ALP");

        charge();

        for (JsonNode document : documents()) {
            assertThat(document.path("auth_method").asText()).isEqualTo("WHITELIST");
            assertThat(document.has("authorization_reference")).isFalse();
        }
    }

    private void given(Method method, Instant at, String reference) {
        authorisations.add(new Authorisation(PartyId.of("NL", "ACM"), PartyId.of("DE", "ALP"), scene.card(), "RFID", scene.locationId(), scene.evseUid(), method, reference,
                scene.token("DE", "ALP").toString(), at));
    }

    private Plan plan() {
        return Plan.of(start, 500, Duration.ofMinutes(1), 7).withParked(Duration.ofSeconds(20)).withReadingsEvery(Duration.ofSeconds(20)).withIdToken(scene.card());
    }

    private void charge() {
        assertThat(acme().postEvents(scene.station().life(plan())).status()).isEqualTo(202);
    }

    /** The CDR and the finished Session, as the eMSP has them. */
    private List<JsonNode> documents() {
        await().atMost(SOON).until(() -> alpha().cdrs().stream().anyMatch(cdr -> cdr.at("/cdr_location/id").asText().equals(scene.locationId())));
        await().atMost(SOON).until(() -> alpha().sessions().stream().anyMatch(session -> mine(session) && session.path("status").asText().equals("COMPLETED")));
        return List.of(alpha().cdrs().stream().filter(cdr -> cdr.at("/cdr_location/id").asText().equals(scene.locationId())).findFirst().orElseThrow(),
                alpha().sessions().stream().filter(this::mine).findFirst().orElseThrow());
    }

    private boolean mine(JsonNode session) {
        return session.path("location_id").asText().equals(scene.locationId());
    }
}
