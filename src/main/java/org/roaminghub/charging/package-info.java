/**
 * From charging events to EVSE status, Sessions and CDRs (design §2, rooms 3 to 5).
 *
 * <p>Read {@link org.roaminghub.charging.StationProcessor} first, then {@link org.roaminghub.charging.fold.StationFold}, which is the
 * pure heart. It knows nothing of HTTP, of partners' platforms or of vendors.
 */
package org.roaminghub.charging;
