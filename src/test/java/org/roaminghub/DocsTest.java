package org.roaminghub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.roaminghub.platform.HubSettings;

/** README, CHANGELOG and docs/ lead nowhere else than they say: their links, API paths and settings exist. */
class DocsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern PATH = Pattern.compile("/(?:api|backend)/v1[\\w/{}.$-]*");
    private static final Pattern ON_CLASS = Pattern.compile("^@Path\\(\"(/(?:api|backend)/v1[^\"]*)\"\\)", Pattern.MULTILINE);
    private static final Pattern ON_METHOD = Pattern.compile("^ +@Path\\(\"([^\"]*)\"\\)", Pattern.MULTILINE);
    private static final Pattern SETTING = Pattern.compile("`(HUB_[A-Z_]+)`");

    @Test
    void everyLinkLeadsToAFileAndItsHeading() {
        List<String> wrong = new ArrayList<>();
        documents().forEach((document, text) -> {
            for (Matcher link = LINK.matcher(text); link.find();) {
                Path target = link.group(1).isEmpty() ? document : Optional.ofNullable(document.getParent()).orElse(Path.of("")).resolve(link.group(1)).normalize();
                if (!Files.exists(target) || link.group(2) != null && !anchors(target).contains(link.group(2))) {
                    wrong.add(document + " links to " + link.group());
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPathOfOurApisIsOneOfAResource() {
        List<String> wrong = new ArrayList<>();
        Set<String> served = served();
        documents().forEach((document, text) -> {
            for (Matcher path = PATH.matcher(text); path.find();) {
                String named = path.group().replaceAll("[/.]+$", "");
                if (served.stream().noneMatch(template -> fits(named, template))) {
                    wrong.add(document + " names " + named);
                }
            }
        });
        assertThat(served).contains("/api/v1/partners/{partner}", "/backend/v1/events");
        assertThat(wrong).isEmpty();
    }

    @Test
    void theListedSettingsAreThoseThatThereAre() throws IOException {
        Set<String> listed = SETTING.matcher(Files.readString(Path.of("docs/configuration.md"))).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = Stream.of(HubSettings.class.getMethods()).filter(method -> !method.isDefault())
                .map(method -> "HUB_" + method.getName().replaceAll("([A-Z])", "_$1").toUpperCase()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(known);
    }

    /** A segment in braces stands for any; the prefix alone names all of an API. */
    private static boolean fits(String named, String template) {
        if (named.equals("/api/v1") || named.equals("/backend/v1")) {
            return true;
        }
        String[] is = named.split("/");
        String[] wanted = template.split("/");
        boolean fits = is.length == wanted.length;
        for (int i = 0; fits && i < is.length; i++) {
            fits = is[i].equals(wanted[i]) || wanted[i].startsWith("{");
        }
        return fits;
    }

    private static Set<String> served() {
        Set<String> served = new TreeSet<>();
        for (String source : read(Path.of("src/main/java"), ".java").values()) {
            Matcher onClass = ON_CLASS.matcher(source);
            if (onClass.find()) {
                served.add(onClass.group(1));
                ON_METHOD.matcher(source).results().forEach(method -> served.add(onClass.group(1) + "/" + method.group(1)));
            }
        }
        return served;
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path document) {
        return HEADING.matcher(text(document)).results()
                .map(heading -> heading.group(1).toLowerCase().replaceAll("[^\\p{L}\\d _-]", "").replace(' ', '-')).collect(Collectors.toSet());
    }

    private static Map<Path, String> documents() {
        Map<Path, String> documents = read(Path.of("docs"), ".md");
        Stream.of("README.md", "CHANGELOG.md").map(Path::of).forEach(document -> documents.put(document, text(document)));
        return documents;
    }

    private static Map<Path, String> read(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).collect(Collectors.toMap(file -> file, DocsTest::text, (one, other) -> one, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
