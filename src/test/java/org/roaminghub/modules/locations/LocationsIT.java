package org.roaminghub.modules.locations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Answer;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;
import org.roaminghub.simulator.CpoBackend;

/** What is peculiar to Locations: three levels, and parents that are at least as young as their parts (chapter mod_locations). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class LocationsIT {
    private static final String T1 = "2026-01-01T10:00:00Z";
    private static final String T2 = "2026-01-01T11:00:00Z";
    private static final String T3 = "2026-01-01T12:00:00Z";

    @Inject
    Partners221 partners;

    private final Platform tcp = Partners221.tcp();
    private final Platform alpha = Partners221.alpha();
    private final String id = Bodies.newId("LOC");
    private final String path = "receiver/locations/NL/TCP/" + id;

    @BeforeEach
    void aLocationWithTwoEvses() {
        partners.connect();
        tcp.put(path, Bodies.location(id, T1)).is(201, 1000);
    }

    @Test
    void senderAndReceiverServeAllThreeLevels_LOC10_LOC14() {
        for (String base : new String[] {"sender/locations/" + id, path}) {
            Platform reader = base.startsWith("sender") ? alpha : tcp;
            assertThat(reader.get(base).is(200, 1000).data()).isEqualTo(Bodies.location(id, T1));
            assertThat(reader.get(base + "/e1").is(200, 1000).data()).isEqualTo(Bodies.evse("E1", T1));
            assertThat(reader.get(base + "/E2/1").is(200, 1000).data()).isEqualTo(Bodies.connector("1", T1));
        }
    }

    /** The hub shows Locations to nobody: whom they may be shown is for the eMSP to read in what it gets. */
    @Test
    void hiddenAndEmptyLocationsArePassedOnAsTheyAre_LOC01_LOC04_LOC22_LOC25() {
        ObjectNode hidden = Bodies.location(id, T2).put("publish", false);
        hidden.putArray("publish_allowed_to").add(Bodies.object("{\"uid\":\"0102\",\"type\":\"RFID\"}")).add(Bodies.object("{\"group_id\":\"G1\"}"));
        hidden.remove("evses");

        tcp.put(path, hidden).is(200, 1000);

        assertThat(alpha.get("sender/locations/" + id).is(200, 1000).data()).isEqualTo(hidden);
    }

    @Test
    void whoMaySeeAHiddenLocationMustBeNamedFully_LOC24_LOC26() {
        ObjectNode published = Bodies.location(id, T2);
        published.putArray("publish_allowed_to").add(Bodies.object("{\"group_id\":\"G1\"}"));
        ObjectNode vague = Bodies.location(id, T2).put("publish", false);
        vague.putArray("publish_allowed_to").add(Bodies.object("{\"uid\":\"0102\"}")).add(Bodies.object("{\"visual_number\":\"1\"}")).add(Bodies.object("{}"));

        tcp.put(path, published).is(200, 2001).tells("publish_allowed_to");
        tcp.put(path, vague).is(200, 2001).tells("publish_allowed_to[0].type").tells("publish_allowed_to[1].issuer").tells("publish_allowed_to[2]");
        tcp.patch(path, Bodies.object("{\"publish_allowed_to\":[{\"group_id\":\"G1\"}],\"last_updated\":\"%s\"}", T2)).is(200, 2001).tells("publish_allowed_to");

        assertThat(tcp.get(path).data()).isEqualTo(Bodies.location(id, T1));
    }

    @Test
    void openingHoursMustFitTogether_LOC45_LOC47_A57() {
        ObjectNode always = Bodies.location(id, T2);
        always.set("opening_times", Bodies.object("{\"twentyfourseven\":true,\"regular_hours\":[{\"weekday\":1,\"period_begin\":\"08:00\",\"period_end\":\"20:00\"}]}"));
        ObjectNode never = Bodies.location(id, T2);
        never.set("opening_times", Bodies.object("{\"twentyfourseven\":false}"));
        ObjectNode overMidnight = Bodies.location(id, T2);
        overMidnight.set("opening_times", Bodies.object("{\"twentyfourseven\":false,\"regular_hours\":[{\"weekday\":7,\"period_begin\":\"18:00\",\"period_end\":\"02:00\"}]}"));

        tcp.put(path, always).is(200, 2001).tells("opening_times.regular_hours");
        tcp.put(path, never).is(200, 2001).tells("opening_times.regular_hours");
        tcp.put(path, overMidnight).is(200, 1000);

        assertThat(alpha.get("sender/locations/" + id).data()).isEqualTo(overMidnight);
    }

    /** Defaults are the reader's to apply; a status schedule is told and not acted upon; exceptions may even overlap. */
    @Test
    void nothingIsFilledInOrTidiedUp_LOC13_LOC28_LOC31_LOC37_LOC40_LOC46() {
        ObjectNode location = Bodies.location(id, T2);
        location.set("opening_times", Bodies.object("""
                {"twentyfourseven":true,"exceptional_openings":[{"period_begin":"2026-06-21T09:00:00Z","period_end":"2026-06-21T12:00:00Z"}],
                 "exceptional_closings":[{"period_begin":"2026-06-21T10:00:00Z","period_end":"2026-06-21T11:00:00Z"}]}"""));
        ObjectNode evse = (ObjectNode) location.at("/evses/0");
        evse.putArray("status_schedule").add(Bodies.object("{\"period_begin\":\"2020-01-01T00:00:00Z\",\"status\":\"OUTOFORDER\"}"));
        ((ObjectNode) evse.at("/connectors/0")).putArray("tariff_ids").add("T1").add("T2").add("t1");

        tcp.put(path, location).is(200, 1000);

        JsonNode pulled = alpha.get("sender/locations/" + id).data();
        assertThat(pulled).isEqualTo(location);
        assertThat(pulled.has("charging_when_closed") || pulled.has("postal_code")).isFalse();
        assertThat(pulled.at("/evses/0/status").asText()).isEqualTo("AVAILABLE");
    }

    @Test
    void anEvseHasAConnectorAlsoWhenItIsRemoved_LOC34() {
        tcp.put(path + "/E1", Bodies.object("{\"uid\":\"E1\",\"status\":\"REMOVED\",\"connectors\":[],\"last_updated\":\"%s\"}", T2)).is(200, 2001).tells("connectors");
        tcp.put(path + "/E1", Bodies.evse("E1", T2).put("status", "REMOVED")).is(200, 1000);
    }

    /** Many platforms number the EVSEs of each Location anew (decision 0016). */
    @Test
    void anEvseThatAppearsElsewhereLeavesTheOldOneAlone_A42() {
        String other = Bodies.newId("LOC");
        tcp.put("receiver/locations/NL/TCP/" + other, Bodies.location(other, T2)).is(201, 1000);

        assertThat(alpha.get("sender/locations/" + id).data()).isEqualTo(Bodies.location(id, T1));
        assertThat(alpha.get("sender/locations/" + other).data()).isEqualTo(Bodies.location(other, T2));
    }

    /** The path of a single GET names no owner (LOC-10): what is asked for is well said and still not enough. */
    @Test
    void aLocationIdThatTwoCposUseIs2002_TRANS42() {
        CpoBackend acme = new CpoBackend("http://localhost:" + RestAssured.port, "acme-test-token", Duration.ofSeconds(10));
        assertThat(acme.putLocation(Bodies.location(id, T1).put("party_id", "ACM")).status()).isEqualTo(200);

        alpha.get("sender/locations/" + id).is(200, 2002);
    }

    @Test
    void aPatchTakesNothingAway_LOC19_A17() {
        tcp.put(path, Bodies.location(id, T2).put("name", "Named").put("postal_code", "1000")).is(200, 1000);

        tcp.patch(path, Bodies.object("{\"name\":null,\"last_updated\":\"%s\"}", T3)).is(200, 1000);

        assertThat(alpha.get("sender/locations/" + id).data().path("name").asText()).isEqualTo("Named");
        assertThat(alpha.get("sender/locations/" + id).data().path("postal_code").asText()).isEqualTo("1000");
    }

    @Test
    void absentPartsAre404And2003_TRANS35_A04() {
        for (String absent : new String[] {"sender/locations/NONE", "sender/locations/" + id + "/NONE", "sender/locations/" + id + "/E1/9",
            "sender/locations/NONE/E1/1"}) {
            alpha.get(absent).is(404, 2003);
        }
        for (String absent : new String[] {"/NONE", "/E1/9", "/NONE/1"}) {
            tcp.get(path + absent).is(404, 2003);
        }
    }

    @Test
    void withoutAgreementThreeLevelsAreAbsent_D12() {
        for (Platform outsider : new Platform[] {Partners221.stranger(), Partners221.beta()}) {
            Answer foreign = outsider.get("sender/locations/" + id).is(404, 2003);
            Answer absent = outsider.get("sender/locations/NONE").is(404, 2003);
            assertThat(foreign.message()).isEqualTo(absent.message());
            outsider.get("sender/locations/" + id + "/E1").is(404, 2003);
            outsider.get("sender/locations/" + id + "/E1/1").is(404, 2003);
            outsider.get(path + "/E1").is(404, 2003);
        }
    }

    @Test
    void evseBelowAnUnknownLocationIs404And2003_A05() {
        tcp.put("receiver/locations/NL/TCP/NONE/E1", Bodies.evse("E1", T2)).is(404, 2003);
        tcp.patch("receiver/locations/NL/TCP/NONE/E1", change(T2)).is(404, 2003);
        tcp.put(path + "/NONE/1", Bodies.connector("1", T2)).is(404, 2003);
        tcp.patch(path + "/NONE", change(T2)).is(404, 2003);
        tcp.patch(path + "/E1/9", Bodies.object("{\"max_amperage\":16,\"last_updated\":\"%s\"}", T2)).is(404, 2003);
    }

    @Test
    void aNewEvseIsPutAtItsOwnUrl_LOC20() {
        tcp.put(path + "/E3", Bodies.evse("E3", T2)).is(201, 1000);

        ObjectNode expected = Bodies.location(id, T1).put("last_updated", T2);
        expected.withArray("evses").add(Bodies.evse("E3", T2));
        assertThat(alpha.get("sender/locations/" + id).data()).isEqualTo(expected);
    }

    @Test
    void anIncompleteEvseIsRefused_LOC20() {
        Answer answer = tcp.put(path + "/E3", Bodies.object("{\"uid\":\"E3\",\"last_updated\":\"%s\"}", T2));

        answer.is(200, 2001);
        assertThat(answer.message()).contains("status", "connectors");
        tcp.get(path + "/E3").is(404, 2003);
    }

    @Test
    void aChangedEvseMovesItsLocationAlone_LOC11_LOC17() {
        tcp.patch(path + "/E1", change(T2)).is(200, 1000);

        JsonNode location = location();
        assertThat(location.path("last_updated").asText()).isEqualTo(T2);
        assertThat(evse(location, 0)).isEqualTo(Bodies.evse("E1", T2).put("status", "CHARGING").set("connectors", Bodies.evse("E1", T1).path("connectors")));
        assertThat(evse(location, 1)).isEqualTo(Bodies.evse("E2", T1));
    }

    @Test
    void aChangedConnectorMovesItsEvseAndItsLocation_LOC11_LOC17() {
        tcp.put(path + "/E1/1", Bodies.connector("1", T2).put("max_amperage", 16)).is(200, 1000);
        tcp.patch(path + "/E1/1", Bodies.object("{\"tariff_ids\":[\"7\"],\"last_updated\":\"%s\"}", T3)).is(200, 1000);

        JsonNode location = location();
        assertThat(location.path("last_updated").asText()).isEqualTo(T3);
        assertThat(evse(location, 0).path("last_updated").asText()).isEqualTo(T3);
        assertThat(evse(location, 0).at("/connectors/0/max_amperage").asInt()).isEqualTo(16);
        assertThat(evse(location, 0).at("/connectors/0/tariff_ids/0").asText()).isEqualTo("7");
        assertThat(evse(location, 1).path("last_updated").asText()).isEqualTo(T1);
    }

    @Test
    void aNewConnectorIs201_LOC14_TRANS36() {
        tcp.put(path + "/E1/2", Bodies.connector("2", T2)).is(201, 1000);

        assertThat(tcp.get(path + "/E1").data().path("connectors")).hasSize(2);
    }

    @Test
    void theParentsTimeNeverGoesBack_LOC17_ROUTE22() {
        tcp.patch(path + "/E1", change(T3)).is(200, 1000);

        tcp.patch(path + "/E2", change(T2)).is(200, 1000);

        assertThat(location().path("last_updated").asText()).isEqualTo(T3);
        assertThat(evse(location(), 1).path("last_updated").asText()).isEqualTo(T2);
    }

    @Test
    void olderEvseAndConnectorAreIgnored_A18() {
        tcp.put(path + "/E1", Bodies.evse("E1", T3)).is(200, 1000);

        Answer evse = tcp.put(path + "/E1", Bodies.evse("E1", T2).put("status", "BLOCKED"));
        Answer patch = tcp.patch(path + "/E1", change(T2));
        Answer connector = tcp.put(path + "/E1/1", Bodies.connector("1", T2).put("max_amperage", 6));

        for (Answer answer : new Answer[] {evse.is(200, 1000), patch.is(200, 1000), connector.is(200, 1000)}) {
            assertThat(answer.message()).contains("ignored");
        }
        assertThat(tcp.get(path + "/E1").data()).isEqualTo(Bodies.evse("E1", T3));
    }

    /** The Location itself is not old only because one of its chargers is busy since. */
    @Test
    void aNewerStatusDoesNotMakeMasterDataOld_A18() {
        tcp.patch(path + "/E1", change(T3)).is(200, 1000);

        tcp.patch(path, Bodies.object("{\"name\":\"Renamed\",\"last_updated\":\"%s\"}", T2)).is(200, 1000);
        tcp.put(path, Bodies.location(id, T2).put("name", "Again")).is(200, 1000);

        JsonNode location = location();
        assertThat(location.path("name").asText()).isEqualTo("Again");
        assertThat(location.path("last_updated").asText()).isEqualTo(T3);
        assertThat(evse(location, 0).path("status").asText()).isEqualTo("CHARGING");
        assertThat(evse(location, 1).path("last_updated").asText()).isEqualTo(T2);
    }

    @Test
    void removedEvsesStay_LOC03() {
        tcp.patch(path + "/E1", Bodies.example("location_patch_example_remove_evse.json").put("last_updated", T2)).is(200, 1000);

        assertThat(evse(location(), 0).path("status").asText()).isEqualTo("REMOVED");
    }

    @Test
    void aConnectorDisappearsByPutOfItsEvse_A43() {
        tcp.put(path + "/E1/2", Bodies.connector("2", T2)).is(201, 1000);

        tcp.put(path + "/E1", Bodies.evse("E1", T3)).is(200, 1000);

        tcp.get(path + "/E1/2").is(404, 2003);
    }

    @Test
    void evsesInAPatchMergeByUid_A41() {
        ObjectNode patch = Bodies.object("{\"last_updated\":\"%s\",\"evses\":[{\"uid\":\"e2\",\"status\":\"BLOCKED\",\"last_updated\":\"%s\"}]}", T2, T2);
        patch.withArray("evses").add(Bodies.evse("E3", T2));

        tcp.patch(path, patch).is(200, 1000);

        JsonNode location = location();
        assertThat(location.path("evses")).hasSize(3);
        assertThat(evse(location, 0)).isEqualTo(Bodies.evse("E1", T1));
        assertThat(evse(location, 1).path("status").asText()).isEqualTo("BLOCKED");
        assertThat(evse(location, 1).path("connectors")).isEqualTo(Bodies.evse("E2", T1).path("connectors"));
        assertThat(evse(location, 2)).isEqualTo(Bodies.evse("E3", T2));
    }

    @Test
    void anEvseInAPatchWithoutItsOwnTimeIsAsYoungAsThePatch_A41_LOC11() {
        tcp.patch(path, Bodies.object("{\"last_updated\":\"%s\",\"evses\":[{\"uid\":\"E1\",\"status\":\"BLOCKED\"}]}", T2)).is(200, 1000);

        assertThat(evse(location(), 0).path("last_updated").asText()).isEqualTo(T2);
        assertThat(evse(location(), 1).path("last_updated").asText()).isEqualTo(T1);
    }

    @Test
    void anIncompleteNewEvseInAPatchIsRefusedWithEverythingElse_A41() {
        Answer answer = tcp.patch(path, Bodies.object("{\"name\":\"X\",\"last_updated\":\"%s\",\"evses\":[{\"uid\":\"E9\",\"status\":\"AVAILABLE\"}]}", T2));

        answer.is(200, 2001);
        assertThat(answer.message()).contains("evses[2].connectors");
        assertThat(location()).isEqualTo(Bodies.location(id, T1));
    }

    @Test
    void aPatchCannotRenameAnEvseOrConnector_TRANS26_LOC21() {
        tcp.patch(path + "/E1", change(T2).put("uid", "E2")).is(200, 2001);
        tcp.patch(path + "/E1/1", Bodies.object("{\"id\":\"2\",\"last_updated\":\"%s\"}", T2)).is(200, 2001);

        assertThat(location()).isEqualTo(Bodies.location(id, T1));
    }

    @Test
    void urlAndBodyMustNameTheSamePart_LOC16_TRANS26() {
        tcp.put(path + "/E1", Bodies.evse("E2", T2)).is(200, 2001);
        tcp.put(path + "/E1/1", Bodies.connector("2", T2)).is(200, 2001);

        assertThat(location()).isEqualTo(Bodies.location(id, T1));
    }

    @Test
    void theExamplesOfPatchesWork_LOC02() {
        tcp.patch(path, Bodies.example("location_patch_example_location.json").put("last_updated", T2)).is(200, 1000);
        tcp.patch(path + "/E1", Bodies.example("location_patch_example_status.json").put("last_updated", T2)).is(200, 1000);
        tcp.patch(path + "/E1/1", Bodies.example("location_patch_example_tariff.json").put("last_updated", T2)).is(200, 1000);

        assertThat(location().path("name").asText()).isEqualTo("Interparking Gent Zuid");
        assertThat(evse(location(), 0).path("status").asText()).isEqualTo("CHARGING");
        assertThat(evse(location(), 0).at("/connectors/0/tariff_ids/0").asText()).isEqualTo("15");
    }

    private JsonNode location() {
        return alpha.get("sender/locations/" + id).is(200, 1000).data();
    }

    private static ObjectNode evse(JsonNode location, int index) {
        return (ObjectNode) location.path("evses").path(index);
    }

    private static ObjectNode change(String updated) {
        return Bodies.object("{\"status\":\"CHARGING\",\"last_updated\":\"%s\"}", updated);
    }
}
