/**
 * Reads a body and holds it against the tables of OCPI 2.2.1 (design D2: the tables are data, not code).
 *
 * <p>The way of a body: {@link org.roaminghub.ocpi.schema.StrictJson} makes a tree of the text,
 * {@link org.roaminghub.ocpi.schema.SchemaCheck} lists every fault of the tree by field path. Those two are to be read first.
 *
 * <p>Must not know: who sent the body, how strict the hub is with that partner, what is answered. It never changes a document.
 */
package org.roaminghub.ocpi.schema;
