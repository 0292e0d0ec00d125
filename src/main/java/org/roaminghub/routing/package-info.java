/**
 * Routing: messages of one party for another pass through here and are not stored (chapter transport_and_format, message
 * routing; ROUTE-*).
 *
 * <p>Read {@link org.roaminghub.routing.RoutingHeaders}, then {@link org.roaminghub.routing.Relay}, which brings a request to a
 * party and its answer back. {@link org.roaminghub.routing.RelayedUrls} and {@link org.roaminghub.routing.Callbacks} replace the
 * URLs in between by the hub's own, because one partner can neither reach nor authenticate at the other's. What the messages say
 * is not known here.
 */
package org.roaminghub.routing;
