/**
 * The hub for people: the operator API under {@code /api/v1}, its local users, and the live console page at {@code /}.
 *
 * <p>Read {@link org.roaminghub.console.LaneRows} first (how a list is read: one bounded query, a cursor, no query per row), then
 * {@link org.roaminghub.console.SnapshotReader} (what the page shows, computed once per second for all who watch).
 *
 * <p>It looks at the tables of the other rooms and acts only through their public classes. It must not know how an object is
 * sent, folded or priced, and nothing may depend on it.
 */
package org.roaminghub.console;
