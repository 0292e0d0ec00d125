/**
 * OCPI 2.2 as a profile of 2.2.1: the same documents with a few fields and values less.
 *
 * <p>Read {@link org.roaminghub.ocpi.v2_2.Version22}. Pure; knows no partner, no URL and no storage.
 */
package org.roaminghub.ocpi.v2_2;
