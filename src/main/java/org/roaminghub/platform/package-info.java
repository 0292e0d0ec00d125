/**
 * What every room uses: settings, secrets, one clock, one JSON mapper, the database and its start.
 *
 * <p>Read {@link org.roaminghub.platform.HubSettings} and {@link org.roaminghub.platform.EmbeddedDatabase}. It knows no business.
 */
package org.roaminghub.platform;
