/**
 * Which versions of OCPI the hub serves, and the translation that belongs to each (D9).
 *
 * <p>Read {@link org.roaminghub.ocpi.versions.OcpiVersion}. What a translation does stands in a package per version.
 */
package org.roaminghub.ocpi.versions;
