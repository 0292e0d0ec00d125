package org.roaminghub.partners.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds what a {@link Reference} points to. */
@FunctionalInterface
public interface ReferenceLookup {

    /** The value, or empty if there is no such variable or the file cannot be read. */
    Optional<String> find(Reference reference);

    /** Environment of this process and files of this machine; a relative path starts at {@code folder}, the one the partner files are in. */
    static ReferenceLookup system(Path folder) {
        return reference -> switch (reference.source()) {
            case ENV -> Optional.ofNullable(System.getenv(reference.name()));
            case FILE -> content(folder.resolve(reference.name()));
        };
    }

    // Editors and secret mounts end a file with a line break that is no part of the secret.
    private static Optional<String> content(Path file) {
        try {
            return Optional.of(Files.readString(file).stripTrailing());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
