/**
 * Credentials: how two platforms get to know each other, in both directions (chapter credentials, CRED-*).
 *
 * <p>Read {@link org.roaminghub.modules.credentials.Handshake} first, then
 * {@link org.roaminghub.modules.credentials.CredentialsResource}. This package knows nothing of the object modules.
 */
package org.roaminghub.modules.credentials;
