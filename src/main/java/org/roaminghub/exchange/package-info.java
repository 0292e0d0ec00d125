/**
 * The one way out to partners, and the log of everything that went in and out (D11, D12).
 *
 * <p>Read {@link org.roaminghub.exchange.PartnerClient} first, then {@link org.roaminghub.exchange.Verdict}, which says once what an
 * answer means. It knows no module; of documents it knows which version of OCPI they are in ({@link org.roaminghub.exchange.Translator}).
 */
package org.roaminghub.exchange;
