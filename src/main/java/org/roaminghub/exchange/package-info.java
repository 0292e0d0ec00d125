/**
 * The one way out to partners, and the log of everything that went in and out (D11, D12).
 *
 * <p>Read {@link org.roaminghub.exchange.PartnerClient} first, then {@link org.roaminghub.exchange.Verdict}, which says once what an
 * answer means. It knows no module and no document.
 */
package org.roaminghub.exchange;
