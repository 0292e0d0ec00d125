package org.roaminghub.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.roaminghub.Scene.acme;
import static org.roaminghub.Scene.alpha;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.HubWithPartners;
import org.roaminghub.Scene;
import org.roaminghub.simulator.Behaviour;

/** One row for every request, in and out, and no secret in any of them (design D11). */
@QuarkusTest
@WithTestResource(HubWithPartners.class)
class ExchangeLogIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Jdbi jdbi;

    @Inject
    ExchangePartitions partitions;

    private final Scene scene = new Scene();

    @AfterEach
    void calm() {
        Scene.calm();
    }

    @Test
    void aDeliveryThatSucceededIsARowWithoutBodies() {
        scene.withLocation();

        await().atMost(SOON).untilAsserted(() -> assertThat(rows("direction = 'OUT' and partner = 'alpha' and object = 'NL*ACM/" + scene.locationId() + "'"))
                .containsExactly("locations PUT 201 1000 - -"));
    }

    @Test
    void aDeliveryThatFailedKeepsItsBodies() {
        alpha().behaviours().object("locations", scene.locationObject(), Behaviour.ocpi(2001));

        scene.withLocation();

        await().atMost(SOON).untilAsserted(() -> assertThat(rows("direction = 'OUT' and partner = 'alpha' and object = 'NL*ACM/" + scene.locationId() + "'"))
                .containsExactly("locations PUT 200 2001 body body"));
    }

    @Test
    void aPushedTokenKeepsItsBodyWithoutItsNumber() {
        scene.withCardOf(alpha(), "DE", "ALP");

        String end = scene.card().substring(scene.card().length() - 2);
        await().atMost(SOON).untilAsserted(() -> assertThat(rows("direction = 'IN' and module = 'tokens' and path like '%***" + end + "'")).contains("tokens PUT 201 1000 body body"));
    }

    @Test
    void noSecretAndNoCardNumberStandsAnywhere() {
        scene.withTariff().withLocation().withCardOf(alpha(), "DE", "ALP");
        acme().postEvents(scene.station().life(scene.plan()));
        await().atMost(SOON).until(() -> alpha().cdrs().stream().anyMatch(cdr -> cdr.at("/cdr_location/id").asText().equals(scene.locationId())));
        alpha().get("locations", "?limit=1");
        await().atMost(SOON).until(() -> !rows("direction = 'OUT' and module = 'cdrs' and object is not null").isEmpty());

        String encoded = Base64.getEncoder().encodeToString("secret-of-alpha".getBytes(StandardCharsets.UTF_8));
        for (String secret : List.of(scene.card(), "secret-of-alpha", "secret-of-beta", "secret-of-acme", encoded)) {
            assertThat(rows("strpos(upper(exchange::text), upper('" + secret + "')) > 0")).as(secret).isEmpty();
        }
    }

    @Test
    void rowsOfADayWithoutAPartitionDoNotStopTheHubFromMakingIt() {
        String day = jdbi.withHandle(handle -> {
            String name = handle.createQuery("select 'exchange_' || to_char((now() at time zone 'UTC')::date + 7, 'YYYYMMDD')").mapTo(String.class).one();
            handle.execute("drop table if exists " + name);
            handle.execute("insert into exchange (at, direction, method, path, duration_ms) values (now() + interval '7 days', 'OUT', 'GET', '/stray', 1)");
            return name;
        });

        assertThatCode(partitions::maintain).doesNotThrowAnyException();

        List<String> moved = jdbi.withHandle(handle -> handle.createQuery("select path from " + day).mapTo(String.class).list());
        assertThat(moved).containsExactly("/stray");
    }

    private List<String> rows(String condition) {
        return jdbi.withHandle(handle -> handle.createQuery("select module || ' ' || method || ' ' || coalesce(http_status, 0) || ' ' || coalesce(ocpi_status, 0)"
                + " || case when request_body is null then ' -' else ' body' end || case when response_body is null then ' -' else ' body' end"
                + " from exchange where " + condition).mapTo(String.class).list());
    }
}
