package org.roaminghub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/ocpi-coverage.md is true: every requirement stands in it once, and every test it names exists. */
class OcpiCoverageTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]+-\\d+) \\| ([a-z ]+) \\| (.*) \\|$");

    @Test
    void everyRequirementIsListedOnce() throws IOException {
        List<String> listed = rows().stream().map(row -> row.group(1)).sorted().toList();
        List<String> required = Files.readAllLines(Path.of("src/test/resources/ocpi/requirement-ids.txt")).stream().sorted().toList();
        assertThat(listed).containsExactlyElementsOf(required);
    }

    @Test
    void aCoveredRequirementNamesATestThatExists() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Matcher row : rows()) {
            TestSources.missing(row.group(3)).forEach(missing -> wrong.add(row.group(1) + " names " + missing));
            if (row.group(2).equals("shown") && TestSources.named(row.group(3)).isEmpty()) {
                wrong.add(row.group(1) + " is said to be shown and names no test");
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<Matcher> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/ocpi-coverage.md")).stream().map(ROW::matcher).filter(Matcher::matches).toList();
    }
}
