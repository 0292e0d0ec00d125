package org.roaminghub.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.roaminghub.HubWithPartners;
import org.roaminghub.Scene;
import org.roaminghub.ocpi.InterfaceRole;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.simulator.HttpAnswer;
import org.roaminghub.simulator.Received;

/**
 * What goes in comes out, digit by digit: every example file of the specification, stored by its owner, read back by its owner, in the
 * list of the partner with an agreement, and in the push that arrives there (D1). What the test does to an example before it sends it
 * is in {@link #adapted}; the two changes the hub makes are in {@link #asItLeaves}.
 */
@QuarkusTest
@WithTestResource(HubWithPartners.class)
class SpecExamplesRoundTripIT {
    private static final Path EXAMPLES = Path.of("src/test/resources/ocpi/examples-2.2.1");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NOON = "2026-01-01T12:00:00Z";

    /** How an example goes round; by the beginning of its file name, the longest counts. */
    private enum Way {
        /** A whole object of a module. */
        OBJECT,
        /** A fragment that belongs into a Location. */
        PART_OF_LOCATION,
        /** A change of an object that is there. */
        PATCH,
        /** An EVSE below a Location; the one example of it breaks the tables. */
        EVSE,
        /** An answer whose data are Tokens. */
        ANSWER_WITH_TOKENS,
        /** Spoken between two platforms about themselves, never stored as a document or passed on: SpecExamplesTest and CredentialsIT have them. */
        NOT_PASSED_ON
    }

    private static final Map<String, Way> WAYS = Map.ofEntries(
            Map.entry("location_example", Way.OBJECT), Map.entry("tariff", Way.OBJECT), Map.entry("token_", Way.OBJECT), Map.entry("session_example", Way.OBJECT),
            Map.entry("cdr_", Way.OBJECT), Map.entry("location_energymix_", Way.PART_OF_LOCATION), Map.entry("location_hours_", Way.PART_OF_LOCATION),
            Map.entry("location_regularhours_", Way.PART_OF_LOCATION), Map.entry("type_displaytext_", Way.PART_OF_LOCATION),
            Map.entry("location_patch_", Way.PATCH), Map.entry("session_patch_", Way.PATCH), Map.entry("token_patch_", Way.PATCH),
            Map.entry("location_put_example_add_evse", Way.EVSE), Map.entry("transport_and_format_get_token_", Way.ANSWER_WITH_TOKENS),
            Map.entry("transport_and_format_version_", Way.NOT_PASSED_ON), Map.entry("version_", Way.NOT_PASSED_ON), Map.entry("versions_", Way.NOT_PASSED_ON),
            Map.entry("credentials_", Way.NOT_PASSED_ON));

    /** Stays as long as the hub, whose lane to it stays too. */
    private static final PushTarget CPO = new PushTarget();

    @Inject
    Partners221 partners;

