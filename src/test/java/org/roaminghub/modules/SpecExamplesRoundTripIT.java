package org.roaminghub.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.roaminghub.PostgresForTests;

/** What goes in comes out, digit by digit: the specification's own objects, and objects with what no specification knows (D1). */
@QuarkusTest
@WithTestResource(PostgresForTests.class)
class SpecExamplesRoundTripIT {
    private static final Path EXAMPLES = Path.of("src/test/resources/ocpi/examples-2.2.1");
    private static final Map<String, ObjectModule> MODULES = Map.of("location_example", ObjectModule.LOCATIONS, "tariff_", ObjectModule.TARIFFS,
            "tariffrestriction_", ObjectModule.TARIFFS, "token_", ObjectModule.TOKENS, "session_example", ObjectModule.SESSIONS, "cdr_", ObjectModule.CDRS);

    @Inject
    Partners221 partners;

    @BeforeEach
    void connected() {
        partners.connect();
    }

    static Stream<Arguments> wholeObjects() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.contains("patch")).sorted()
                    .flatMap(name -> MODULES.entrySet().stream().filter(entry -> name.startsWith(entry.getKey())).map(entry -> Arguments.of(name, entry.getValue())))
                    .toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("wholeObjects")
    void examplesComeOutAsTheyWentIn_D1_TRANS22(String name, ObjectModule module) {
        ObjectNode example = adapted(name, module);
        String id = example.path(module.idField()).asText();
        String path = module.path(id) + (module == ObjectModule.TOKENS ? "?type=" + example.path("type").asText() : "");

        Answer stored = module == ObjectModule.CDRS ? module.push(id, example) : module.owner().put(path, example);

        stored.is(201, 1000);
        assertThat(sorted(module.owner().get(path).is(200, 1000).data())).isEqualTo(sorted(example));
        assertThat(sorted(listed(module, id))).isEqualTo(sorted(example));
    }

    @ParameterizedTest
    @EnumSource
    void unknownFieldsAndAllDigitsSurviveStoreGetAndList_D1_A14(ObjectModule module) {
        String id = Bodies.newId("X");
        ObjectNode document = module.body(id, "2026-01-01T10:00:00Z");
        document.set("x_extension", Bodies.object("""
                {"price":1234.567891,"zeros":1.10,"exponent":1.5e3,"big":123456789012345678901234567890,"tiny":0.000000000000001,
                 "text":"é ü 🔌 \\u2028 \\"quoted\\" \\\\ </script>","nothing":null,"list":[[],{},[1,2.0]],"last_updated":"whenever","evses":"none"}"""));

        module.push(id, document).is(201, 1000);

        assertThat(module.owner().get(module.path(id)).data().path("x_extension").toString()).isEqualTo(document.path("x_extension").toString());
        assertThat(listed(module, id).path("x_extension").toString()).isEqualTo(document.path("x_extension").toString());
    }

    private static JsonNode listed(ObjectModule module, String id) {
        for (String next = module.list("?limit=500"); ; ) {
            Answer page = module.reader().get(next).is(200, 1000);
            for (JsonNode item : page.data()) {
                if (item.path(module.idField()).asText().equals(id)) {
                    return item;
                }
            }
            next = page.next().orElseThrow();
        }
    }

    /** The example as an object of the test's partners, under an id of its own; the PUT example of a Tariff lacks last_updated. */
    private static ObjectNode adapted(String name, ObjectModule module) {
        ObjectNode example = Bodies.example(name);
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
