package org.roaminghub.partners.config;

import java.util.List;
import java.util.Optional;

/** What all sections of a file share: its name, where faults go, where references lead. */
final class FileContext {

    private static final int SHOWN = 40;

    private final String file;
    private final List<ConfigFault> faults;
    private final ReferenceLookup lookup;

    FileContext(String file, List<ConfigFault> faults, ReferenceLookup lookup) {
        this.file = file;
        this.faults = faults;
        this.lookup = lookup;
    }

    String file() {
        return file;
    }

    void fault(int line, String key, String reason) {
        faults.add(new ConfigFault(file, line, key, reason));
    }

    /** The value itself, or what it refers to. A reference is the whole value: mixed text would put half a secret in the file. */
    Optional<String> resolve(YamlValue.Scalar scalar, String key) {
        Optional<Reference> reference = Reference.parse(scalar.text());
        if (reference.isEmpty()) {
            if (scalar.text().contains("${")) {
                fault(scalar.line(), key, "a reference is the whole value and has the form ${env:NAME} or ${file:path}");
                return Optional.empty();
            }
            return Optional.of(scalar.text());
        }
        Optional<String> value = lookup.find(reference.get());
        if (value.isEmpty()) {
            fault(scalar.line(), key, reference.get() + " is not set or cannot be read");
        } else if (value.get().isBlank()) {
            fault(scalar.line(), key, reference.get() + " is empty");
            return Optional.empty();
        }
        return value;
    }

    /** The text of the file, not what a reference in it stands for. */
    String shown(YamlValue value) {
        if (!(value instanceof YamlValue.Scalar scalar)) {
            return "this";
        }
        String text = scalar.text();
        return "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "'";
    }
}
