/**
 * Canonical charging events: what the hub understands of charging stations, whatever OCPP version or vendor is behind
 * them (event-model.md, sections 2 to 6).
 *
 * <p>Read first: {@link org.roaminghub.ocpp.ChargingEvent} (the vocabulary) and
 * {@link org.roaminghub.ocpp.EventReader} (how a line from a backend becomes an event or a list of faults).
 *
 * <p>This package is a leaf. It must not know sessions, OCPI objects, raw OCPP frames, vendor tables, storage, or a clock.
 */
package org.roaminghub.ocpp;
