/**
 * CDRs: money. Never replaced (CDR-02), handed to one eMSP, their way recorded step by step (D4).
 *
 * <p>Read {@link org.roaminghub.modules.cdrs.Cdrs}, then {@link org.roaminghub.modules.cdrs.CdrsReceiver}. How a CDR is priced is
 * not known here.
 */
package org.roaminghub.modules.cdrs;
