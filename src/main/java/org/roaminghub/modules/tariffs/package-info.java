/**
 * Tariffs: pushed with PUT and DELETE, never patched (TAR-01, TAR-04); the sender side has a list and nothing else (TAR-03).
 *
 * <p>Read {@link org.roaminghub.modules.tariffs.TariffsReceiver}. Pricing is none of its business.
 */
package org.roaminghub.modules.tariffs;
