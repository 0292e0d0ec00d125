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
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.roaminghub.HubWithPartners;
import org.roaminghub.Scene;
import org.roaminghub.simulator.Sites;

/** From events to Sessions and CDRs through the whole hub (design §2, §5). */
@QuarkusTest
@WithTestResource(HubWithPartners.class)
class ChargingIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Jdbi jdbi;

    private final Scene scene = new Scene();

    @Test
    void eventsBeforeTheirLocationWaitAndAreAppliedWhenItArrives() {
        scene.withTariff().withCardOf(alpha(), "DE", "ALP");
        acme().postEvents(scene.station().life(scene.plan()));
        await().atMost(SOON).untilAsserted(() -> assertThat(unresolved()).containsExactly("STATION " + scene.station().id()));

        scene.withLocation();

        cdrArrives(scene);
        assertThat(unresolved()).isEmpty();
    }

    @Test
    void eventsBeforeTheirTokenWaitAndAreAppliedWhenItArrives() {
        scene.withTariff().withLocation();
        acme().postEvents(scene.station().life(scene.plan()));
        await().atMost(SOON).untilAsserted(() -> assertThat(unresolved()).containsExactly("TOKEN " + scene.card() + "/RFID"));

        scene.withCardOf(alpha(), "DE", "ALP");

        cdrArrives(scene);
        assertThat(unresolved()).isEmpty();
    }

    @Test
    void eventsBeforeTheirTariffWaitAndAreAppliedWhenItArrives() {
        scene.withLocation().withCardOf(alpha(), "DE", "ALP");
        acme().postEvents(scene.station().life(scene.plan()));
        await().atMost(SOON).untilAsserted(() -> assertThat(unresolved()).containsExactly("TARIFF " + scene.tariffId()));

        scene.withTariff();

        cdrArrives(scene);
        assertThat(unresolved()).isEmpty();
    }

    @Test
    void whatArrivedUnseenIsFoundAfterwards() {
        scene.withTariff().withLocation();
        acme().postEvents(scene.station().life(scene.plan()));
        await().atMost(SOON).until(() -> unresolved().size() == 1);
        // As if the hub had died after the token's commit: the row is there, nobody was told.
        jdbi.useTransaction(handle -> {
            handle.execute("""
                    insert into document (module, owner, id, spelled, source, body, last_updated, updated_at)
                    values ('tokens', 'DE*ALP', ?, ?, 'alpha', ?, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')""",
                    scene.card() + "/RFID", scene.card(), scene.token("DE", "ALP").toString());
            handle.execute("""
                    insert into feed (module, owner, object, tx, seq, full_tx, full_seq, changed_at)
                    values ('tokens', 'DE*ALP', ?, pg_current_xact_id(), nextval('feed_seq'), pg_current_xact_id(), lastval(), now())""", scene.card() + "/RFID");
        });

        cdrArrives(scene);
    }

    @Test
    void aTariffChangedDuringTheSessionDoesNotChangeItsPrice() {
        scene.withTariff().withLocation().withCardOf(alpha(), "DE", "ALP");
        List<JsonNode> life = scene.station().life(scene.plan());
        int half = life.size() / 2;
        acme().postEvents(life.subList(0, half));
        await().atMost(SOON).until(() -> alpha().sessions().stream().anyMatch(this::mine));
        ObjectNode dearer = (ObjectNode) Sites.tariff("NL", "ACM", scene.tariffId(), Scene.LONG_AGO.plusSeconds(3_600));
        ((ObjectNode) dearer.at("/elements/0/price_components/0")).put("price", new BigDecimal("99"));
        assertThat(acme().putTariff(dearer).json().path("changed").asBoolean()).isTrue();

        acme().postEvents(life.subList(half, life.size()));

        assertThat(cdrArrives(scene).at("/total_cost/excl_vat").decimalValue()).isLessThan(new BigDecimal("6"));
    }

    @Test
    void aTimeOfUseTariffGivesACdrThatIsCutAtItsBounds_CDR14_SES25() {
        ObjectNode tariff = (ObjectNode) Sites.tariff("NL", "ACM", scene.tariffId(), Scene.LONG_AGO);
        tariff.set("elements", Scene.json("""
                [{"price_components":[{"type":"ENERGY","price":0.50,"vat":21,"step_size":1}],"restrictions":{"min_kwh":9}},
                 {"price_components":[{"type":"ENERGY","price":0.20,"vat":21,"step_size":1}],"restrictions":{"start_time":"07:00","end_time":"09:35"}},
                 {"price_components":[{"type":"ENERGY","price":0.30,"vat":21,"step_size":1}]}]"""));
        assertThat(acme().putTariff(tariff).status()).isEqualTo(200);
        scene.withLocation().withCardOf(alpha(), "DE", "ALP");

        acme().postEvents(scene.station().life(scene.plan()));

        JsonNode cdr = cdrArrives(scene);
        JsonNode periods = cdr.path("charging_periods");
        assertThat(periods).hasSize(4);
        // 09:35 at the location is 08:35Z in March.
        assertThat(periods.get(1).path("start_date_time").asText()).startsWith("2026-03-02T08:35:00");
        BigDecimal early = energy(periods.get(0));
        BigDecimal late = energy(periods.get(1));
        assertThat(early.add(late)).as("cut where the meter reaches 9 kWh").isEqualByComparingTo("9");
        BigDecimal cost = early.multiply(new BigDecimal("0.20")).add(late.multiply(new BigDecimal("0.30"))).add(new BigDecimal("1.00"));
        assertThat(cdr.at("/total_cost/excl_vat").decimalValue()).isEqualByComparingTo(cost);
        await().atMost(SOON).untilAsserted(() -> assertThat(alpha().sessions()).filteredOn(this::mine).singleElement()
                .satisfies(session -> assertThat(session.path("charging_periods")).isEqualTo(periods)));
    }

    @Test
    void disorderAndRepetitionsAcrossRequestsGiveOneSessionAndOneCdr() {
        scene.withTariff().withLocation().withCardOf(alpha(), "DE", "ALP");
        List<JsonNode> events = new ArrayList<>(scene.station().life(scene.plan()));
        events.addAll(events);
        Collections.shuffle(events, new Random(7));

        for (JsonNode event : events) {
            assertThat(acme().postEvents(List.of(event)).status()).isEqualTo(202);
        }

        JsonNode cdr = cdrArrives(scene);
        assertThat(cdr.path("total_energy").decimalValue()).isEqualByComparingTo("11");
        assertThat(count("select count(*) from charging_session where station = ?")).isEqualTo(1);
    }

    @Test
    void equalTransactionIdsOfTwoStationsAreTwoSessions() {
        Scene other = new Scene().withTariff().withLocation().withCardOf(alpha(), "DE", "ALP");
        scene.withTariff().withLocation().withCardOf(alpha(), "DE", "ALP");

        acme().postEvents(sameTransaction(scene));
        acme().postEvents(sameTransaction(other));

        assertThat(cdrArrives(scene).path("id").asText()).isNotEqualTo(cdrArrives(other).path("id").asText());
    }

    @Test
    void anEvseThatNoLocationNamesWaits() {
        scene.withTariff().withLocation().withCardOf(alpha(), "DE", "ALP");
        List<JsonNode> life = new org.roaminghub.simulator.ChargingStation(scene.station().id(), 2, 1).life(scene.plan());

        acme().postEvents(life);

        await().atMost(SOON).untilAsserted(() -> assertThat(unresolved()).containsExactly("STATION " + scene.station().id()));
        assertThat(alpha().sessions()).noneMatch(this::mine);
    }

    @Test
    void aCarThatIsFullParksInAPeriodOfItsOwn() {
        scene.withTariff().withLocation().withCardOf(alpha(), "DE", "ALP");

        acme().postEvents(scene.station().life(scene.plan()));

        JsonNode cdr = cdrArrives(scene);
        List<String> dimensions = cdr.path("charging_periods").findValuesAsText("type");
        assertThat(dimensions).contains("PARKING_TIME", "TIME", "ENERGY");
        assertThat(cdr.path("total_parking_time").decimalValue()).isGreaterThan(BigDecimal.ZERO);
    }

    /** The fold takes it in, the Session that was told COMPLETED does not change (decision 0017). */
    @Test
    void aLateReadingChangesNothingThatIsTold_SES02() {
        scene.withTariff().withLocation().withCardOf(alpha(), "DE", "ALP");
        List<JsonNode> life = scene.station().life(scene.plan());
        JsonNode reading = life.stream().filter(event -> event.path("type").asText().equals("meter.values")).findFirst().orElseThrow();
        acme().postEvents(life.stream().filter(event -> event != reading).toList());
        cdrArrives(scene);
        await().atMost(SOON).until(() -> told().contains("\"COMPLETED\""));
        String told = told();

        acme().postEvents(List.of(reading));

        await().atMost(SOON).untilAsserted(() -> assertThat(count("select count(*) from inbox where station = ? and not folded")).isZero());
        assertThat(told()).isEqualTo(told);
        assertThat(cdrArrives(scene).path("session_id").asText()).isEqualTo(Scene.json(told).path("id").asText());
    }

    private String told() {
        return jdbi.withHandle(handle -> handle.select("select body from document where module = 'sessions' and body like ?", "%\"" + scene.locationId() + "\"%")
                .mapTo(String.class).findOne().orElse(""));
    }

    @Test
    void thePartnerSeesTheSessionWhileItLastsAndItsEnd() {
        scene.withTariff().withLocation().withCardOf(alpha(), "DE", "ALP");
        List<JsonNode> life = scene.station().life(scene.plan());
        acme().postEvents(life.subList(0, life.size() / 2));
        await().atMost(SOON).untilAsserted(() -> assertThat(alpha().sessions()).filteredOn(this::mine).singleElement()
                .satisfies(session -> assertThat(session.path("status").asText()).isEqualTo("ACTIVE")));

        acme().postEvents(life.subList(life.size() / 2, life.size()));

        await().atMost(SOON).untilAsserted(() -> assertThat(alpha().sessions()).filteredOn(this::mine).singleElement()
                .satisfies(session -> assertThat(session.path("status").asText()).isEqualTo("COMPLETED")));
    }

    private List<JsonNode> sameTransaction(Scene place) {
        return place.station().life(place.plan()).stream().map(event -> {
            ObjectNode copy = event.deepCopy();
            if (copy.has("transaction_id")) {
                copy.put("transaction_id", "4711");
            }
            if (copy.path("data").has("start_key")) {
                ((ObjectNode) copy.path("data")).put("start_key", "4711");
            }
            return (JsonNode) copy;
        }).toList();
    }

    private JsonNode cdrArrives(Scene place) {
        await().atMost(SOON).until(() -> alpha().cdrs().stream().anyMatch(cdr -> cdr.at("/cdr_location/id").asText().equals(place.locationId())));
        List<JsonNode> cdrs = alpha().cdrs().stream().filter(cdr -> cdr.at("/cdr_location/id").asText().equals(place.locationId())).toList();
        assertThat(cdrs).hasSize(1);
        return cdrs.get(0);
    }

    private static BigDecimal energy(JsonNode period) {
        assertThat(period.at("/dimensions/0/type").asText()).isEqualTo("ENERGY");
        return period.at("/dimensions/0/volume").decimalValue();
    }

    private boolean mine(JsonNode session) {
        return session.path("location_id").asText().equals(scene.locationId());
    }

    private List<String> unresolved() {
        return jdbi.withHandle(handle -> handle.select("select kind || ' ' || ref from unresolved where station = ?", scene.station().id()).mapTo(String.class).list());
    }

    private int count(String sql) {
        return jdbi.withHandle(handle -> handle.select(sql, scene.station().id()).mapTo(Integer.class).one());
    }
}
