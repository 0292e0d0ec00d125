package org.roaminghub.delivery;

import java.util.List;
import java.util.Optional;

/**
 * What to tell a receiver about an object, in its newest form. Delivery does not look inside.
 *
 * @param path   segments after {@code /country_code/party_id}, unescaped; none where the party itself is the object
 * @param query  query string or empty
 * @param put    the whole document; empty means the object is gone: DELETE
 * @param patch  a body that carries only the latest kind of change, where that is worth it
 * @param parent feed object to send instead when the receiver does not know the parent of this one
 */
public record Outgoing(List<String> path, String query, Optional<String> put, Optional<String> patch, Optional<String> parent) {
}
