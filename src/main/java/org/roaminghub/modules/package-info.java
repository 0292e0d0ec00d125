/**
 * The OCPI modules: {@code core} is what the object modules share, each other package is what is peculiar to one.
 *
 * <p>Read {@code core.ObjectService} first, then {@code tariffs.TariffsReceiver}, the plainest module. Nothing here knows chargers,
 * events or prices.
 */
package org.roaminghub.modules;
