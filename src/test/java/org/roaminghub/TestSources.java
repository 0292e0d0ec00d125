package org.roaminghub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests as documents name them: {@code `Class.method`}, or {@code `Class`} for all of a test class. */
final class TestSources {
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`|`([A-Z]\\w+(?:Test|IT))`");
    private static final Map<String, String> SOURCES = read();

    private TestSources() {
    }

    /** The tests that a text names, as written. */
    static List<String> named(String text) {
        return TEST.matcher(text).results().map(found -> found.group()).toList();
    }

    /** Those of them that do not exist. */
    static List<String> missing(String text) {
        List<String> missing = new ArrayList<>();
        Matcher test = TEST.matcher(text);
        while (test.find()) {
            boolean exists = test.group(1) == null ? SOURCES.containsKey(test.group(3))
                    : SOURCES.getOrDefault(test.group(1), "").contains(" " + test.group(2) + "(");
            if (!exists) {
                missing.add(test.group());
            }
        }
        return missing;
    }

    private static Map<String, String> read() {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }
}
