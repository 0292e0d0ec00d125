package org.roaminghub.partners.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the documents of one YAML text. Doubled keys are faults; so are aliases, which a config needs no more than an attacker does. */
final class YamlReader {

    private static final YAMLFactory YAML =
            YAMLFactory.builder().enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS).build();

    private final String file;
    private final List<ConfigFault> faults;

    YamlReader(String file, List<ConfigFault> faults) {
        this.file = file;
        this.faults = faults;
    }

    /** The documents that could be read; what could not stands in the faults. */
    List<YamlValue> read(String text) {
        List<YamlValue> documents = new ArrayList<>();
        try (YAMLParser parser = YAML.createParser(text)) {
            while (parser.nextToken() != null) {
                YamlValue document = value(parser, "");
                if (!(document instanceof YamlValue.Empty)) {
                    documents.add(document);
                }
            }
        } catch (JacksonException e) {
            // The parser's message quotes the text around the place, which may be a secret.
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            faults.add(new ConfigFault(file, line, "", "this is not valid YAML"));
        } catch (IOException e) {
            faults.add(new ConfigFault(file, 0, "", "cannot be read"));
        }
        return documents;
    }

    private YamlValue value(YAMLParser parser, String key) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        if (parser.isCurrentAlias()) {
            faults.add(new ConfigFault(file, line, key, "aliases are not supported, write the value out"));
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, key, line);
            case START_ARRAY -> sequence(parser, key, line);
            case VALUE_NULL -> new YamlValue.Empty(line);
            default -> scalar(parser.getText(), line);
        };
    }

    // Nothing after the colon, or after a last ---, comes as empty text.
    private static YamlValue scalar(String text, int line) {
        return text.isEmpty() ? new YamlValue.Empty(line) : new YamlValue.Scalar(line, text);
    }

    private YamlValue mapping(YAMLParser parser, String key, int line) throws IOException {
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int nameLine = parser.currentTokenLocation().getLineNr();
            String path = key.isEmpty() ? name : key + "." + name;
            parser.nextToken();
            if (entries.put(name, value(parser, path)) != null) {
                faults.add(new ConfigFault(file, nameLine, path, "stands twice"));
            }
        }
        return new YamlValue.Mapping(line, entries);
    }

    private YamlValue sequence(YAMLParser parser, String key, int line) throws IOException {
        List<YamlValue> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            entries.add(value(parser, key + "[" + entries.size() + "]"));
        }
        return new YamlValue.Sequence(line, entries);
    }
}
