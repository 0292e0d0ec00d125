package org.roaminghub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.roaminghub.Scene.acme;
import static org.roaminghub.Scene.alpha;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.roaminghub.HubWithPartners;
import org.roaminghub.Scene;
import org.roaminghub.ocpi.schema.Mode;
import org.roaminghub.ocpi.schema.SchemaCheck;
import org.roaminghub.simulator.Received;

/** What every request of the hub looks like, whatever it carries (chapter transport_and_format). */
@QuarkusTest
@WithTestResource(HubWithPartners.class)
class OutgoingRequestsIT {
    private final Scene scene = new Scene();

    @Test
    void everyPushIsARequestOfTheSpecification_TRANS02_TRANS07_TRANS09_TRANS24_TRANS25_TRANS47_TRANS49() {
        List<Received> requests = aWholeSession();

        assertThat(requests).extracting(Received::module).contains("locations", "tariffs", "sessions", "cdrs");
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.header("Content-Type")).as(request.path()).hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
            assertThat(UUID.fromString(request.header("X-Request-ID").orElseThrow())).isNotNull();
            assertThat(UUID.fromString(request.header("X-Correlation-ID").orElseThrow())).isNotNull();
            String token = request.header("Authorization").orElseThrow().replaceFirst("^Token ", "");
            assertThat(new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8)).doesNotContain("\n");
            assertThat(request.method()).as("POST is for CDRs alone").isIn(request.module().equals("cdrs") ? List.of("POST") : List.of("PUT", "PATCH"));
            assertThat(request.path()).matches(request.module().equals("cdrs") ? ".*/cdrs" : ".*/" + request.module() + "/NL/ACM/[^?]+");
        });
        assertThat(requests).extracting(request -> request.header("X-Request-ID").orElseThrow()).doesNotHaveDuplicates();
    }

    @Test
    void whatIsPushedFitsTheTables_LOC13_LOC39_SES32_CDR11_TRANS63_TRANS64() {
        for (Received request : aWholeSession()) {
            boolean evse = request.module().equals("locations") && !request.object().equals(scene.locationObject());
            String schemaClass = evse ? "EVSE" : switch (request.module()) {
                case "locations" -> "Location";
                case "tariffs" -> "Tariff";
                case "sessions" -> "Session";
                default -> "CDR";
            };
            assertThat(SchemaCheck.check(schemaClass, request.json(), request.method().equals("PATCH") ? Mode.PATCH : Mode.FULL)).as(request.toString()).isEmpty();
        }
    }

    private List<Received> aWholeSession() {
        scene.withTariff().withLocation().withCardOf(alpha(), "DE", "ALP");
        acme().postEvents(scene.station().life(scene.plan()));
        await().atMost(Duration.ofSeconds(30)).until(() -> alpha().cdrs().stream().anyMatch(cdr -> cdr.at("/cdr_location/id").asText().equals(scene.locationId())));
        await().atMost(Duration.ofSeconds(30)).until(() -> alpha().sessions().stream()
                .anyMatch(session -> session.path("location_id").asText().equals(scene.locationId()) && session.path("status").asText().equals("COMPLETED")));
        return alpha().received().where(request -> !request.method().equals("GET") && !request.module().equals("credentials")
                && (request.body().contains(scene.locationId() + "\"") || request.object().contains(scene.locationId()) || request.object().endsWith("/" + scene.tariffId())));
    }
}
