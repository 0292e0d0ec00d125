package org.roaminghub.partners.config;

import java.util.List;
import java.util.Map;

/** A YAML document with the line of every value, which Jackson's own tree does not keep. Scalars stay text: NO is a country, 2.2 a version. */
sealed interface YamlValue {

    /** From 1. */
    int line();

    record Scalar(int line, String text) implements YamlValue {}

    record Sequence(int line, List<YamlValue> entries) implements YamlValue {}

    record Mapping(int line, Map<String, YamlValue> entries) implements YamlValue {}

    /** A key without value, or {@code ~}: as if the key were absent. */
    record Empty(int line) implements YamlValue {}
}
