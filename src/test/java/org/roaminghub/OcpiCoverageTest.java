package org.roaminghub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/ocpi-coverage.md is true: every requirement stands in it once, and every test it names exists. */
class OcpiCoverageTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]+-\\d+) \\| ([a-z ]+) \\| (.*) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    void everyRequirementIsListedOnce() throws IOException {
        List<String> listed = rows().stream().map(row -> row.group(1)).sorted().toList();
        List<String> required = Files.readAllLines(Path.of("src/test/resources/ocpi/requirement-ids.txt")).stream().sorted().toList();
        assertThat(listed).containsExactlyElementsOf(required);
    }

    @Test
    void aCoveredRequirementNamesATestThatExists() throws IOException {
        Map<String, String> sources = sources();
        List<String> wrong = new ArrayList<>();
        for (Matcher row : rows()) {
            Matcher test = TEST.matcher(row.group(3));
            boolean any = false;
            while (test.find()) {
                any = true;
                if (!sources.getOrDefault(test.group(1), "").contains(" " + test.group(2) + "(")) {
                    wrong.add(row.group(1) + " names " + test.group());
                }
            }
            if (row.group(2).equals("shown") && !any) {
                wrong.add(row.group(1) + " is said to be shown and names no test");
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<Matcher> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/ocpi-coverage.md")).stream().map(ROW::matcher).filter(Matcher::matches).toList();
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }
}
