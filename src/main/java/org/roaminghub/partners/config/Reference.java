package org.roaminghub.partners.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value that stands elsewhere: {@code ${env:NAME}} or {@code ${file:path}} (contracts §3). */
public record Reference(Source source, String name) {

    /** Where a reference points. */
    public enum Source {
        /** An environment variable. */
        ENV,
        /** The content of a file. */
        FILE
    }

    private static final Pattern FORM = Pattern.compile("\\$\\{(env|file):([^${}]+)}");

    static Optional<Reference> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Source source = matcher.group(1).equals("env") ? Source.ENV : Source.FILE;
        return Optional.of(new Reference(source, matcher.group(2).strip()));
    }

    @Override
    public String toString() {
        return "${" + (source == Source.ENV ? "env:" : "file:") + name + "}";
    }
}
