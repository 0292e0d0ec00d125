/**
 * Turns a session into money: {@link org.roaminghub.pricing.Segmenter} makes charging periods out of meter readings (only for
 * CDRs we build), {@link org.roaminghub.pricing.CdrPricer} prices charging periods (for CDRs we build and CDRs we verify).
 * Read these two first. Rule ids such as S15 in comments and test names are those of the pricing semantics.
 *
 * <p>Everything here is a pure function: same input, same bytes out. The package must not know a clock, a database, HTTP,
 * partners or OCPP; it knows the OCPI records of {@code org.roaminghub.ocpi.v2_2_1} and nothing else of the hub.
 */
package org.roaminghub.pricing;
