/**
 * Decides whether the hub may connect to an address that a partner named (design D12): versions, endpoints, response_url.
 *
 * <p>Read first: {@link org.roaminghub.exchange.guard.UrlGuard}, then {@link org.roaminghub.exchange.guard.Checked}.
 *
 * <p>Must not know: partners, OCPI, the HTTP client. It looks at a URL and at addresses and opens no connection.
 */
package org.roaminghub.exchange.guard;
