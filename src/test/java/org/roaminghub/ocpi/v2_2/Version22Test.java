package org.roaminghub.ocpi.v2_2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.modules.Bodies;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.Translated;
import org.roaminghub.ocpi.Translated.Carried;
import org.roaminghub.ocpi.Translated.Withheld;
import org.roaminghub.ocpi.Translation.Issuers;
import org.roaminghub.ocpi.schema.StrictJson;

/** 2.2 as a profile of 2.2.1: what is different is exactly what is declared. */
class Version22Test {
    private static final String TIME = "2026-03-01T10:00:00Z";
    private static final Version22 VERSION = new Version22();

    /** Every object of the specification's examples, with its module. */
    record Example(String file, ModuleId module, ObjectNode document) {
        @Override
        public String toString() {
            return file;
        }
    }

    static List<Example> examples() throws IOException, URISyntaxException {
        List<Example> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(Version22Test.class.getResource("/ocpi/examples-2.2.1").toURI()))) {
            for (Path file : files.sorted().toList()) {
                ModuleId module = module(file.getFileName().toString());
                if (module != null && StrictJson.parse(Files.readString(file)) instanceof ObjectNode document) {
                    examples.add(new Example(file.getFileName().toString(), module, document));
                }
            }
        }
        return examples;
    }

    private static ModuleId module(String file) {
        for (ModuleId module : List.of(ModuleId.LOCATIONS, ModuleId.SESSIONS, ModuleId.CDRS, ModuleId.TARIFFS, ModuleId.TOKENS)) {
            if (file.startsWith(module.id().substring(0, module.id().length() - 1) + "_") && file.endsWith(".json")) {
                return module;
            }
        }
        return null;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatTheSpecsExamplesLoseIsWhatIsDeclaredAndComesBack_VER13(Example example) {
        ObjectNode before = example.document().deepCopy();

        Carried sent = carried(VERSION.outbound(example.module(), example.document()));

        assertThat(example.document()).as("pure").isEqualTo(before);
        assertThat(differences(before, sent.document(), "")).containsExactlyInAnyOrderElementsOf(sent.lost());
        assertThat(sent.document().path("last_updated")).isEqualTo(before.path("last_updated"));
        JsonNode token = before.path("cdr_token");
        Carried back = carried(VERSION.inbound(example.module(), sent.document(),
                (uid, type) -> Optional.of(PartyId.of(token.path("country_code").asText(), token.path("party_id").asText()))));
        assertThat(back.added()).containsExactlyInAnyOrderElementsOf(sent.lost());
        assertThat(back.document()).as("nothing of the examples is lost for good").isEqualTo(before);
    }

    @Test
    void theExamplesAreThere() throws IOException, URISyntaxException {
        assertThat(examples()).extracting(Example::module).contains(ModuleId.LOCATIONS, ModuleId.SESSIONS, ModuleId.CDRS, ModuleId.TARIFFS, ModuleId.TOKENS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHAOJI", "DOMESTIC_M", "DOMESTIC_N", "DOMESTIC_O", "GBT_AC", "GBT_DC", "NEMA_5_20", "NEMA_6_30", "NEMA_6_50", "NEMA_10_30",
            "NEMA_10_50", "NEMA_14_30", "NEMA_14_50"})
    void aConnectorWithoutANameIsLeftOutAndItsEvseWhenItHasNoOther(String standard) {
        ObjectNode location = Bodies.location("LOC", TIME);
        connector(location, 0).put("standard", standard);
        location.withArray("/evses/1/connectors").add(Bodies.connector("2", TIME).put("standard", standard));

        Carried sent = carried(VERSION.outbound(ModuleId.LOCATIONS, location));

        assertThat(sent.lost()).containsExactly("evses[0]", "evses[1].connectors[1]");
        assertThat(sent.alarming()).hasSize(2).allSatisfy(reason -> assertThat(reason).contains(standard));
        assertThat(sent.document().path("evses")).singleElement().isEqualTo(Bodies.evse("E2", TIME));
        assertThat(VERSION.outbound(ModuleId.LOCATIONS, (ObjectNode) location.path("evses").get(0))).isInstanceOf(Withheld.class);
        assertThat(VERSION.outbound(ModuleId.LOCATIONS, connector(location, 0))).isInstanceOf(Withheld.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AC_2_PHASE", "AC_2_PHASE_SPLIT"})
    void twoPhasesAreUnderstated(String power) {
        ObjectNode location = Bodies.location("LOC", TIME);
        connector(location, 1).put("power_type", power);

        Carried sent = carried(VERSION.outbound(ModuleId.LOCATIONS, location));

        assertThat(sent.lost()).containsExactly("evses[1].connectors[0].power_type");
        assertThat(connector(sent.document(), 1).path("power_type").asText()).isEqualTo("AC_1_PHASE");
        assertThat(carried(VERSION.outbound(ModuleId.LOCATIONS, connector(location, 1))).lost()).containsExactly("power_type");
    }

    @Test
    void theNewCapabilityIsDroppedAlsoFromAnEvseAlone() {
        ObjectNode evse = Bodies.evse("E1", TIME);
        evse.putArray("capabilities").add("RFID_READER").add("START_SESSION_CONNECTOR_REQUIRED").add("TOKEN_GROUP_CAPABLE");

        Carried sent = carried(VERSION.outbound(ModuleId.LOCATIONS, evse));

        assertThat(sent.lost()).containsExactly("capabilities[1]");
        assertThat(sent.document().path("capabilities")).extracting(JsonNode::asText).containsExactly("RFID_READER", "TOKEN_GROUP_CAPABLE");
    }

    @Test
    void aStatusPatchPassesAsItIs() {
        ObjectNode patch = Bodies.object("{\"status\":\"CHARGING\",\"last_updated\":\"%s\"}", TIME);

        assertThat(VERSION.outbound(ModuleId.LOCATIONS, patch)).isEqualTo(Carried.unchanged(patch));
    }

    @Test
    void aCdrLosesTokenPartyStateAndHomeCompensation() {
        ObjectNode cdr = cdr().put("home_charging_compensation", true);
        ((ObjectNode) cdr.path("cdr_location")).put("state", "Utrecht").put("connector_power_type", "AC_2_PHASE");

        Carried sent = carried(VERSION.outbound(ModuleId.CDRS, cdr));

        assertThat(sent.lost()).containsExactlyInAnyOrder("cdr_token.country_code", "cdr_token.party_id", "home_charging_compensation", "cdr_location.state",
                "cdr_location.connector_power_type").containsExactlyInAnyOrderElementsOf(differences(cdr, sent.document(), ""));
        assertThat(sent.document()).as("derived from the frozen body, always the same").isEqualTo(carried(VERSION.outbound(ModuleId.CDRS, cdr)).document());
    }

    @ParameterizedTest
    @CsvSource({"512, x, true", "513, x, false", "20, é, false"})
    void signedDataThatDoesNotFitIsSuppressedAsAWholeAndFlagged(int length, String character, boolean fits) {
        ObjectNode cdr = cdr();
        cdr.putObject("signed_data").put("encoding_method", "OCMF").putArray("signed_values")
                .add(Bodies.object("{\"nature\":\"Start\",\"plain_data\":\"x\",\"signed_data\":\"x\"}"))
                .add(Bodies.object("{\"nature\":\"End\",\"plain_data\":\"x\",\"signed_data\":\"%s\"}", character.repeat(length)));

        Carried sent = carried(VERSION.outbound(ModuleId.CDRS, cdr));

        assertThat(sent.document().has("signed_data")).isEqualTo(fits);
        assertThat(sent.lost().contains("signed_data")).isNotEqualTo(fits);
        assertThat(sent.alarming()).hasSize(fits ? 0 : 1);
    }

    @Test
    void aCdrWithoutWhatItNeedsIsHeldBack() {
        ObjectNode nowhere = cdr();
        ((ObjectNode) nowhere.path("cdr_location")).remove("postal_code");
        ObjectNode nameless = cdr();
        ((ObjectNode) nameless.path("cdr_location")).put("connector_standard", "NEMA_5_20");

        assertThat(VERSION.outbound(ModuleId.CDRS, nowhere)).isInstanceOfSatisfying(Withheld.class, held -> assertThat(held.reason()).contains("cdr_location.postal_code"));
        assertThat(VERSION.outbound(ModuleId.CDRS, nameless)).isInstanceOfSatisfying(Withheld.class, held -> assertThat(held.reason()).contains("NEMA_5_20"));
    }

    @Test
    void startSessionHasNoConnectorAndUnlockConnectorKeepsIt() {
        ObjectNode start = Bodies.object("{\"response_url\":\"https://x\",\"token\":{},\"location_id\":\"L\",\"evse_uid\":\"E\",\"connector_id\":\"1\"}");
        ObjectNode unlock = Bodies.object("{\"response_url\":\"https://x\",\"location_id\":\"L\",\"evse_uid\":\"E\",\"connector_id\":\"1\"}");

        assertThat(carried(VERSION.outbound(ModuleId.COMMANDS, start)).lost()).containsExactly("connector_id");
        assertThat(VERSION.outbound(ModuleId.COMMANDS, unlock)).isEqualTo(Carried.unchanged(unlock));
    }

    @Test
    void inboundATokenIsNamedByItsIssuerOrTheDocumentIsHeldBack() {
        ObjectNode session = Bodies.session("S", TIME);
        ObjectNode early = carried(VERSION.outbound(ModuleId.SESSIONS, session)).document();
        Issuers nobody = (uid, type) -> Optional.empty();

        assertThat(carried(VERSION.inbound(ModuleId.SESSIONS, early, (uid, type) -> Optional.of(PartyId.of("DE", "ALP")))).document().toString()).isEqualTo(session.toString());
        assertThat(VERSION.inbound(ModuleId.SESSIONS, early, nobody)).isInstanceOfSatisfying(Withheld.class, held -> assertThat(held.reason()).startsWith("cdr_token"));
        assertThat(VERSION.inbound(ModuleId.SESSIONS, session, nobody)).as("who names the party is believed").isEqualTo(Carried.unchanged(session));
    }

    @Test
    void thereIsNoGeneralHubError() {
        assertThat(List.of(VERSION.status(4000), VERSION.status(4001), VERSION.status(1000), VERSION.status(2001))).containsExactly(3000, 4001, 1000, 2001);
    }

    private static ObjectNode cdr() {
        ObjectNode cdr = Bodies.cdr("CDR", TIME);
        ((ObjectNode) cdr.path("cdr_location")).put("postal_code", "1234 AB");
        return cdr;
    }

    private static ObjectNode connector(JsonNode location, int evse) {
        return (ObjectNode) location.path("evses").get(evse).path("connectors").get(0);
    }

    private static Carried carried(Translated translated) {
        assertThat(translated).isInstanceOf(Carried.class);
        return (Carried) translated;
    }

    /** Paths of all fields that are missing, new or of another value. */
    private static List<String> differences(JsonNode before, JsonNode after, String path) {
        if (before.equals(after)) {
            return List.of();
        }
        if (!before.isObject() || !after.isObject()) {
            return List.of(path);
        }
        TreeSet<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        return names.stream().flatMap(name -> differences(before.path(name), after.path(name), path.isEmpty() ? name : path + "." + name).stream()).toList();
    }
}
