/**
 * The way in for CPO backends without OCPI: events are stored in one commit and only then acknowledged (design §2, room 1);
 * Locations and Tariffs of backends enter here too.
 *
 * <p>Read {@link org.roaminghub.ingest.EventsResource} first, then {@link org.roaminghub.ingest.Inbox}. Nothing here knows what an
 * event means; the fold does.
 */
package org.roaminghub.ingest;
