package org.roaminghub.ocpi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The example files of the specification, unmodified (see INDEX.md beside them), against the specification's own tables. */
class SpecExamplesTest {

    private static final Path FOLDER = Path.of("src/test/resources/ocpi/examples-2.2.1");

    /** Files that break the tables, and the faults they must be given. */
    private static final Map<String, List<String>> BROKEN = Map.of(
            // floor_level is called floor (an unknown field, so no fault); the connector is unfinished.
            "location_put_example_add_evse.json", List.of("physical_reference", "connectors[0].power_type",
                    "connectors[0].max_voltage", "connectors[0].max_amperage", "connectors[0].last_updated"),
            "tariff_put_example.json", List.of("last_updated"));

    /** Beginning of the file name to class; the longest beginning counts. */
    private static final Map<String, String> CLASS = Map.ofEntries(
            Map.entry("cdr_", "CDR"), Map.entry("credentials_", "Credentials"), Map.entry("location_example", "Location"),
            Map.entry("location_energymix_", "EnergyMix"), Map.entry("location_hours_", "Hours"),
            Map.entry("location_regularhours_", "Hours"), Map.entry("location_patch_example_location", "Location"),
            Map.entry("location_patch_example_remove_evse", "EVSE"), Map.entry("location_patch_example_status", "EVSE"),
            Map.entry("location_patch_example_tariff", "Connector"), Map.entry("location_put_", "EVSE"),
            Map.entry("session_", "Session"), Map.entry("tariff", "Tariff"), Map.entry("token_", "Token"),
            Map.entry("transport_and_format_get_token_", "Token"), Map.entry("type_displaytext_", "DisplayText"),
            Map.entry("transport_and_format_version_details_", "VersionDetails"), Map.entry("version_details_", "VersionDetails"),
            Map.entry("transport_and_format_version_info_", "Version"), Map.entry("versions_info_", "Version"));

    @TestFactory
    Stream<DynamicTest> everyExampleHasExactlyTheFaultsWeKnowOf() throws IOException {
        return files().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
            String name = file.getFileName().toString();
            assertThat(faultsOf(name, StrictJson.parse(Files.readString(file))))
                    .extracting(Fault::path).containsExactlyInAnyOrderElementsOf(BROKEN.getOrDefault(name, List.of()));
        }));
    }

    @Test
    void noExampleIsForgotten() throws IOException {
        assertThat(files()).hasSize(59);
    }

    private static List<Fault> faultsOf(String name, JsonNode document) {
        List<Fault> faults = new ArrayList<>();
        JsonNode content = document;
        if (name.startsWith("transport_and_format_")) {
            faults.addAll(SchemaCheck.check("ResponseFormat", document, Mode.FULL));
            content = document.get("data");
        }
        // Two kinds of fragment show one member of their Location.
        for (String member : List.of("energy_mix", "opening_times")) {
            content = content.isObject() && content.size() == 1 && content.has(member) ? content.get(member) : content;
        }
        Mode mode = name.contains("_patch_") ? Mode.PATCH : Mode.FULL;
        Iterable<JsonNode> objects = content.isArray() ? content : List.of(content);
        objects.forEach(object -> faults.addAll(SchemaCheck.check(className(name), object, mode)));
        return faults;
    }

    private static String className(String file) {
        return CLASS.keySet().stream().filter(file::startsWith).max((a, b) -> a.length() - b.length()).map(CLASS::get).orElseThrow();
    }

    private static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }
}
