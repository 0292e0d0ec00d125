/**
 * The folder partner-configs as records: read, checked and refused as a whole (contracts §3, design D8).
 *
 * <p>Read first: {@link org.roaminghub.partners.config.PartnerConfigReader} (folder to records), then
 * {@link org.roaminghub.partners.config.PartnerConfig} (what a partner is made of). A new key is one line in
 * {@code PartnerDocument} and one component in a record.
 *
 * <p>Must not know: the database, connections, registration state, HTTP. It says what the files say and nothing more.
 */
package org.roaminghub.partners.config;
