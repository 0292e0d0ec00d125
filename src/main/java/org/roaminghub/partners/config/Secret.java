package org.roaminghub.partners.config;

/** A secret from a partner file. It never prints: only {@link #value()} gives it out, so that a search for that call finds every use. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "Secret[***]";
    }
}
