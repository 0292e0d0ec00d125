package org.roaminghub.partners.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The keys of one mapping while it is being read. Every read names its key, so {@link #refuseUnknownKeys} can tell what nobody
 * asked for. A wrong value becomes a fault and the default is returned, so that reading goes on and finds the other faults.
 */
final class Section {

    private final YamlValue.Mapping mapping;
    private final String path;
    private final FileContext context;
    private final Set<String> known = new HashSet<>();

    Section(YamlValue.Mapping mapping, String path, FileContext context) {
        this.mapping = mapping;
        this.path = path;
        this.context = context;
    }

    boolean has(String key) {
        known.add(key);
        YamlValue value = mapping.entries().get(key);
        return value != null && !(value instanceof YamlValue.Empty);
    }

    Optional<String> text(String key) {
        Optional<YamlValue.Scalar> scalar = scalar(key);
        return scalar.flatMap(value -> context.resolve(value, pathOf(key)));
    }

    String requiredText(String key) {
        if (!has(key)) {
            fault(key, "is missing");
            return "";
        }
        return text(key).orElse("");
    }

    /** @param hint what the value should be, for the message */
    <T> T read(String key, T otherwise, String hint, Values.Reader<T> reader) {
        return read(key, hint, reader).orElse(otherwise);
    }

    <T> Optional<T> read(String key, String hint, Values.Reader<T> reader) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value = reader.read(text.get());
        if (value.isEmpty()) {
            fault(key, "must be " + hint + ", not " + context.shown(mapping.entries().get(key)));
        }
        return value;
    }

    /** Enum values are written in lower case with hyphens: PULL_ONLY is pull-only. */
    <E extends Enum<E>> E choice(String key, E otherwise, E[] values) {
        List<String> names = Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-')).toList();
        return read(key, otherwise, "one of " + String.join(", ", names), text -> {
            int index = names.indexOf(text);
            return index < 0 ? Optional.empty() : Optional.of(values[index]);
        });
    }

    Secret secret(String key, String hint, Predicate<String> form) {
        if (!has(key)) {
            fault(key, "is missing");
            return new Secret("");
        }
        Optional<YamlValue.Scalar> scalar = scalar(key);
        if (scalar.isPresent() && Reference.parse(scalar.get().text()).isEmpty()) {
            fault(key, "is a secret and must not stand in the file: write ${env:NAME} or ${file:path}");
            return new Secret("");
        }
        Optional<String> value = text(key);
        if (value.isPresent() && !form.test(value.get())) {
            fault(key, "must be " + hint + "; the value of " + scalar.get().text() + " is not");
        }
        return new Secret(value.orElse(""));
    }

    Optional<Section> section(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (mapping.entries().get(key) instanceof YamlValue.Mapping below) {
            return Optional.of(new Section(below, pathOf(key), context));
        }
        fault(key, "must be a group of keys");
        return Optional.empty();
    }

    /** The group of keys below, or one without any, whose values are then all defaults. */
    Section sectionOrEmpty(String key) {
        return section(key).orElseGet(() -> new Section(new YamlValue.Mapping(mapping.line(), Map.of()), pathOf(key), context));
    }

    boolean isAbsentOrEmpty(String key) {
        return !has(key) || mapping.entries().get(key) instanceof YamlValue.Sequence sequence && sequence.entries().isEmpty();
    }

    boolean isScalar(String key) {
        return has(key) && mapping.entries().get(key) instanceof YamlValue.Scalar;
    }

    /** The entries of a list that are groups of keys; others are faults. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        List<YamlValue> entries = list(key);
        for (int i = 0; i < entries.size(); i++) {
            String entryPath = pathOf(key) + "[" + i + "]";
            if (entries.get(i) instanceof YamlValue.Mapping below) {
                sections.add(new Section(below, entryPath, context));
            } else {
                context.fault(entries.get(i).line(), entryPath, "must be a group of keys");
            }
        }
        return sections;
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        List<YamlValue> entries = list(key);
        for (int i = 0; i < entries.size(); i++) {
            String entryPath = pathOf(key) + "[" + i + "]";
            if (entries.get(i) instanceof YamlValue.Scalar scalar) {
                context.resolve(scalar, entryPath).ifPresent(texts::add);
            } else {
                context.fault(entries.get(i).line(), entryPath, "must be a single value");
            }
        }
        return texts;
    }

    void fault(String key, String reason) {
        context.fault(lineOf(key), pathOf(key), reason);
    }

    void fault(String reason) {
        context.fault(mapping.line(), path, reason);
    }

    int lineOf(String key) {
        YamlValue value = mapping.entries().get(key);
        return value == null ? mapping.line() : value.line();
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    void refuseUnknownKeys() {
        for (Map.Entry<String, YamlValue> entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                fault(entry.getKey(), "is not a key that is known here; known are " + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private Optional<YamlValue.Scalar> scalar(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (mapping.entries().get(key) instanceof YamlValue.Scalar scalar) {
            return Optional.of(scalar);
        }
        fault(key, "must be a single value");
        return Optional.empty();
    }

    private List<YamlValue> list(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (mapping.entries().get(key) instanceof YamlValue.Sequence sequence) {
            return sequence.entries();
        }
        fault(key, "must be a list");
        return List.of();
    }
}
