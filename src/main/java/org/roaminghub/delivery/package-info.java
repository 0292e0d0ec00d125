/**
 * Brings every partner to the newest state: the feed, the lanes along it, the objects a partner refuses, and CDRs, which are
 * handed over like money (D3, D4).
 *
 * <p>Read {@link org.roaminghub.delivery.Feed} and {@link org.roaminghub.delivery.Lane}, for CDRs
 * {@link org.roaminghub.delivery.CdrHandover}. Documents are opaque here.
 */
package org.roaminghub.delivery;
