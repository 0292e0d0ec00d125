/**
 * Chargers and partners to try the hub with: charging stations that live through sessions, the CPO backend they belong to,
 * and an eMSP platform that answers like a partner and can be told to misbehave like one. Used by the demo inside the hub's
 * process and by tests; everything listens on the loopback address only.
 *
 * <p>Read first: {@link org.roaminghub.simulator.EmspPlatform} for the partner's side and
 * {@link org.roaminghub.simulator.ChargingStation} for the charger's side.
 *
 * <p>It must not know the hub: no hub class, no hub table, no injection. It sees what a partner or a backend sees, over HTTP,
 * so that a fault in the hub cannot hide in shared code. Nothing in the hub depends on it.
 */
package org.roaminghub.simulator;