    @BeforeEach
    void tcpTakesTokens() {
        partners.connect("tcp", List.of(CPO.receiver("tokens")));
        assertThat(Scene.alpha().registered()).isTrue();
    }

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")).sorted().toList().stream();
        }
    }

    @Test
    void everyExampleHasItsWay() throws IOException {
        Map<Way, Long> counts = files().collect(Collectors.groupingBy(SpecExamplesRoundTripIT::way, Collectors.counting()));

        assertThat(counts).isEqualTo(Map.of(Way.OBJECT, 32L, Way.PART_OF_LOCATION, 8L, Way.PATCH, 7L, Way.EVSE, 1L, Way.ANSWER_WITH_TOKENS, 2L, Way.NOT_PASSED_ON, 9L));
    }

    static Stream<String> passedOn() throws IOException {
        return files().filter(file -> way(file) != Way.NOT_PASSED_ON);
    }

    @ParameterizedTest
    @MethodSource("passedOn")
    void examplesComeOutAsTheyWentIn_D1_TRANS22_LOC13_LOC22_LOC25_SES32(String file) {
        switch (way(file)) {
            case OBJECT -> goesRound(module(file), adapted(Bodies.example(file), module(file)));
            case PART_OF_LOCATION -> goesRound(ObjectModule.LOCATIONS, locationWith(Bodies.example(file)));
            case PATCH -> patchGoesRound(file, Bodies.example(file));
            case EVSE -> evseGoesRound(Bodies.example(file));
            case ANSWER_WITH_TOKENS -> {
                JsonNode data = Bodies.example(file).path("data");
                (data.isArray() ? data : List.of(data)).forEach(token -> goesRound(ObjectModule.TOKENS, adapted((ObjectNode) token, ObjectModule.TOKENS)));
            }
            case NOT_PASSED_ON -> throw new IllegalArgumentException(file);
        }
    }

    @ParameterizedTest
    @EnumSource
    void unknownFieldsAndAllDigitsSurviveStoreGetListAndPush_D1_A14(ObjectModule module) {
        ObjectNode document = module.body(Bodies.newId("X"), NOON);
        document.set("x_extension", Bodies.object("""
                {"price":1234.567891,"zeros":1.10,"big":123456789012345678901234567890,"tiny":0.000000000000001,
                 "text":"é ü 🔌 \\u2028 \\"quoted\\" \\\\ </script>","nothing":null,"list":[[],{},[1,2.0]],"last_updated":"whenever","evses":"none","operator":7}"""));

        goesRound(module, document);
    }

    /** A Location without an operator leaves with the name of its CPO's role; what is stored is what came. */
    @Test
    void anOperatorThatIsMissingIsNamed_LOC30_A40() {
        for (String operator : new String[] {null, "null", "{\"name\":\"Somebody Else\"}"}) {
            ObjectNode location = Bodies.location(Bodies.newId("OP"), NOON);
            location.remove("operator");
            if (operator != null) {
                location.set("operator", StrictJson.parse(operator));
            }
            goesRound(ObjectModule.LOCATIONS, location);
            JsonNode single = Scene.alpha().get("locations", "/" + location.path("id").asText()).data();
            assertThat(single.at("/operator/name").asText()).isEqualTo("{\"name\":\"Somebody Else\"}".equals(operator) ? "Somebody Else" : "The CPO Platform");
            assertThat(single.path("last_updated").asText()).isEqualTo(NOON);
        }
    }

    private void goesRound(ObjectModule module, ObjectNode document) {
        if (module == ObjectModule.TOKENS) {
            HttpAnswer answer = Scene.alpha().pushToken(document);
            assertThat(answer.status() + " " + answer.ocpiStatus()).as(answer.body()).isEqualTo("201 1000");
        } else {
            module.push(document.path("id").asText(), document).is(201, 1000);
        }
        isEverywhere(module, document);
    }

    private void isEverywhere(ObjectModule module, ObjectNode document) {
        String id = document.path(module.idField()).asText();
        String leaves = sorted(asItLeaves(module, document));
        assertThat(sorted(readBack(module, document))).as("read back by its owner").isEqualTo(sorted(document));
        assertThat(sorted(listed(module, id))).as("in the list").isEqualTo(leaves);
        await().atMost(SOON).untilAsserted(() -> assertThat(pushed(module, document).map(text -> sorted(StrictJson.parse(text)))).as("pushed").contains(leaves));
    }

    /** The operator of a Location (LOC-30, A-40) is all the hub adds. */
    private static JsonNode asItLeaves(ObjectModule module, ObjectNode document) {
        ObjectNode leaves = document.deepCopy();
        if (module == ObjectModule.LOCATIONS && !leaves.hasNonNull("operator")) {
            leaves.putObject("operator").put("name", "The CPO Platform");
        }
        return leaves;
    }

    private static JsonNode readBack(ObjectModule module, ObjectNode document) {
        String path = module.path(document.path(module.idField()).asText());
        if (module == ObjectModule.TOKENS) {
            String below = path.substring(module.endpoint().length()) + "?type=" + document.path("type").asText();
            return Scene.alpha().call("GET", "tokens", InterfaceRole.RECEIVER, below, null, Map.of()).data();
        }
        return Partners221.tcp().get(path).is(200, 1000).data();
    }

    private static JsonNode listed(ObjectModule module, String id) {
        Predicate<JsonNode> wanted = item -> item.path(module.idField()).asText().equals(id);
        if (module != ObjectModule.TOKENS) {
            return Scene.alpha().pull(module.list("").substring("sender/".length()), "?date_from=2000-01-01T00:00:00Z&limit=500").stream()
                    .filter(wanted).findFirst().orElseThrow();
        }
        for (String next = module.list("?limit=500"); ; ) {
            Answer page = Partners221.tcp().get(next).is(200, 1000);
            for (JsonNode item : page.data()) {
                if (wanted.test(item)) {
                    return item;
                }
            }
            next = page.next().orElseThrow();
        }
    }

    /** The newest whole text that arrived at the partner, if one did. */
    private Optional<String> pushed(ObjectModule module, ObjectNode document) {
        String id = document.path(module.idField()).asText();
        if (module == ObjectModule.TOKENS) {
            return CPO.newest("/tokens/DE/ALP/" + id + "?type=" + document.path("type").asText()).map(PushTarget.Pushed::body);
        }
        return Scene.alpha().received().where(received -> received.object().equals("NL*TCP/" + id) && (received.method().equals("PUT") || received.method().equals("POST")))
                .stream().map(Received::body).reduce((first, second) -> second);
    }

    private void patchGoesRound(String file, ObjectNode patch) {
        if (file.startsWith("token_")) {
            ObjectNode token = adapted(Bodies.example("token_example_2_full_rfid.json"), ObjectModule.TOKENS).put("last_updated", "2019-01-01T00:00:00Z");
            assertThat(Scene.alpha().pushToken(token).accepted()).isTrue();
            assertThat(Scene.alpha().patchToken(token.path("uid").asText(), token.path("type").asText(), patch).accepted()).isTrue();
            isEverywhere(ObjectModule.TOKENS, token.setAll(patch));
            return;
        }
        if (file.startsWith("session_")) {
            ObjectNode session = adapted(Bodies.example("session_example_1_simple_start.json"), ObjectModule.SESSIONS).put("last_updated", "2019-01-01T00:00:00Z");
            List<JsonNode> periods = new ArrayList<>();
            session.path("charging_periods").forEach(periods::add);
            goesRound(ObjectModule.SESSIONS, session);
            Partners221.tcp().patch(ObjectModule.SESSIONS.path(session.path("id").asText()), patch).is(200, 1000);
            patch.path("charging_periods").forEach(periods::add);
            session.setAll(patch);
            if (!periods.isEmpty()) {
                session.putArray("charging_periods").addAll(periods);
            }
            isEverywhere(ObjectModule.SESSIONS, session);
            return;
        }
        locationPatchGoesRound(file, patch);
    }

    /** The examples change a Location, an EVSE or a Connector; the time of the change is that of everything above it (LOC-17). */
    private void locationPatchGoesRound(String file, ObjectNode patch) {
        ObjectNode location = Bodies.location(Bodies.newId("P"), "2019-01-01T00:00:00Z");
        goesRound(ObjectModule.LOCATIONS, location);
        ObjectNode evse = (ObjectNode) location.at("/evses/0");
        String path = ObjectModule.LOCATIONS.path(location.path("id").asText());
        location.set("last_updated", patch.path("last_updated"));
        if (file.contains("_location.json")) {
            Partners221.tcp().patch(path, patch).is(200, 1000);
            location.setAll(patch);
        } else {
            boolean connector = file.contains("_tariff");
            Partners221.tcp().patch(path + "/E1" + (connector ? "/1" : ""), patch).is(200, 1000);
            (connector ? (ObjectNode) evse.at("/connectors/0") : evse).setAll(patch);
            evse.set("last_updated", patch.path("last_updated"));
        }
        belowIsEverywhere(location, evse);
    }

    /** Of a change below a Location only the EVSE is pushed, as a PATCH where that is enough: what the partner then has is compared. */
    private static void belowIsEverywhere(ObjectNode location, ObjectNode evse) {
        assertThat(sorted(readBack(ObjectModule.LOCATIONS, location))).as("read back by its owner").isEqualTo(sorted(location));
        assertThat(sorted(listed(ObjectModule.LOCATIONS, location.path("id").asText()))).as("in the list").isEqualTo(sorted(asItLeaves(ObjectModule.LOCATIONS, location)));
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode there = Scene.alpha().location("NL", "TCP", location.path("id").asText()).orElseThrow();
            assertThat(sorted(there)).as("at the partner").isEqualTo(sorted(asItLeaves(ObjectModule.LOCATIONS, location)));
            assertThat(sorted(there.path("evses"))).contains(sorted(evse));
        });
    }

    /** The example lacks four required fields of its Connector and has a number where text belongs: refused as it is, passed on once it is whole. */
    private void evseGoesRound(ObjectNode evse) {
        ObjectNode location = Bodies.location(Bodies.newId("E"), "2019-01-01T00:00:00Z");
        goesRound(ObjectModule.LOCATIONS, location);
        String path = ObjectModule.LOCATIONS.path(location.path("id").asText()) + "/" + evse.path("uid").asText();
        Partners221.tcp().put(path, evse).is(200, 2001).tells("physical_reference").tells("connectors[0].power_type");

        ObjectNode whole = evse.put("physical_reference", "3");
        ((ObjectNode) whole.at("/connectors/0")).put("power_type", "AC_3_PHASE").put("max_voltage", 230).put("max_amperage", 32).put("last_updated", "2019-06-24T12:39:09Z");
        Partners221.tcp().put(path, whole).is(201, 1000);

        location.withArray("evses").add(whole);
        location.set("last_updated", whole.path("last_updated"));
        belowIsEverywhere(location, whole);
    }

    private static ObjectNode locationWith(ObjectNode fragment) {
        ObjectNode location = Bodies.location(Bodies.newId("F"), NOON);
        if (fragment.has("language")) {
            location.putArray("directions").add(fragment);
        } else if (fragment.has("twentyfourseven")) {
            location.set("opening_times", fragment);
        } else {
            location.setAll(fragment);
        }
        return location;
    }

    /** The example as an object of the test's partners, under an id of its own; the PUT example of a Tariff lacks last_updated. */
    private static ObjectNode adapted(ObjectNode example, ObjectModule module) {
        boolean token = module == ObjectModule.TOKENS;
        example.put("country_code", token ? "DE" : "NL").put("party_id", token ? "ALP" : "TCP").put(module.idField(), Bodies.newId("X"));
        if (example.path("cdr_token") instanceof ObjectNode card) {
            card.put("country_code", "DE").put("party_id", "ALP");
        }
        if (!example.has("last_updated")) {
            example.put("last_updated", "2020-01-01T00:00:00Z");
        }
        return example;
    }

    private static Way way(String file) {
        return WAYS.entrySet().stream().filter(entry -> file.startsWith(entry.getKey())).max((a, b) -> a.getKey().length() - b.getKey().length()).orElseThrow().getValue();
    }

    private static ObjectModule module(String file) {
        return Stream.of(ObjectModule.values()).filter(module -> module.name().startsWith(file.substring(0, 3).toUpperCase(Locale.ROOT))).findFirst().orElseThrow();
    }

    /** As text, so that 2.00 and 2.0 differ; members in one order, which JSON does not promise. */
    private static String sorted(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, String> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            return members.toString();
        }
        if (node.isArray()) {
            StringBuilder items = new StringBuilder("[");
            node.forEach(item -> items.append(sorted(item)).append(';'));
            return items.append(']').toString();
        }
        return node.toString();
    }
}
