package org.roaminghub.ocpi;

/** One line of a partner's version details: where a module's interface is (VER-04). {@code url} is absolute. */
public record Endpoint(String identifier, InterfaceRole role, String url) {
}
