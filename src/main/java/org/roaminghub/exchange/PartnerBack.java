package org.roaminghub.exchange;

/**
 * A partner that was OFFLINE answers again or called us. Fired by the one replica that noticed, after it was written down.
 * Observers leave long work to threads of their own: the still-alive check of all partners waits for them.
 */
public record PartnerBack(String partner) {
}
