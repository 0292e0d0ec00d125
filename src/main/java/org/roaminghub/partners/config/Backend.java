package org.roaminghub.partners.config;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A CPO backend without OCPI (contracts §4).
 *
 * @param token       what it authenticates with, and what signs our commands
 * @param mappings    object kind (location, tariff, token, session, cdr) to the name of a mapping table; a kind that is not
 *                    named has the OCPI shape
 * @param commandsUrl where commands are sent; without it the backend takes none. Check it with UrlGuard before connecting
 */
public record Backend(Secret token, Map<String, String> mappings, Optional<URI> commandsUrl) {}
