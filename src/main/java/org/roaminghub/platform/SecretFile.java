package org.roaminghub.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** A secret that the hub makes up once and keeps in its data folder, readable by the owner only. */
final class SecretFile {
    private SecretFile() {
    }

    /** The text in this file; written from {@code generate} the first time. */
    static String readOrGenerate(Path file, Supplier<String> generate) {
        try {
            if (Files.exists(file) && Files.size(file) > 0) {
                return Files.readString(file).trim();
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            // The permissions are there before the secret is.
            Files.writeString(file, "", StandardOpenOption.CREATE);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            String text = generate.get();
            Files.writeString(file, text);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep a secret in " + file + "; is HUB_DATA_DIR writable?", e);
        }
    }
}
