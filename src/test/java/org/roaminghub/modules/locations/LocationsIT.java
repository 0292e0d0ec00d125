package org.roaminghub.modules.locations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaminghub.PostgresForTests;
import org.roaminghub.modules.Answer;
import org.roaminghub.modules.Bodies;
import org.roaminghub.modules.Partners221;
import org.roaminghub.modules.Platform;

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
