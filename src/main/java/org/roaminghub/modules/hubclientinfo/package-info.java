/**
 * HubClientInfo: the hub tells partners which of the parties they deal with can be reached (chapter mod_hub_client_info, HCI-*).
 *
 * <p>Read {@link org.roaminghub.modules.hubclientinfo.ClientInfos} first. Whether a partner is alive is found out in
 * {@code exchange}; how ClientInfo gets to the partners is {@code delivery}'s business.
 */
package org.roaminghub.modules.hubclientinfo;
