package org.roaminghub.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.DeviatingPartner;
import org.roaminghub.PostgresForTests;
import org.roaminghub.partners.Connections;

/** A CPO platform whose objects are corrected because its file says so, and one that sends the same without a switch. */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class OddCpoIT {
    private static final String T1 = "2026-01-01T10:00:00Z";

    @Inject
    Connections connections;

    @Inject
    MeterRegistry metrics;

    private final Platform odd = Platform.withToken("live-token-of-odd-cpo");
    private final Platform strict = Platform.withToken("live-token-of-source");
    private final String id = Bodies.newId("O");

    @BeforeEach
    void connected() {
        DeviatingPartner.register(Set.of("odd-cpo", "source", "plain-emsp"), connections);
    }

    @Test
    void locationsAreCorrectedAndTheCorrectionsCounted_Q33_Q47_Q48() {
        ObjectNode location = Bodies.location(id, T1).put("party_id", "ODD").put("publish", "true").put("name", "-").put("time_zone", "-").put("postal_code", "x".repeat(50));
        location.putArray("images").add("no image at all");
        ObjectNode evse = (ObjectNode) location.at("/evses/0");
        evse.put("status", "Offline").remove("last_updated");
        ((ObjectNode) evse.at("/connectors/0")).put("standard", "MCS").put("max_voltage", "230").put("format", "socket");
        double before = count("in-enum-alias");

        strict.put("receiver/locations/NL/SRC/" + id, location.deepCopy().put("party_id", "SRC")).is(200, 2001)
                .tells("publish").tells("postal_code").tells("standard").tells("max_voltage").tells("images");
        odd.put("receiver/locations/NL/ODD/" + id, location).is(201, 1000);

        ObjectNode kept = (ObjectNode) odd.get("receiver/locations/NL/ODD/" + id).data();
        assertThat(kept.has("name") || kept.has("images")).isFalse();
        assertThat(kept.path("publish").isBoolean()).isTrue();
        assertThat(kept.path("time_zone").asText()).isEqualTo("UTC");
        assertThat(kept.path("postal_code").asText()).hasSize(50);
        assertThat(kept.at("/evses/0/status").asText()).isEqualTo("UNKNOWN");
        assertThat(kept.at("/evses/0/last_updated").asText()).isEqualTo(T1);
        assertThat(kept.at("/evses/0/connectors/0/standard").asText()).isEqualTo("MCS");
        assertThat(kept.at("/evses/0/connectors/0/max_voltage").isInt()).isTrue();
        assertThat(Platform.withToken("live-token-of-plain-emsp").get("sender/locations/" + id).data()).as("eMSPs see the corrected one").isEqualTo(kept);
        assertThat(count("in-enum-alias")).isEqualTo(before + 1);
    }

    @Test
    void aPatchThatCarriesOnlyAStatusIsTimedOnReceipt_Q40() {
        odd.put("receiver/locations/NL/ODD/" + id, Bodies.location(id, T1).put("party_id", "ODD")).is(201, 1000);

        odd.patch("receiver/locations/NL/ODD/" + id + "/E1", "{\"status\":\"occupied\"}").is(200, 1000);

        ObjectNode evse = (ObjectNode) odd.get("receiver/locations/NL/ODD/" + id + "/E1").data();
        assertThat(evse.path("status").asText()).isEqualTo("CHARGING");
        assertThat(evse.path("last_updated").asText()).isGreaterThan(T1);
    }

    @Test
    void timesThatMoveAloneChangeNothing_Q32() {
        String later = "2026-01-02T10:00:00Z";
        String location = "receiver/locations/NL/ODD/" + id;
        odd.put(location, Bodies.location(id, T1).put("party_id", "ODD")).is(201, 1000);
        odd.put("receiver/tariffs/NL/ODD/" + id, Bodies.tariff(id, T1).put("party_id", "ODD")).is(201, 1000);
        odd.put("receiver/sessions/NL/ODD/" + id, Bodies.session(id, T1).put("party_id", "ODD")).is(201, 1000);

        odd.put(location, Bodies.location(id, later).put("party_id", "ODD")).is(200, 1000);
        odd.put(location + "/E1", Bodies.evse("E1", later)).is(200, 1000);
        odd.patch(location + "/E2", "{\"status\":\"available\"}").is(200, 1000);
        odd.put("receiver/tariffs/NL/ODD/" + id, Bodies.tariff(id, later).put("party_id", "ODD")).is(200, 1000);
        odd.patch("receiver/sessions/NL/ODD/" + id, "{\"status\":\"active\"}").is(200, 1000);

        for (String module : new String[] {"locations", "tariffs", "sessions"}) {
            assertThat(odd.get("receiver/" + module + "/NL/ODD/" + id).text()).contains(T1).doesNotContain(later);
        }
        odd.put(location + "/E1", Bodies.evse("E1", later).put("status", "BLOCKED")).is(200, 1000);
        assertThat(odd.get(location).data().path("last_updated").asText()).as("with a change they move").isEqualTo(later);
    }

    @Test
    void whatMovesElsewhereIsAChange() {
        strict.put("receiver/tariffs/NL/SRC/" + id, Bodies.tariff(id, T1).put("party_id", "SRC")).is(201, 1000);

        strict.put("receiver/tariffs/NL/SRC/" + id, Bodies.tariff(id, "2026-01-02T10:00:00Z").put("party_id", "SRC")).is(200, 1000);

        assertThat(strict.get("receiver/tariffs/NL/SRC/" + id).data().path("last_updated").asText()).isEqualTo("2026-01-02T10:00:00Z");
    }

    @Test
    void sessionsAreCorrected_Q53() {
        ObjectNode session = Bodies.session(id, T1).put("party_id", "ODD").put("status", "Active").put("kwh_total", "1.50");
        session.remove("kwh");

        odd.put("receiver/sessions/NL/ODD/" + id, session).is(201, 1000);
        odd.patch("receiver/sessions/NL/ODD/" + id, "{\"kwh_total\":\"2.50\"}").is(200, 1000);

        Answer kept = odd.get("receiver/sessions/NL/ODD/" + id);
        assertThat(kept.text()).contains("\"kwh\":2.50").doesNotContain("kwh_total");
        assertThat(kept.data().path("status").asText()).isEqualTo("ACTIVE");
    }

    @Test
    void aCdrIsCorrectedBeforeItIsFrozen() {
        ObjectNode cdr = Bodies.cdr(id, T1).put("party_id", "ODD").put("total_energy", "10.50").put("auth_method", "whitelist");
        ((ObjectNode) cdr.path("cdr_token")).put("country_code", "FR").put("party_id", "PLN");

        odd.post("receiver/cdrs", cdr).is(201, 1000);
        odd.post("receiver/cdrs", cdr).is(200, 1000);

        Answer kept = odd.get("receiver/cdrs/NL/ODD/" + id);
        assertThat(kept.text()).contains("\"total_energy\":10.50", "\"auth_method\":\"WHITELIST\"");
    }

    @Test
    void aCdrOfNothingIsTakenAndPassedOnAsItIs_Q61_Q63() {
        ObjectNode cdr = Bodies.cdr(id, T1).put("party_id", "SRC").put("total_energy", 0).put("session_id", id).put("remark", "[*] corrected by hand");
        ((ObjectNode) cdr.path("total_cost")).put("excl_vat", 0);
        ((ObjectNode) cdr.path("cdr_token")).put("country_code", "FR").put("party_id", "PLN");

        strict.post("receiver/cdrs", cdr).is(201, 1000);

        assertThat(Platform.withToken("live-token-of-plain-emsp").get("sender/cdrs?limit=1000").text()).contains(cdr.toString());
    }

    @Test
    void whatNeedsNoCorrectionIsKeptToTheLetter_D1() {
        String text = Bodies.tariff(id, T1).put("party_id", "ODD").put("x_extra", 1).toString().replace(":", ": ").replace("0.25", "0.2500");
        text = text.replace("10: 00: 00", "10:00:00");

        odd.put("receiver/tariffs/NL/ODD/" + id, text).is(201, 1000);

        assertThat(odd.get("receiver/tariffs/NL/ODD/" + id).text()).contains(text);
    }

    @Test
    void whatNoQuirkNamesIsStillRefused() {
        ObjectNode location = Bodies.location(id, T1).put("party_id", "ODD").put("country", "Netherlands");
        ((ObjectNode) location.at("/evses/0")).put("status", "ASLEEP");

        odd.put("receiver/locations/NL/ODD/" + id, location).is(200, 2001).tells("country").tells("evses[0].status");
    }

    private double count(String quirk) {
        return metrics.find("hub.quirk.applied").tags("partner", "odd-cpo", "quirk", quirk).counters().stream().mapToDouble(counter -> counter.count()).sum();
    }
}
