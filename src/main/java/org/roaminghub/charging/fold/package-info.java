/**
 * The session fold: from the ordered events of one charging station to its connector status and its sessions
 * (event-model.md, sections 6 to 9; status-mapping.md). The same events always give the same sessions, in whatever
 * order and however often they arrive, because they are sorted first and the fold has no clock.
 *
 * <p>Read first: {@link org.roaminghub.charging.fold.StationFold} (the entry) and
 * {@link org.roaminghub.charging.fold.SessionState} (the result).
 *
 * <p>It must not know OCPI documents, tariffs, partners, raw OCPP frames, storage, or the time of day; of our own code
 * it uses only {@code org.roaminghub.ocpp}.
 */
package org.roaminghub.charging.fold;
