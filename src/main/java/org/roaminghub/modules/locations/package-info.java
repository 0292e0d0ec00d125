/**
 * Locations with their EVSEs and Connectors: three levels in one document for partners, two kinds of rows for the hub, so that
 * a status change rewrites a small row and not the whole site (D1).
 *
 * <p>Read {@link org.roaminghub.modules.locations.Locations} first, then
 * {@link org.roaminghub.modules.locations.LocationsReceiver}. Where a status comes from is not known here.
 */
package org.roaminghub.modules.locations;
