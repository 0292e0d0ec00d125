/**
 * Objects that one party sends to, or asks of, another one directly: the hub hands the request on and the answer back and keeps
 * neither (ROUTE-05). URLs in the answers are replaced by the hub's own.
 *
 * <p>Read {@link org.roaminghub.modules.relay.RelayResource}. Requests whose receiver has to be found first, and those with a later
 * result, belong to their modules.
 */
package org.roaminghub.modules.relay;
