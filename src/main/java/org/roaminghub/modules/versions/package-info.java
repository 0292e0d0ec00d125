/**
 * Versions and version details (chapter version_information_endpoint, VER-*). The list of endpoints is derived from the
 * module definitions; read {@link org.roaminghub.modules.versions.VersionsResource}. It knows no object and no document.
 */
package org.roaminghub.modules.versions;
