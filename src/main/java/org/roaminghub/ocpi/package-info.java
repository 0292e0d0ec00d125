/**
 * The words of the OCPI protocol: parties, roles, and what else every room of the hub says when it speaks OCPI.
 *
 * <p>Read first: {@link org.roaminghub.ocpi.PartyId}, then {@link org.roaminghub.ocpi.schema.SchemaCheck}.
 *
 * <p>Must not know: any other package of the hub, the database, HTTP servers or clients, partners. It is a leaf.
 */
package org.roaminghub.ocpi;
