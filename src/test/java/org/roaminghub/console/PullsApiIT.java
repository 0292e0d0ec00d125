package org.roaminghub.console;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.modules.Bodies;
import org.roaminghub.partners.Connections;
import org.roaminghub.partners.Connections.Agreed;
import org.roaminghub.simulator.CpoPlatform;

/** Pulls in the operator API: progress for those who look, asking and cancelling for those who act. */
@QuarkusTest
@WithTestResource(ConsoleHub.class)
class PullsApiIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PULLED = "/api/v1/partners/pulled";

    @Inject
    ConsoleUsers users;
    @Inject
    Connections connections;

    @BeforeEach
    void people() {
        for (String role : List.of(Roles.VIEWER, Roles.OPS)) {
            users.create(role, role, role + "-password");
        }
    }

    @Test
    void progressIsVisibleAndPullsAreAskedForAndCancelled() {
        as("viewer").get("/api/v1/partners/nobody/pulls").then().statusCode(404);
        as("viewer").get("/api/v1/partners/acme-backend/pulls").then().statusCode(200).body("items", hasSize(0));
        as("ops").post("/api/v1/partners/acme-backend/pull").then().statusCode(409).body("detail", containsString("SENDER"));
        try (CpoPlatform cpo = new CpoPlatform()) {
            ObjectNode bad = tariff("BAD");
            bad.remove("currency");
            cpo.tariffs().put(tariff("T1")).put(bad);
            connections.registered(new Agreed("pulled", "live-token-of-pulled", cpo.token(), cpo.url("/ocpi/versions"), "2.2.1",
                    cpo.endpoints("tariffs", "locations"), JsonNodeFactory.instance.arrayNode()), null);

            await().atMost(SOON).untilAsserted(() -> as("viewer").get(PULLED + "/pulls").then().statusCode(200)
                    .body("items.module", containsInAnyOrder("tariffs", "locations")).body("items.state", everyItem(equalTo("DONE"))));
            as("viewer").get(PULLED + "/pulls").then().body("items.find { it.module == 'tariffs' }.mode", equalTo("FULL"))
                    .body("items.find { it.module == 'tariffs' }.created", equalTo(1)).body("items.find { it.module == 'tariffs' }.faults", equalTo(1))
                    .body("items.find { it.module == 'tariffs' }.next_offset", nullValue()).body("items.party", everyItem(equalTo("NL*PU1")));
            as("viewer").get(PULLED + "/pulls/faults").then().statusCode(200).body("items.object", equalTo(List.of("BAD"))).body("items[0].reason", containsString("currency"));
            as("viewer").get(PULLED + "/pulls?limit=1").then().statusCode(200).body("items", hasSize(1));

            as("viewer").post(PULLED + "/pull").then().statusCode(403);
            as("viewer").post(PULLED + "/pulls/cancel").then().statusCode(403);
            as("ops").post(PULLED + "/pull?module=nonsense").then().statusCode(400).body("field", equalTo("module"));
            as("ops").post(PULLED + "/pull?module=cdrs").then().statusCode(409);
            cpo.tariffs().remove("T1");
            as("ops").post(PULLED + "/pull?module=tariffs&full=true").then().statusCode(200).body("lists", equalTo(1));
            await().atMost(SOON).untilAsserted(() -> as("viewer").get(PULLED + "/pulls/missing").then().statusCode(200)
                    .body("items.object", equalTo(List.of("T1"))).body("items[0].acted_at", nullValue()));

            cpo.stop();
            as("ops").post(PULLED + "/pull?full=true").then().statusCode(200).body("lists", equalTo(2));
            await().atMost(SOON).untilAsserted(() -> as("viewer").get(PULLED + "/pulls").then().body("items.state", everyItem(equalTo("WAITING")))
                    .body("items[0].last_error", containsString("no connection")));
            as("ops").post(PULLED + "/pulls/cancel").then().statusCode(200);
            await().atMost(SOON).untilAsserted(() -> as("viewer").get(PULLED + "/pulls").then().body("items.state", everyItem(equalTo("CANCELLED"))));
        }
    }

    private static ObjectNode tariff(String id) {
        return Bodies.tariff(id, "2026-03-02T08:00:00Z").put("party_id", "PU1");
    }

    private static RequestSpecification as(String user) {
        return given().auth().preemptive().basic(user, user + "-password");
    }
}
