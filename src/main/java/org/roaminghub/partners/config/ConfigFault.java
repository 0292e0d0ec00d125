package org.roaminghub.partners.config;

/**
 * One thing wrong with a partner file. It never repeats a secret.
 *
 * @param file   name within the folder
 * @param line   from 1; 0 if the fault has no line
 * @param key    with dots and indexes, {@code delivery.mode.cdrs}; empty if it is the whole file
 * @param reason what is wrong and what would be right
 */
public record ConfigFault(String file, int line, String key, String reason) {

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (key.isEmpty() ? "" : " " + key) + ": " + reason;
    }
}
