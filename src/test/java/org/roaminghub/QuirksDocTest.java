package org.roaminghub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.roaminghub.partners.config.Quirk;

/** docs/quirks.md is true: every switch and every known deviation stands in it once, and every test it names exists. */
class QuirksDocTest {
    private static final Pattern SWITCH = Pattern.compile("^\\| `([a-z-]+)` \\|.*\\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern DEVIATION = Pattern.compile("^\\| (Q\\d+) \\| [^|]+ \\| ([a-z ]+) \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Set<String> SHOWN = Set.of("switch", "setting", "always");
    private static final Set<String> NOT_SHOWN = Set.of("no");

    @Test
    void everySwitchIsListedOnceWithATest() throws IOException {
        List<MatchResult> rows = SWITCH.matcher(text()).results().toList();

        assertThat(rows).extracting(row -> row.group(1)).containsExactlyInAnyOrderElementsOf(Arrays.stream(Quirk.values()).map(Quirk::id).toList());
        assertThat(rows).allSatisfy(row -> assertThat(TestSources.named(row.group(2))).as(row.group(1)).isNotEmpty());
    }

    @Test
    void everyDeviationIsListedOnceWithATestOrAReason() throws IOException {
        List<MatchResult> rows = DEVIATION.matcher(text()).results().toList();

        assertThat(rows).extracting(row -> row.group(1)).containsExactlyElementsOf(IntStream.rangeClosed(1, 68).mapToObj(number -> "Q" + number).toList());
        for (MatchResult row : rows) {
            assertThat(row.group(2)).as(row.group(1)).matches(how -> SHOWN.contains(how) || NOT_SHOWN.contains(how));
            if (SHOWN.contains(row.group(2))) {
                assertThat(TestSources.named(row.group(3))).as(row.group(1) + " names no test").isNotEmpty();
            }
            if (row.group(2).equals("switch")) {
                assertThat(Arrays.stream(Quirk.values())).as(row.group(1) + " names no switch").anyMatch(quirk -> row.group(3).contains("`" + quirk.id() + "`"));
            }
        }
    }

    @Test
    void everyTestItNamesExists() throws IOException {
        assertThat(TestSources.missing(text())).isEmpty();
    }

    private static String text() throws IOException {
        return Files.readString(Path.of("docs/quirks.md"));
    }
}
