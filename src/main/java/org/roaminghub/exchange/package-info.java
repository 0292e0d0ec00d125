/**
 * The one way out to partners, the log of everything that went in and out (D11, D12), and who of them is alive (HCI-12).
 *
 * <p>Read {@link org.roaminghub.exchange.PartnerClient} first, then {@link org.roaminghub.exchange.Verdict}, which says once what an
 * answer means; {@link org.roaminghub.exchange.Presence} says whether a partner can be called at all.
 * It knows no module; of documents it knows which version of OCPI they are in ({@link org.roaminghub.exchange.Translator}).
 */
package org.roaminghub.exchange;
